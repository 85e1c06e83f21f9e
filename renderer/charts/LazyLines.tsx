import { lazy, Suspense, type JSX } from 'react';
import style from './Bars.module.css';
import type { LinesProps } from './line-data.ts';

/** The library behind it is a third of a megabyte: it comes with the first chart. */
const Loaded = lazy(async () => {
  const { Lines } = await import('./Lines.tsx');
  return { default: Lines };
});

/** Lines, once the library is there; until then their place is kept. */
export function LazyLines(props: LinesProps): JSX.Element {
  return (
    <Suspense
      fallback={
        <div className={style.waiting} style={{ height: props.height }}>
          Drawing …
        </div>
      }
    >
      <Loaded {...props} />
    </Suspense>
  );
}
