import type { JSX } from 'react';
import type { Timeline } from '../../../core/contract/model.ts';
import type { BarSeries } from '../../charts/bar-data.ts';
import type { Answer } from '../message/answer.ts';
import { OverTime } from './OverTime.tsx';
import { outcomeOf, outcomes } from './words.ts';

const looks = {
  ok: { colour: 'var(--ok)', fill: 'plain' },
  info: { colour: 'var(--info)', fill: 'plain' },
  idle: { colour: 'var(--muted)', fill: 'hollow' },
  warn: { colour: 'var(--warn)', fill: 'hatched' },
  bad: { colour: 'var(--bad)', fill: 'plain' },
} as const;

const series: readonly BarSeries[] = outcomes.map(({ key, title }) => ({ key, title, ...looks[key] }));

/** When calls began, by what they came to. */
export function CallsOverTime({ answer }: { readonly answer: Answer<Timeline> }): JSX.Element {
  return <OverTime title="Calls over time" one="call" answer={answer} series={series} counts={byOutcome} />;
}

function byOutcome({ messages, calls }: Timeline): readonly Readonly<Record<string, number>>[] {
  return messages.map((_, at) => {
    const step: Record<string, number> = {};
    for (const { state, counts } of calls) {
      const outcome = outcomeOf(state);
      step[outcome] = (step[outcome] ?? 0) + (counts[at] ?? 0);
    }
    return step;
  });
}
