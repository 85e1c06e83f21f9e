import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Rows that are drawn beyond the edges, so that scrolling finds them there. */
const SPARE = 4;

interface List {
  /** Rows there are. */
  readonly total: number;
  /** Pixels of a row, and of the head that stays above them. */
  readonly row: number;
  readonly head: number;
  /** Row under the cursor, kept in sight. */
  readonly at: number;
}

/** A stretch of rows, and how many a page key goes on by. */
interface Seen {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly first: number;
  /** Behind the last one. */
  readonly last: number;
  readonly page: number;
}

/**
 * Which rows of a list of some thousands are on the screen: only those are drawn. The list takes the focus when it
 * comes, unless somebody types or reads elsewhere. (For a million rows see views/calls/use-rows.ts.)
 */
export function useWindow({ total, row, head, at }: List): Seen {
  const list = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  useEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    const measure = (): void => setSeen({ top: current.scrollTop, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    current.addEventListener('scroll', measure, { passive: true });
    const busy = document.activeElement?.closest('aside, input, textarea, [role="dialog"]') ?? null;
    if (busy === null) current.focus({ preventScroll: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', measure);
    };
  }, []);
  useLayoutEffect(() => {
    const { current } = list;
    if (current === null) return;
    const top = at * row;
    const room = current.clientHeight - head;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (room > 0 && top + row > current.scrollTop + room) current.scrollTop = top + row - room;
  }, [at, row, head]);
  return {
    list,
    first: Math.max(0, Math.floor(seen.top / row) - SPARE),
    last: Math.min(total, Math.ceil((seen.top + seen.height) / row) + SPARE),
    page: Math.max(1, Math.floor(seen.height / row) - 2),
  };
}
