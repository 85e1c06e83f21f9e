import type { JSX } from 'react';
import type { BarSeries } from './bar-data.ts';
import style from './Bars.module.css';

/** A sample of a series with its name: for legends and tooltips. */
export function SeriesMark({ series: { colour, fill, title } }: { readonly series: BarSeries }): JSX.Element {
  return (
    <span className={style.series}>
      <span className={[style.swatch, style[fill]].join(' ')} style={{ color: colour }} />
      {title}
    </span>
  );
}
