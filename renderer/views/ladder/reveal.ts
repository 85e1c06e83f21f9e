import { useLayoutEffect, type RefObject } from 'react';
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
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null || rowTop === null) return;
    if (rowTop < current.scrollTop) current.scrollTo({ top: Math.max(0, rowTop - strip.height) });
    else if (bodyAt + rowTop + strip.height > current.scrollTop + current.clientHeight - foot)
      current.scrollTo({ top: bodyAt + rowTop + 2 * strip.height - current.clientHeight + foot });
  }, [scroller, rowTop, strip, bodyAt, foot]);

  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null || arrow === null || shown.scene.width <= current.clientWidth) return;
    const pane = { seen: current.clientWidth, beside: canStay(shown) ? besideWidth(shown) : 0 };
    current.scrollTo({ left: acrossTo(current.scrollLeft, pane, reachOf(arrow)) });
  }, [scroller, shown, arrow]);
}
