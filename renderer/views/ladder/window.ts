import { useLayoutEffect, useState, type RefObject } from 'react';

/** Pixels by which the painted part moves on: within a step, scrolling paints nothing anew. */
const STEP = 200;

export interface Window {
  /** Pixels from the top of the body. */
  readonly from: number;
  readonly to: number;
  /** It is scrolled to the right: the columns of times have to be shown where they can be seen. */
  readonly aside: boolean;
}

/** The part of the body that has to be painted: what can be seen, and a step more above and below. `above`: height of what stands over the body. */
export function useWindow(scroller: RefObject<HTMLElement | null>, above: number): Window {
  const [window, setWindow] = useState<Window>({ from: 0, to: 1200, aside: false });
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    const look = (): void => {
      const top = Math.floor((current.scrollTop - above) / STEP) * STEP;
      const from = Math.max(0, top - STEP);
      const to = top + Math.ceil(current.clientHeight / STEP) * STEP + 2 * STEP;
      const aside = current.scrollLeft > 0;
      setWindow((before) =>
        before.from === from && before.to === to && before.aside === aside ? before : { from, to, aside },
      );
    };
    look();
    current.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => {
      current.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, above]);
  return window;
}
