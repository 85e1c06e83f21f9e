import { useId, type JSX } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { BarSeries, BarsProps, BarStep } from './bar-data.ts';
import style from './Bars.module.css';
import { SeriesMark } from './SeriesMark.tsx';

const counts = new Intl.NumberFormat('en-US');
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** Bars side by side, each of layers, with the arrow keys as with the mouse. A few hundred at most. */
export function Bars({ label, series, steps, height, onStep }: BarsProps): JSX.Element {
  const id = useId();
  return (
    <div
      className={style.chart}
      role="presentation"
      style={{ height, cursor: onStep === undefined ? undefined : 'pointer' }}
      // A click picks a bar; it does not make the drawing a place for keys.
      onMouseDown={(event) => event.preventDefault()}
    >
      <ResponsiveContainer width="100%" height={height}>
        <BarChart
          data={[...steps]}
          margin={{ top: 8, right: 14, bottom: 0, left: 0 }}
          barCategoryGap={steps.length > 60 ? 0.5 : '12%'}
          aria-label={label}
          accessibilityLayer
          onClick={({ activeTooltipIndex }) => {
            const at = Number(activeTooltipIndex ?? -1);
            if (steps[at] !== undefined) onStep?.(at);
          }}
        >
          <defs>
            {series.map((one) => (
              <Hatch key={one.key} id={`${id}${one.key}`} colour={one.colour} />
            ))}
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line-soft)" />
          <XAxis
            dataKey="label"
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            minTickGap={28}
            height={22}
          />
          <YAxis
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
            tickFormatter={(value: number) => short.format(value)}
            tickLine={false}
            axisLine={false}
            allowDecimals={false}
            width={44}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--accent)', fillOpacity: 0.12 }}
            content={<Tip series={series} />}
          />
          {series.map((one) => (
            <Bar
              key={one.key}
              // Of a layer that is not there not even the edge is drawn.
              dataKey={(step: BarStep) => above(step.counts[one.key])}
              name={one.title}
              stackId="all"
              isAnimationActive={false}
              maxBarSize={48}
              fill={
                one.fill === 'hatched' ? `url(#${id}${one.key})` : one.fill === 'hollow' ? 'var(--panel)' : one.colour
              }
              stroke={one.fill === 'plain' ? 'none' : one.colour}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function Hatch({ id, colour }: { readonly id: string; readonly colour: string }): JSX.Element {
  return (
    <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={5} height={5} fill="var(--panel)" />
      <rect width={3} height={5} fill={colour} />
    </pattern>
  );
}

/** Null for nothing. */
function above(count: number | undefined): number | null {
  return count === undefined || count === 0 ? null : count;
}

/** What the chart hands its tooltip, beside what it was given. */
interface TipProps {
  readonly series: readonly BarSeries[];
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: BarStep }[];
}

function Tip({ series, active = false, payload }: TipProps): JSX.Element | null {
  const step = payload?.[0]?.payload;
  return active && step !== undefined ? <Told step={step} series={series} /> : null;
}

function Told({ step, series }: { readonly step: BarStep; readonly series: readonly BarSeries[] }): JSX.Element {
  const told = series.toReversed().filter(({ key }) => (step.counts[key] ?? 0) > 0);
  return (
    <div className={style.tip}>
      <p className={style.about}>{step.about}</p>
      {told.length === 0 ? <p>none</p> : null}
      {told.map((one) => (
        <p key={one.key} className={style.line}>
          <SeriesMark series={one} />
          <span className={style.count}>{counts.format(step.counts[one.key] ?? 0)}</span>
        </p>
      ))}
    </div>
  );
}
