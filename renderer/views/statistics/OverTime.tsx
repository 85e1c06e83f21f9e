import { useState, type JSX } from 'react';
import type { Timeline } from '../../../core/contract/model.ts';
import type { BarSeries, BarStep } from '../../charts/bar-data.ts';
import { LazyBars } from '../../charts/LazyBars.tsx';
import { SeriesMark } from '../../charts/SeriesMark.tsx';
import { countOf, countText } from '../../app/words.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import type { Answer } from '../message/answer.ts';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Answered } from './Answered.tsx';
import style from './OverTime.module.css';
import { Panel } from './Panel.tsx';
import { ScrollArea } from './ScrollArea.tsx';
import { TableMenu } from './TableMenu.tsx';
import tables from './Tables.module.css';
import { narrowTo } from './go.ts';
import { axisTime, spanCondition } from './times.ts';
import { stepText } from './words.ts';

export interface OverTimeProps {
  readonly title: string;
  /** What is counted: `call`. */
  readonly one: string;
  readonly answer: Answer<Timeline>;
  /** From the bottom of a bar to its top. */
  readonly series: readonly BarSeries[];
  /** Counts of each step, by key of the series. */
  readonly counts: (timeline: Timeline) => readonly Readonly<Record<string, number>>[];
}

/** Counts over time, as bars or as a table of the same steps. */
export function OverTime({ title, one, answer, series, counts }: OverTimeProps): JSX.Element {
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  const { value } = answer;
  const reading = !useCapture(isWhole);
  return (
    <Panel
      title={title}
      about={
        value === null || value.start === null
          ? undefined
          : `${reading ? 'so far, ' : ''}in steps of ${stepText(value.stepMs)}`
      }
      actions={
        <>
          <Segmented
            label={`${title}: shown as`}
            value={as}
            onChange={setAs}
            options={[
              { value: 'chart', title: 'Chart' },
              { value: 'table', title: 'Table' },
            ]}
          />
          <TableMenu what="timeline" title={title} />
        </>
      }
    >
      <Answered answer={answer}>
        {(timeline) => (
          <Shown as={as} title={title} one={one} series={series} timeline={timeline} counts={counts(timeline)} />
        )}
      </Answered>
    </Panel>
  );
}

function Shown({
  as,
  title,
  one,
  series,
  timeline,
  counts,
}: Pick<OverTimeProps, 'title' | 'one' | 'series'> & {
  readonly as: 'chart' | 'table';
  readonly timeline: Timeline;
  readonly counts: readonly Readonly<Record<string, number>>[];
}): JSX.Element {
  const steps = useSteps(timeline, counts);
  const totals = series.map(({ key }) => counts.reduce((sum, step) => sum + (step[key] ?? 0), 0));
  const met = series.filter((_, at) => (totals[at] ?? 0) > 0);
  if (met.length === 0) return <p className={tables.none}>{`There is no ${one} in these calls.`}</p>;
  const said = summary(one, series, totals, steps);
  const go = (at: number): void => {
    const none = Object.values(counts[at] ?? {}).every((count) => count === 0);
    if (!none && timeline.start !== null) narrowTo(spanCondition(timeline.start, timeline.stepMs, at));
  };
  if (as === 'table') return <StepTable label={title} series={met} steps={steps} onStep={go} />;
  return (
    <figure className={style.figure}>
      <ul className={style.legend}>
        {met.map((each) => (
          <li key={each.key}>
            <SeriesMark series={each} /> <b>{countText(totals[series.indexOf(each)] ?? 0)}</b>
          </li>
        ))}
      </ul>
      <LazyBars label={said} series={met} steps={steps} height={200} onStep={go} />
      <figcaption className="visually-hidden">{said}</figcaption>
    </figure>
  );
}

function useSteps({ start, stepMs }: Timeline, counts: readonly Readonly<Record<string, number>>[]): BarStep[] {
  const times = useSettings((state) => state.times);
  const began = useCapture(({ progress }) => progress?.start ?? null);
  const first = Math.round(Number(start) * 1000);
  const text = (at: number): string =>
    axisTime(at, stepMs, counts.length * stepMs, times, began === null ? first : Number(began) * 1000);
  return counts.map((step, at) => {
    const from = first + at * stepMs;
    return { label: text(from), about: `${text(from)}, ${stepText(stepMs)}`, counts: step };
  });
}

/** What the chart shows, in words. */
function summary(
  one: string,
  series: readonly BarSeries[],
  totals: readonly number[],
  steps: readonly BarStep[],
): string {
  const sums = steps.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0));
  const most = Math.max(...sums);
  const parts = series.flatMap(({ title }, at) =>
    (totals[at] ?? 0) === 0 ? [] : [`${title}: ${countText(totals[at] ?? 0)}`],
  );
  const whole = totals.reduce((sum, count) => sum + count, 0);
  const busiest = steps[sums.indexOf(most)]?.label ?? '';
  return `${countOf(whole, one)} from ${steps[0]?.label ?? ''} to ${steps.at(-1)?.label ?? ''}. ${parts.join(', ')}. Most at ${busiest}: ${countText(most)}.`;
}

function StepTable({
  label,
  series,
  steps,
  onStep,
}: {
  readonly label: string;
  readonly series: readonly BarSeries[];
  readonly steps: readonly BarStep[];
  readonly onStep: (at: number) => void;
}): JSX.Element {
  const met = steps.filter(({ counts }) => series.some(({ key }) => (counts[key] ?? 0) > 0));
  return (
    <ScrollArea label={label}>
      <table className={tables.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ key, title }) => (
              <th key={key} scope="col" className={tables.number}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {met.map((step) => (
            <tr key={step.label}>
              <th scope="row">
                <button
                  type="button"
                  className={tables.pick}
                  title="Calls with messages in this time"
                  onClick={() => onStep(steps.indexOf(step))}
                >
                  {step.label}
                </button>
              </th>
              {series.map(({ key }) => (
                <td key={key} className={tables.number}>
                  {countText(step.counts[key] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
