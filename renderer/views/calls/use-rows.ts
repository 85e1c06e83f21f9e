import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import { scrollScale, type ScrollScale } from './scroll-scale.ts';

/** Pixels. */
export const ROW = 26;
export const HEAD = 28;
/** Rows that come and go together: a list of a million is then one of 125,000 to reckon with. */
export const BLOCK = 8;

export interface Rows {
  readonly blocks: readonly { readonly from: number; readonly to: number; readonly top: number }[];
  /** Of the element that holds the rows, pixels. */
  readonly height: number;
  /** Rows that fit on the screen. */
  readonly fitting: number;
  /** First row on the screen, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Brings a row onto the screen, in the middle where it was far away. */
  readonly reveal: (at: number) => void;
  /** Scrolls along when rows have come in above. */
  readonly scrollBy: (rows: number) => void;
  /** Whether a row was on the screen when the list was `height` pixels high and stood where it stands. */
  readonly isSeen: (at: number, height: number) => boolean;
}

/** Which of `total` rows have to be there. `shift`: the element that the blocks stand in; `list`: which list it is. */
export function useRows(
  total: number,
  scroller: RefObject<HTMLElement | null>,
  shift: RefObject<HTMLElement | null>,
  list: 'calls' | 'streams' | 'paths' = 'calls',
): Rows {
  const scale = useRef<ScrollScale>(scrollScale(0, 0));
  const full = HEAD + total * ROW;
  const estimateSize = useCallback((block: number) => Math.min(BLOCK, total - block * BLOCK) * ROW, [total]);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: Math.ceil(total / BLOCK),
    getScrollElement: () => scroller.current,
    estimateSize,
    paddingStart: HEAD,
    overscan: 1,
    useFlushSync: false,
    observeElementOffset: (instance, tell) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        const place = scale.current.toList(offset);
        if (shift.current !== null)
          shift.current.style.transform = place === offset ? '' : `translateY(${offset - place}px)`;
        tell(place, isScrolling);
      }),
  });
  const view = virtualizer.scrollRect?.height ?? 0;
  scale.current = scrollScale(full, view);
  // A virtualizer measures once: a list that grew has to be measured again where its last block was not full.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, total]);
  useLayoutEffect(() => keepTop(list, scroller.current), [list, scroller]);
  const offset = virtualizer.scrollOffset ?? 0;
  const fitting = Math.max(1, Math.floor((view - HEAD) / ROW));
  const from = Math.max(0, Math.floor(offset / ROW));
  const reveal = useCallback(
    (at: number) => {
      const { current } = scroller;
      if (current === null) return;
      const top = scale.current.toList(current.scrollTop);
      const place = placeFor(at, top, current.clientHeight - HEAD);
      if (place !== null) current.scrollTop = scale.current.toBar(place);
    },
    [scroller],
  );
  const scrollBy = useCallback(
    (count: number) => {
      const { current } = scroller;
      if (current === null) return;
      current.scrollTop = scale.current.toBar(scale.current.toList(current.scrollTop) + count * ROW);
    },
    [scroller],
  );
  const isSeen = useCallback(
    (at: number, height: number) =>
      placeFor(at, scale.current.toList(scroller.current?.scrollTop ?? 0), height - HEAD) === null,
    [scroller],
  );
  return {
    blocks: virtualizer.getVirtualItems().map(({ index, start }) => ({
      from: index * BLOCK,
      to: Math.min(total, (index + 1) * BLOCK),
      top: start - HEAD,
    })),
    height: scale.current.height,
    fitting,
    from,
    to: Math.min(total, from + fitting + 2),
    reveal,
    scrollBy,
    isSeen,
  };
}

/**
 * Where to scroll so that a row is seen: by as little as it takes where it is near, else it goes to the middle. `top` and
 * `seen`: first pixel of the list that is seen, and how many. Null where it is seen, or nothing can be: the list has no
 * height yet.
 */
export function placeFor(at: number, top: number, seen: number): number | null {
  if (seen < ROW) return null;
  const row = at * ROW;
  if (row >= top && row + ROW <= top + seen) return null;
  const near = row >= top - ROW * 2 && row + ROW <= top + seen + ROW * 2;
  return Math.max(0, near ? (row < top ? row : row + ROW - seen) : row - Math.floor(seen / 2 / ROW) * ROW);
}

/** Where a list stood when it made room for something else. */
const lastTops = new Map<string, number>();

function keepTop(list: string, scroller: HTMLElement | null): (() => void) | undefined {
  if (scroller === null) return undefined;
  scroller.scrollTop = lastTops.get(list) ?? 0;
  return () => {
    lastTops.set(list, scroller.scrollTop);
  };
}

/** Calls `resized` when the list has got another height, with the one before; the first time with 0. What ends it is returned. */
export function followHeight(scroller: HTMLElement, resized: (before: number) => void): () => void {
  let before = 0;
  const observer = new ResizeObserver(() => {
    const { clientHeight } = scroller;
    if (clientHeight === before) return;
    resized(before);
    before = clientHeight;
  });
  observer.observe(scroller);
  return () => observer.disconnect();
}
