import { useState, type JSX, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { LadderLane } from '../../../core/contract/ladder.ts';
import { columnTitleShapes, laneShapes } from '../../../core/ladder/shapes.ts';
import type { Theme } from '../../../core/ladder/theme.ts';
import { Drawing } from '../../paint/Drawing.tsx';
import { Shapes } from '../../paint/Shapes.tsx';
import { besideWidth, Stays } from './Beside.tsx';
import style from './LaneHeads.module.css';
import { LaneMenu } from './LaneMenu.tsx';
import { moveLane } from './order.ts';
import { RenameLane } from './RenameLane.tsx';
import type { Shown } from './scene.ts';

/** Pixels that the pointer moves before a press becomes a drag. */
const SLOP = 5;

interface Drag {
  readonly lane: number;
  readonly startX: number;
  readonly byX: number;
}

/** The boxes on top of the lanes: to be dragged, renamed, folded. */
export function LaneHeads({
  shown,
  theme,
  padding,
  aside,
}: {
  readonly shown: Shown;
  readonly theme: Theme;
  /** Pixels above and below the boxes. */
  readonly padding: number;
  /** The drawing is scrolled to the right. */
  readonly aside: boolean;
}): JSX.Element {
  const { scene } = shown;
  const { lanes } = scene;
  const keys = lanes.map(({ key }) => key);
  const [focused, setFocused] = useState(0);
  const [menu, setMenu] = useState(-1);
  const [renamed, setRenamed] = useState(-1);
  const [drag, setDrag] = useState<Drag | null>(null);
  const box = lanes[0]?.box;
  const from = (box?.y ?? 0) - padding;
  const to = (box?.y ?? 0) + (box?.height ?? 0) + padding;
  const dragged = drag === null || Math.abs(drag.byX) <= SLOP ? null : drag;
  const target = dragged === null ? -1 : targetOf(lanes, lanes[dragged.lane]?.x ?? 0, dragged.byX);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, at: number): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (event.key === 'Enter' || event.key === ' ' || event.key === 'ContextMenu') setMenu(at);
    else if (step !== 0 && event.altKey) {
      if (lanes[at + step] === undefined) return;
      moveLane(keys, at, step > 0 ? at + 2 : at - 1);
      setFocused(at + step);
    } else if (step === 0) return;
    else {
      const next = Math.min(lanes.length - 1, Math.max(0, at + step));
      setFocused(next);
      const other = event.currentTarget.closest('[role="toolbar"]')?.querySelector(`[data-lane="${next}"]`);
      if (other instanceof HTMLElement) other.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    if (dragged !== null) moveLane(keys, dragged.lane, target);
    setDrag(null);
    const { currentTarget, pointerId } = event;
    if (currentTarget.hasPointerCapture(pointerId)) currentTarget.releasePointerCapture(pointerId);
  };

  return (
    <div className={style.heads} style={{ width: scene.width, height: to - from }} role="toolbar" aria-label="Lanes">
      <Drawing theme={theme} width={scene.width} from={from} to={to} aria-hidden>
        <Shapes shapes={columnTitleShapes(scene).shapes} theme={theme} />
        {lanes.map((lane, at) => (
          <g
            key={lane.key}
            className={dragged?.lane === at ? style.dragged : undefined}
            transform={dragged?.lane === at ? `translate(${dragged.byX} 0)` : undefined}
          >
            <Shapes shapes={laneShapes(lane).shapes} theme={theme} />
          </g>
        ))}
      </Drawing>
      {target === -1 ? null : <div className={style.target} style={{ left: gapBefore(lanes, target) }} />}
      {lanes.map((lane, at) => (
        <div
          key={lane.key}
          className={style.slot}
          style={{ left: lane.box.x, top: padding, width: lane.box.width, height: lane.box.height }}
        >
          <button
            type="button"
            data-lane={at}
            className={style.lane}
            tabIndex={at === Math.min(focused, lanes.length - 1) ? 0 : -1}
            title={`${lane.ends.slice(0, 12).join('\n')}\n\nDouble-click renames, dragging moves, the menu folds.`}
            aria-label={`${lane.title}${lane.role === null ? '' : `, ${lane.role}`}, lane ${at + 1} of ${lanes.length}`}
            aria-haspopup="menu"
            onFocus={() => setFocused(at)}
            onKeyDown={(event) => onKeyDown(event, at)}
            onDoubleClick={() => setRenamed(at)}
            onContextMenu={(event) => {
              event.preventDefault();
              onceReleased(event, () => setMenu(at));
            }}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ lane: at, startX: event.clientX, byX: 0 });
            }}
            onPointerMove={(event) => {
              if (drag !== null) setDrag({ ...drag, byX: event.clientX - drag.startX });
            }}
            onPointerUp={onPointerUp}
            onPointerCancel={() => setDrag(null)}
          />
          <LaneMenu
            shown={shown}
            at={at}
            open={menu === at}
            onOpenChange={(open) => setMenu(open ? at : -1)}
            onRename={() => setRenamed(at)}
          />
        </div>
      ))}
      {aside ? (
        <Stays shown={shown}>
          <Drawing theme={theme} width={besideWidth(shown)} from={from} to={to}>
            <Shapes shapes={columnTitleShapes(scene).shapes} theme={theme} />
          </Drawing>
        </Stays>
      ) : null}
      <RenameLane scene={scene} lane={lanes[renamed] ?? null} onClose={() => setRenamed(-1)} />
    </div>
  );
}

/** Where the menu is asked for while the button is down, letting go would choose what the menu has under the pointer. */
function onceReleased({ buttons }: MouseEvent, run: () => void): void {
  if (buttons === 0) run();
  else globalThis.addEventListener('pointerup', run, { once: true });
}

/** The lane before which one at `x` comes to stand when it is dragged by `byX`. */
function targetOf(lanes: readonly LadderLane[], x: number, byX: number): number {
  const at = lanes.findIndex((lane) => x + byX < lane.x);
  return at === -1 ? lanes.length : at;
}

/** Where the line stands that shows where a lane would be put. */
function gapBefore(lanes: readonly LadderLane[], at: number): number {
  const left = lanes[at - 1];
  const right = lanes[at];
  if (left === undefined) return (right?.box.x ?? 0) - 10;
  return right === undefined ? left.box.x + left.box.width + 8 : (left.x + right.x) / 2;
}
