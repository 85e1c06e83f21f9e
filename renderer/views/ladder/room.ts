import { useLayoutEffect, useState, type RefObject } from 'react';

/** Pixels by which the room grows or shrinks before the ladder is laid out anew. */
const STEP = 20;
/** Of a scroll bar, whether it is there or not. */
const SCROLLBAR = 16;
/** The host lays out no narrower and no wider drawings. */
const LEAST = 200;
const MOST = 20_000;

/** Pixels that the drawing has inside this element; null until it has been measured. */
export function useRoom(inside: RefObject<HTMLElement | null>): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const { current } = inside;
    if (current === null) return undefined;
    const measure = (): void => {
      const width = Math.floor((current.clientWidth - SCROLLBAR) / STEP) * STEP;
      setRoom(Math.min(Math.max(width, LEAST), MOST));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [inside]);
  return room;
}
