import { useEffectEvent, useLayoutEffect, useMemo, type RefObject } from 'react';
import type { LadderArrow, LadderBand } from '../../../core/contract/ladder.ts';
import { besideWidth, canStay } from './Beside.tsx';
import { acrossTo, reachOf, type Strip } from './places.ts';
import type { Shown } from './scene.ts';

/** Scrolls to the selected arrow or band when another one is selected or the drawing is another, down and to the side. */
export function useReveal(
  scroller: RefObject<HTMLElement | null>,
  {
    shown,
    arrow,
    rowTop,
    strip,
    bodyAt,
    foot,
  }: {
    readonly shown: Shown;
    /** Null while it is not known. */
    readonly arrow: LadderArrow | LadderBand | null;
    /** Top of its row in the body; null where none is selected. */
    readonly rowTop: number | null;
    readonly strip: Strip;
    /** Height of what stays above the rows, and of what covers the lowest. */
    readonly bodyAt: number;
    readonly foot: number;
  },
): void {
  const { height } = strip;
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null || rowTop === null) return;
    if (rowTop < current.scrollTop) current.scrollTo({ top: Math.max(0, rowTop - height) });
    else if (bodyAt + rowTop + height > current.scrollTop + current.clientHeight - foot)
      current.scrollTo({ top: bodyAt + rowTop + 2 * height - current.clientHeight + foot });
  }, [scroller, rowTop, height, bodyAt, foot]);

  // A ladder that only grew at its end stays where it is.
  const { width } = shown.scene;
  const query = useMemo(() => JSON.stringify(shown.query), [shown.query]);
  const key = `${query} ${width} ${nameOf(arrow)}`;
  const across = useEffectEvent((of: string) => {
    const { current } = scroller;
    if (of === '' || current === null || arrow === null || width <= current.clientWidth) return;
    const pane = { seen: current.clientWidth, beside: canStay(shown) ? besideWidth(shown) : 0 };
    current.scrollTo({ left: acrossTo(current.scrollLeft, pane, reachOf(arrow)) });
  });
  useLayoutEffect(() => across(key), [key]);
}

function nameOf(arrow: LadderArrow | LadderBand | null): string {
  if (arrow === null) return '';
  return arrow.kind === 'band' ? arrow.key : String(arrow.row);
}
