import { useState, type JSX } from 'react';
import type { ResponseTimes } from '../../../core/contract/model.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countText } from '../../app/words.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { Answered } from './Answered.tsx';
import { Panel } from './Panel.tsx';
import { useResponseTimes } from './questions.ts';
import { TableMenu } from './TableMenu.tsx';
import style from './ResponseTimesPanel.module.css';
import tables from './Tables.module.css';
import { WaitHistogram } from './WaitHistogram.tsx';
import { untilWords, waitText } from './words.ts';

/** How long requests waited for their answers, with the distribution of the one that is chosen. */
export function ResponseTimesPanel(): JSX.Element {
  const answer = useResponseTimes();
  const reading = !useCapture(isWhole);
  return (
    <Panel
      wide
      title="Response times"
      about={`${reading ? 'so far, ' : ''}from the first sending of a request, on each hop`}
      actions={<TableMenu what="response-times" title="Response times" />}
    >
      <Answered answer={answer}>{(times) => <Times times={times} />}</Answered>
    </Panel>
  );
}

function Times({ times }: { readonly times: readonly ResponseTimes[] }): JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  if (times.length === 0) return <p className={tables.none}>There is no request in these calls.</p>;
  // What an engineer asks first, until a line is chosen.
  const shown =
    times.find((one) => keyOf(one) === chosen) ??
    times.find(({ method, until }) => method === 'INVITE' && until === 'final') ??
    times[0];
  return (
    <div className={style.both}>
      <div className={[tables.scroll, tables.tall].join(' ')}>
        <table className={tables.table} aria-label="Response times">
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">Until</th>
              {['Answered', 'Unanswered', 'Min', 'Median', 'p95', 'p99', 'Max'].map((title) => (
                <th key={title} scope="col" className={tables.number}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((one) => (
              <tr key={keyOf(one)} className={one === shown ? tables.chosen : undefined}>
                <th scope="row" className={tables.name}>
                  <button
                    type="button"
                    className={tables.pick}
                    aria-pressed={one === shown}
                    aria-label={titleOf(one)}
                    title="Show the distribution"
                    onClick={() => setChosen(keyOf(one))}
                  >
                    {visible(one.method)}
                  </button>
                </th>
                <td className={tables.more}>{untilWords[one.until]}</td>
                <td className={tables.number}>{countText(one.count)}</td>
                <td className={[tables.number, lacking(one) ? style.lacking : ''].filter(Boolean).join(' ')}>
                  {countText(one.unanswered)}
                </td>
                {[one.minMs, one.medianMs, one.p95Ms, one.p99Ms, one.maxMs].map((ms, at) => (
                  <td key={`${at + 0}`} className={tables.number}>
                    {one.count === 0 ? '–' : waitText(ms)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown === undefined ? null : <WaitHistogram times={shown} title={titleOf(shown)} />}
    </div>
  );
}

function keyOf({ method, until }: ResponseTimes): string {
  return `${until} ${method}`;
}

function titleOf({ method, until }: ResponseTimes): string {
  return `${visible(method)}, ${untilWords[until]}`;
}

/** Ringing may be missing for good reasons. */
function lacking({ until, unanswered }: ResponseTimes): boolean {
  return until !== 'ringing' && unanswered > 0;
}
