import { useEffect, useMemo, useRef, type JSX } from 'react';
import { Course } from '../../../core/ladder/moments.ts';
import { useListening, type ListeningState } from '../../state/listening.ts';
import style from './ListeningLine.module.css';
import type { Shown } from './scene.ts';

/**
 * A line across the ladder at the moment that is heard now. It is moved by itself, many times a second: nothing of the
 * ladder is drawn again for it. `top`: height of the scene at which the body begins.
 */
export function ListeningLine({ shown, top }: { readonly shown: Shown; readonly top: number }): JSX.Element {
  const line = useRef<HTMLDivElement>(null);
  const { index } = shown.items;
  const course = useMemo(() => new Course({ y: index.y, time: index.ms }), [index]);
  const { calls } = shown.query;
  useEffect(() => {
    const move = ({ at, call }: ListeningState): void => {
      const { current } = line;
      if (current === null) return;
      const isHere = at !== null && (call === null || calls === undefined || calls.includes(call));
      const height = isHere ? course.heightOf((at - index.start) * 1000) : Number.NaN;
      current.hidden = Number.isNaN(height);
      if (!current.hidden) current.style.transform = `translateY(${Math.round(height - top)}px)`;
    };
    move(useListening.getState());
    return useListening.subscribe(move);
  }, [course, calls, index, top]);
  return <div ref={line} className={style.line} aria-hidden hidden data-listening />;
}
