import { lazy, Suspense, type JSX } from 'react';
import type { BarsProps } from './bar-data.ts';
import style from './Bars.module.css';

/** The library behind it is a third of a megabyte: it comes with the first chart. */
const Loaded = lazy(async () => {
  const { Bars } = await import('./Bars.tsx');
  return { default: Bars };
});

/** Bars, once the library is there; until then their place is kept. */
export function LazyBars(props: BarsProps): JSX.Element {
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
