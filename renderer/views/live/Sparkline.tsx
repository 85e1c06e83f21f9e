import type { JSX } from 'react';
import style from './Sparkline.module.css';

export interface SparklineProps {
  /** One figure for each step, the newest last. */
  readonly values: readonly number[];
  /** Steps that the width stands for; the newest is at the right edge. */
  readonly steps: number;
  readonly width: number;
  readonly height: number;
}

/** What passed in the last minute, as a filled line. The figures stand beside it in words. */
export function Sparkline({ values, steps, width, height }: SparklineProps): JSX.Element {
  return (
    <svg className={style.line} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <line className={style.ground} x1={0} y1={height - 0.5} x2={width} y2={height - 0.5} />
      {values.length < 2 ? null : (
        <>
          <path className={style.area} d={areaOf(values, steps, width, height)} />
          <path className={style.edge} d={edgeOf(values, steps, width, height)} />
        </>
      )}
    </svg>
  );
}

/** Pixels kept free above the highest figure. */
const ABOVE = 2;

function edgeOf(values: readonly number[], steps: number, width: number, height: number): string {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, steps - 1);
  return values
    .map((value, at) => {
      const x = width - (values.length - 1 - at) * step;
      const y = height - 1 - (value / most) * (height - 1 - ABOVE);
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

function areaOf(values: readonly number[], steps: number, width: number, height: number): string {
  const left = width - (values.length - 1) * (width / Math.max(1, steps - 1));
  return `${edgeOf(values, steps, width, height)}L${width} ${height}L${left.toFixed(1)} ${height}Z`;
}
