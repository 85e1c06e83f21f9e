import type { JSX } from 'react';
import { moment } from '../../../core/ladder/words.ts';
import type { Stats } from '../../../core/contract/model.ts';
import { bytesText, countOf, countText } from '../../app/words.ts';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import type { Answer } from '../message/answer.ts';
import style from './Facts.module.css';
import { shareText } from './words.ts';

/** What the statistics are about, and the figures that one looks for first. */
export function Facts({ answer: { value } }: { readonly answer: Answer<Stats> }): JSX.Element {
  const progress = useCapture((state) => state.progress);
  const calls = value?.calls ?? null;
  const narrowed = useCalls(({ filter, method }) => filter !== '' || method !== null);
  const retransmissions =
    value === null ? '' : `${countText(value.retransmissions)}, ${shareText(value.retransmissions, value.messages)}`;
  const figures: readonly (readonly [name: string, value: string])[] =
    value === null
      ? [
          ['Calls so far', countText(progress?.calls ?? 0)],
          ['Messages so far', countText(progress?.messages ?? 0)],
          ['Packets so far', countText(progress?.packets ?? 0)],
        ]
      : [
          ['Calls', countText(value.calls)],
          ['Messages', countText(value.messages)],
          ['Retransmissions', retransmissions],
          ['Seen twice', countText(value.copies)],
          // These are not of any call.
          ...(narrowed ? [] : wholeCapture(value)),
        ];
  return (
    <header className={style.facts}>
      <h1 className={style.title}>Statistics</h1>
      <About calls={calls} all={progress?.calls ?? 0} />
      <dl className={style.figures}>
        {figures.map(([name, text]) => (
          <div key={name} className={style.figure}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {value?.start === null || value?.end === null || value === null ? null : (
        <p className={style.when}>
          {narrowed ? 'Capture: ' : ''}
          {moment(value.start)} to {moment(value.end)}
        </p>
      )}
    </header>
  );
}

function wholeCapture({ media, packets, bytes }: Stats): readonly (readonly [string, string])[] {
  return [
    ['Media packets', `${countText(media.packets)} in ${countOf(media.flows, 'flow')}`],
    ['Packets', `${countText(packets)}, ${bytesText(bytes)}`],
  ];
}

function About({ calls, all }: { readonly calls: number | null; readonly all: number }): JSX.Element {
  const filter = useCalls((state) => state.filter);
  const method = useCalls((state) => state.method);
  if (filter === '' && method === null) return <p className={style.about}>of the whole capture</p>;
  const which = calls === null ? 'the calls' : `${countText(calls)} of ${countText(all)} calls`;
  return (
    <div className={style.about}>
      of {which} {method === null ? '' : `begun by ${method} `}
      {filter === '' ? null : (
        <>
          that match <code className="mono">{filter}</code>
        </>
      )}
      <Button kind="quiet" onClick={() => useView.setState({ screen: 'calls' })}>
        Show them
      </Button>
      <Button kind="quiet" onClick={() => useCalls.setState({ filter: '', method: null })}>
        All calls
      </Button>
    </div>
  );
}
