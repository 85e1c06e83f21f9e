import type { JSX } from 'react';
import type { Timeline } from '../../../core/contract/model.ts';
import type { BarSeries } from '../../charts/bar-data.ts';
import type { Answer } from '../message/answer.ts';
import { OverTime } from './OverTime.tsx';

const series: readonly BarSeries[] = [
  { key: 'first', title: 'Messages', colour: 'var(--info)', fill: 'plain' },
  { key: 'again', title: 'Retransmissions', colour: 'var(--warn)', fill: 'hatched' },
];

/** SIP messages, and those that were sent again. */
export function MessagesOverTime({ answer }: { readonly answer: Answer<Timeline> }): JSX.Element {
  return <OverTime title="Messages over time" one="message" answer={answer} series={series} counts={apart} />;
}

function apart({ messages, retransmissions }: Timeline): readonly Readonly<Record<string, number>>[] {
  return messages.map((count, at) => {
    const again = retransmissions[at] ?? 0;
    return { first: count - again, again };
  });
}
