import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useCalls } from '../../state/calls.ts';
import { newestAt } from '../../state/following.ts';
import { isRunning, useLive } from '../../state/live.ts';
import { ROW } from './use-rows.ts';

/** Milliseconds for which the list holds still after the pointer moved over it. */
const HOLD_MS = 2000;

/**
 * The list of a live capture goes along with the newest calls, holds still under a pointer that moves, and stops when it
 * is scrolled away. `shift`: rows came in above what is on the screen; it moves along with them.
 */
export function useFollowing(
  scroller: RefObject<HTMLElement | null>,
  total: number,
  shift: { readonly rows: number },
  scrollBy: (rows: number) => void,
): void {
  const running = useLive(isRunning);
  const follows = useLive((live) => live.follows && !live.paused);
  const to = useCalls(({ sort }) => newestAt(sort));
  /** Where the list was put from here: what the browser tells of that is not the user's doing. */
  const put = useRef(-1);
  const held = useRef(0);

  useLayoutEffect(() => {
    if (shift.rows === 0) return;
    scrollBy(shift.rows);
    put.current = scroller.current?.scrollTop ?? -1;
  }, [scroller, shift, scrollBy]);

  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null || !running || !follows || to === null) return undefined;
    const go = (): void => {
      const was = toNewest(current, to, total);
      if (was !== null) put.current = was;
    };
    const wait = held.current + HOLD_MS - performance.now();
    if (wait <= 0) {
      go();
      return undefined;
    }
    const later = setTimeout(go, wait);
    return () => clearTimeout(later);
  }, [scroller, total, running, follows, to]);

  useEffect(() => {
    const { current } = scroller;
    if (current === null || !running || to === null) return undefined;
    const scrolled = (): void => {
      if (Math.abs(current.scrollTop - put.current) <= 1) return;
      put.current = -1;
      const away = to === 'top' ? current.scrollTop : current.scrollHeight - current.clientHeight - current.scrollTop;
      const atNewest = away < ROW * 1.5;
      if (useLive.getState().follows !== atNewest) useLive.setState({ follows: atNewest });
    };
    const moved = (): void => {
      held.current = performance.now();
    };
    const left = (): void => {
      held.current = 0;
    };
    current.addEventListener('scroll', scrolled, { passive: true });
    current.addEventListener('pointermove', moved, { passive: true });
    current.addEventListener('pointerleave', left, { passive: true });
    return () => {
      current.removeEventListener('scroll', scrolled);
      current.removeEventListener('pointermove', moved);
      current.removeEventListener('pointerleave', left);
    };
  }, [scroller, running, to]);
}

/** Scrolls to the newest of `total` rows; answers with where that is, null where it is there already. */
function toNewest(scroller: HTMLElement, to: 'top' | 'end', total: number): number | null {
  const place = to === 'top' || total === 0 ? 0 : scroller.scrollHeight - scroller.clientHeight;
  if (Math.abs(scroller.scrollTop - place) < 1) return null;
  scroller.scrollTop = place;
  return scroller.scrollTop;
}
