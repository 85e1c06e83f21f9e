import type { JSX } from 'react';
import type { Stats } from '../../../core/contract/model.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { isCallState } from '../../../core/ladder/words.ts';
import { Mark, stateLook } from '../../widgets/StateMark.tsx';
import type { Severity } from '../../widgets/severity.ts';
import type { Answer } from '../message/answer.ts';
import { Answered } from './Answered.tsx';
import { CountTable } from './CountTable.tsx';
import { methodCondition, narrowTo } from './go.ts';
import { Panel } from './Panel.tsx';
import { usePhrases } from './questions.ts';
import { TableMenu } from './TableMenu.tsx';
import { statusLook } from './words.ts';

interface CountsProps {
  readonly answer: Answer<Stats>;
}

const colours: Readonly<Record<Severity, string>> = {
  ok: 'var(--ok)',
  info: 'var(--info)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
  idle: 'var(--faint)',
};

/** How many calls came to each state. */
export function States({ answer }: CountsProps): JSX.Element {
  return (
    <Panel title="States" about="of calls" actions={<TableMenu what="states" title="States" />}>
      <Answered answer={answer} atEnd>
        {({ states }) => (
          <CountTable
            label="Calls by state"
            titles={['State', 'Calls']}
            none="No call matches."
            rows={Object.entries(states).map(([key, count]) => {
              const { word, severity } = isCallState(key)
                ? stateLook(key)
                : ({ word: visible(key), severity: 'idle' } as const);
              return {
                key,
                name: <Mark severity={severity}>{word}</Mark>,
                count,
                colour: colours[severity],
                hint: `Show the calls in state “${word}”`,
                onPick: () => narrowTo(`state:${key}`),
              };
            })}
          />
        )}
      </Answered>
    </Panel>
  );
}

/** How many requests of each method there are. */
export function Requests({ answer }: CountsProps): JSX.Element {
  return (
    <Panel title="Methods" about="of requests, on all hops" actions={<TableMenu what="methods" title="Methods" />}>
      <Answered answer={answer} atEnd>
        {({ methods }) => (
          <CountTable
            label="Requests by method"
            titles={['Method', 'Requests']}
            none="There is no request in these calls."
            rows={Object.entries(methods).map(([method, count]) => ({
              key: method,
              name: visible(method),
              count,
              colour: 'var(--info)',
              hint: `Show the calls with ${visible(method)}`,
              onPick: () => narrowTo(methodCondition(method)),
            }))}
          />
        )}
      </Answered>
    </Panel>
  );
}

/** How many responses have each status, with the class in colour and word. */
export function Statuses({ answer }: CountsProps): JSX.Element {
  const phrases = usePhrases();
  return (
    <Panel
      title="Status codes"
      about="of responses, on all hops"
      actions={<TableMenu what="statuses" title="Status codes" />}
    >
      <Answered answer={answer} atEnd>
        {({ statuses }) => (
          <CountTable
            label="Responses by status"
            titles={['Status', 'Class', 'Responses']}
            none="There is no response in these calls."
            rows={Object.entries(statuses)
              .sort(([a, one], [b, other]) => other - one || Number(a) - Number(b))
              .map(([status, count]) => {
                const { word, severity } = statusLook(Number(status));
                return {
                  key: status,
                  name: `${status} ${phrases.get(status) ?? ''}`.trim(),
                  more: <Mark severity={severity}>{word}</Mark>,
                  count,
                  colour: colours[severity],
                  hint: `Show the calls with ${status}`,
                  onPick: () => narrowTo(`status:${status}`),
                };
              })}
          />
        )}
      </Answered>
    </Panel>
  );
}
