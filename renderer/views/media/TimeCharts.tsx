import { useMemo, type JSX } from 'react';
import { LazyLines } from '../../charts/LazyLines.tsx';
import type { LineSeries } from '../../charts/line-data.ts';
import {
  axisOf,
  limitsOf,
  linesOf,
  markLines,
  quantities,
  timeTicks,
  valuesOf,
  type Course,
  type CourseLimit,
  type Quantity,
} from '../../../core/ladder/course-lines.ts';
import { useTimeCursor } from './cursor.ts';
import type { ChartMark } from './marks.ts';
import type { Span } from './questions.ts';
import type { Side } from './selection.ts';
import { SideMark, sideLooks } from './SideMark.tsx';
import style from './TimeCharts.module.css';
import { TimeAxis } from './TimeAxis.tsx';
import { TimeOverlay } from './TimeOverlay.tsx';
import { valueText } from './value-text.ts';
import { msNumber } from './words.ts';

interface TimeChartsProps {
  readonly sides: readonly Side[];
  /** Of each side. */
  readonly courses: readonly (Course | null)[];
  /** What is shown of the time, and the whole of it. */
  readonly span: Span;
  readonly whole: Span;
  readonly marks: readonly ChartMark[];
}

/** Spacing, jitter, losses and MOS of both sides below each other, on one axis of time with one cursor. */
export function TimeCharts({ sides, courses, span, whole, marks }: TimeChartsProps): JSX.Element {
  const { step, ticks } = useMemo(() => timeTicks(span, whole.from), [span, whole.from]);
  const series = useMemo(
    () =>
      sides.flatMap(({ key, title, stream }): LineSeries[] =>
        stream === null ? [] : [{ key, title, ...sideLooks[key] }],
      ),
    [sides],
  );
  const rows = useMemo(() => markLines(marks, span.to - span.from), [marks, span]);
  const lines = rows.reduce((most, row) => Math.max(most, row + 1), 0);
  return (
    <div className={style.charts} style={{ paddingTop: lines * 20 }}>
      {quantities.map(({ key, title, unit, height }) => (
        <figure key={key} className={style.chart}>
          <figcaption className={style.head}>
            <span className={style.title}>{unit === '' ? title : `${title}, ${unit}`}</span>
            {key === 'spacing' ? <Limits sides={sides} /> : null}
            <Readout quantity={key} sides={sides} courses={courses} />
          </figcaption>
          <Chart quantity={key} {...{ sides, courses, span, ticks, series, height }} />
        </figure>
      ))}
      <TimeAxis span={span} from={whole.from} ticks={ticks} step={step} />
      <TimeOverlay sides={sides} courses={courses} span={span} whole={whole} marks={marks} rows={rows} />
    </div>
  );
}

interface ChartProps extends Pick<TimeChartsProps, 'sides' | 'courses' | 'span'> {
  readonly quantity: Quantity;
  readonly ticks: readonly number[];
  readonly series: readonly LineSeries[];
  readonly height: number;
}

function Chart({ quantity, sides, courses, span, ticks, series, height }: ChartProps): JSX.Element {
  const points = useMemo(() => linesOf(quantity, courses), [quantity, courses]);
  const limits = useMemo(() => (quantity === 'spacing' ? limitsOfSides(sides) : []), [quantity, sides]);
  const { least, most } = useMemo(() => axisOf(quantity, points, limits), [quantity, points, limits]);
  return (
    <LazyLines
      label={labelOf(quantity, sides, courses)}
      series={series}
      points={points}
      from={span.from}
      to={span.to}
      ticks={ticks}
      most={most}
      least={least}
      steps={quantity !== 'lost' && courses.some((course) => course?.isFine === false)}
      limits={limits}
      height={height}
    />
  );
}

/** What the dashed lines across the chart are. */
function Limits({ sides }: Pick<ChartProps, 'sides'>): JSX.Element | null {
  const limits = limitsOfSides(sides);
  if (limits.length === 0) return null;
  return (
    <span className={style.limit}>
      <span className={style.limitMark} aria-hidden />
      {limits.map(({ title }) => title).join(', ')}
    </span>
  );
}

function limitsOfSides(sides: readonly Side[]): readonly CourseLimit[] {
  return limitsOf(sides.flatMap(({ stream }) => stream?.ptime ?? []));
}

/** The values at the cursor, or where it is listened. */
function Readout({ quantity, sides, courses }: Pick<ChartProps, 'quantity' | 'sides' | 'courses'>): JSX.Element | null {
  const at = useTimeCursor((state) => state.at);
  if (at === null) return null;
  return (
    <span className={style.readout} aria-hidden>
      {sides.map(({ key, stream }, index) => {
        const course = courses[index] ?? null;
        if (stream === null || course === null) return null;
        return (
          <span key={key} className={style.value}>
            <SideMark side={key} />
            {valueText(quantity, course, at)}
          </span>
        );
      })}
    </span>
  );
}

/** What a chart shows, for those who can’t see it: the ends of each line. */
function labelOf(quantity: Quantity, sides: readonly Side[], courses: readonly (Course | null)[]): string {
  const words = quantities.find(({ key }) => key === quantity);
  const parts = sides.flatMap(({ title, stream }, index) => {
    const course = courses[index] ?? null;
    if (stream === null || course === null) return [];
    const values = valuesOf(quantity, course);
    if (values.length === 0) return [`${title}: nothing`];
    const low = values.reduce((least, value) => Math.min(least, value), Infinity);
    const high = values.reduce((most, value) => Math.max(most, value), 0);
    return [`${title}: ${msNumber(low)} to ${msNumber(high)}`];
  });
  return `${words?.title ?? ''} over time${words?.unit ? `, ${words.unit}` : ''}. ${parts.join('. ')}.`;
}
