import type { JSX } from 'react';
import type { LineSeries } from '../../charts/line-data.ts';
import type { Side } from './selection.ts';
import style from './SideMark.module.css';

/** How each side is drawn. */
export const sideLooks: Readonly<Record<Side['key'], Pick<LineSeries, 'colour' | 'stroke'>>> = {
  one: { colour: 'var(--accent)', stroke: 'plain' },
  other: { colour: 'var(--violet)', stroke: 'dashed' },
};

/** A piece of a side’s line: beside its name and its values. */
export function SideMark({ side }: { readonly side: Side['key'] }): JSX.Element {
  return <span className={[style.mark, side === 'other' ? style.dashed : ''].join(' ')} aria-hidden />;
}
