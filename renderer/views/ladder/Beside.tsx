import type { JSX, ReactNode } from 'react';
import { columnShapes } from '../../../core/ladder/item-shapes.ts';
import type { Theme } from '../../../core/ladder/theme.ts';
import { Drawing } from '../../paint/Drawing.tsx';
import { Shapes } from '../../paint/Shapes.tsx';
import style from './Beside.module.css';
import type { Placed } from './loaded.ts';
import type { Shown } from './scene.ts';

/** Pixels that the columns left of the lanes need, while they stay and the lanes are scrolled below them. */
export function besideWidth({ scene }: Shown): number {
  return scene.columns.frame + 10;
}

/** Whether they stay: in a narrow pane they would leave too little for the lanes. */
export function canStay(shown: Shown): boolean {
  const { room } = shown.query;
  return room === undefined || besideWidth(shown) <= room * MOST_ROOM;
}

const MOST_ROOM = 0.45;

/** What stays at the left when the drawing is scrolled to the right. */
export function Stays({ shown, children }: { readonly shown: Shown; readonly children: ReactNode }): JSX.Element {
  return (
    <div className={style.over} aria-hidden>
      <div className={style.stays} style={{ width: besideWidth(shown) }}>
        {children}
      </div>
    </div>
  );
}

/** Time, step and frame of some rows once more; `top` is the height of the scene at which the body begins. */
export function Beside({
  shown,
  placed,
  theme,
  from,
  to,
  top,
}: {
  readonly shown: Shown;
  readonly placed: readonly Placed[];
  readonly theme: Theme;
  /** Heights of the scene that are painted. */
  readonly from: number;
  readonly to: number;
  readonly top: number;
}): JSX.Element {
  return (
    <div className={style.drawn} style={{ transform: `translateY(${from - top}px)` }}>
      <Drawing theme={theme} width={besideWidth(shown)} from={from} to={to}>
        {placed.map(({ at, item }) => (
          <Shapes key={at} shapes={columnShapes(shown.scene, item)} theme={theme} />
        ))}
      </Drawing>
    </div>
  );
}
