import type { JSX } from 'react';
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { PLOT_LEFT, PLOT_RIGHT, type LinePoint, type LinesProps } from './line-data.ts';

/**
 * Lines over time. It takes no pointer and no keys: charts below each other have one cursor, which lies over them all
 * (views/media/TimeCursor), so that a move draws no line anew.
 */
function LinesView({
  label,
  series,
  points,
  from,
  to,
  ticks,
  most,
  least = 0,
  steps = false,
  limits,
  height,
}: LinesProps): JSX.Element {
  return (
    <div role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart
          data={[...points]}
          margin={{ top: 6, right: PLOT_RIGHT, bottom: 4, left: 0 }}
          accessibilityLayer={false}
          tabIndex={-1}
        >
          <CartesianGrid stroke="var(--line-soft)" verticalValues={[...ticks]} />
          <XAxis dataKey="at" type="number" domain={[from, to]} ticks={[...ticks]} allowDataOverflow hide />
          <YAxis
            type="number"
            domain={[least, most]}
            ticks={[least, (least + most) / 2, most]}
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
            tickLine={false}
            axisLine={false}
            width={PLOT_LEFT}
            allowDataOverflow
            interval={0}
          />
          {limits.map(({ value, title }) => (
            <ReferenceLine key={title} y={value} stroke="var(--warn)" strokeDasharray="5 4" />
          ))}
          {series.map(({ key, title, colour, stroke }) => (
            <Line
              key={key}
              name={title}
              type={steps ? 'stepAfter' : 'linear'}
              dataKey={(point: LinePoint) => point[key]}
              data={own(points, key)}
              stroke={colour}
              strokeWidth={1.5}
              {...(stroke === 'dashed' ? { strokeDasharray: '4 2.5' } : {})}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
export const Lines = memo(LinesView);

/** A line’s own points; NaN is a break. */
function own(points: readonly LinePoint[], key: string): LinePoint[] {
  return points.flatMap((point) => {
    const value = point[key];
    if (value === undefined) return [];
    return [value === null || Number.isNaN(value) ? { at: point.at, [key]: null } : point];
  });
}
