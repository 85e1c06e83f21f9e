import type { JSX } from 'react';
import type { ResponseTimes } from '../../../core/contract/model.ts';
import { countOf, countText } from '../../app/words.ts';
import { LazyBars } from '../../charts/LazyBars.tsx';
import style from './WaitHistogram.module.css';
import { limitText, waitText } from './words.ts';

/** How many requests waited how long; each bar is twice as long a time as the one before. */
export function WaitHistogram({
  times,
  title,
}: {
  readonly times: ResponseTimes;
  readonly title: string;
}): JSX.Element {
  const { histogram, count, medianMs, p95Ms } = times;
  if (histogram.length === 0) return <p className={style.none}>{`${title}: none came.`}</p>;
  const steps = histogram.map((step) => ({
    label: limitText(step.fromMs),
    about: `${limitText(step.fromMs)} to ${limitText(step.toMs)}`,
    counts: { count: step.count },
  }));
  const said = `${title}: ${countOf(count, 'time', 'times')}, half of them up to ${waitText(medianMs)}, 95 % up to ${waitText(p95Ms)}. ${steps
    .filter(({ counts }) => counts.count > 0)
    .map(({ about, counts }) => `${about}: ${countText(counts.count)}`)
    .join(', ')}.`;
  return (
    <figure className={style.figure}>
      <p className={style.title}>{title}</p>
      <LazyBars
        label={said}
        series={[{ key: 'count', title: 'Requests', colour: 'var(--info)', fill: 'plain' }]}
        steps={steps}
        height={250}
      />
      <figcaption className="visually-hidden">{said}</figcaption>
    </figure>
  );
}
