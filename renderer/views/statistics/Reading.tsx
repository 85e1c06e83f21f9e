import type { JSX } from 'react';
import type { Stats } from '../../../core/contract/model.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { bytesText, countText } from '../../app/words.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import type { Answer } from '../message/answer.ts';
import { Answered } from './Answered.tsx';
import { faultCondition, narrowTo } from './go.ts';
import { Panel } from './Panel.tsx';
import { ScrollArea } from './ScrollArea.tsx';
import { useFaultsOfMessages } from './questions.ts';
import { TableMenu } from './TableMenu.tsx';
import tables from './Tables.module.css';
import { shareText } from './words.ts';

interface ReadingProps {
  readonly answer: Answer<Stats>;
}

/** What became of every packet; what could not be read comes first, with the reason. */
export function Ledger({ answer }: ReadingProps): JSX.Element {
  return (
    <Panel
      title="Packets"
      about="what became of each, in the whole capture"
      actions={<TableMenu what="ledger" title="Packets" />}
    >
      <Answered answer={answer} atEnd>
        {({ ledger, packets }) => <LedgerTable ledger={ledger} packets={packets} />}
      </Answered>
    </Panel>
  );
}

function LedgerTable({ ledger, packets }: Pick<Stats, 'ledger' | 'packets'>): JSX.Element {
  return (
    <ScrollArea tall label="Packets, table">
      <table className={tables.table} aria-label="What became of the packets">
        <thead>
          <tr>
            <th scope="col">What they are</th>
            <th scope="col" className={tables.number}>
              Packets
            </th>
            <th scope="col" className={tables.number}>
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {[...ledger]
            .sort((a, b) => Number(b.lost) - Number(a.lost) || b.packets - a.packets)
            .map((line) => (
              <tr key={line.code}>
                <th scope="row" className={tables.text}>
                  {line.text}
                  {line.lost ? <Lost /> : null}
                </th>
                <td className={tables.number}>{countText(line.packets)}</td>
                <td className={tables.number}>{shareText(line.packets, packets)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Lost(): JSX.Element {
  return (
    <span className={tables.remark}>
      <Mark severity="warn">Not read, calls may be missing</Mark>
    </span>
  );
}

/** What was wrong with messages and packets, and where it was seen first. */
export function Faults({ answer }: ReadingProps): JSX.Element {
  return (
    <Panel title="Faults" about="what was wrong in the whole capture">
      <Answered answer={answer} atEnd>
        {({ faults, warnings }) => (
          <ScrollArea tall label="Faults, table">
            {warnings.length === 0 ? null : (
              <ul className={tables.none} aria-label="Warnings">
                {warnings.map((text) => (
                  <li key={text}>
                    <Mark severity="warn">{visible(text)}</Mark>
                  </li>
                ))}
              </ul>
            )}
            {faults.length === 0 ? (
              <p className={tables.none}>Nothing was found wrong with any packet.</p>
            ) : (
              <FaultTable faults={faults} />
            )}
          </ScrollArea>
        )}
      </Answered>
    </Panel>
  );
}

function FaultTable({ faults }: Pick<Stats, 'faults'>): JSX.Element {
  const ofMessages = useFaultsOfMessages(faults.flatMap(({ protocol, code }) => (protocol === 'sip' ? [code] : [])));
  return (
    <table className={tables.table} aria-label="Faults">
      <thead>
        <tr>
          <th scope="col">Protocol</th>
          <th scope="col">What is wrong</th>
          <th scope="col" className={tables.number}>
            Times
          </th>
          <th scope="col" className={tables.number}>
            First in frame
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.map(({ protocol, code, text, count, frames }) => (
          <tr key={`${protocol} ${code}`}>
            <td>{protocol}</td>
            <th scope="row" className={tables.text}>
              {protocol === 'sip' && ofMessages.has(code) ? (
                <button
                  type="button"
                  className={tables.pick}
                  title="Show the calls with this fault"
                  onClick={() => narrowTo(faultCondition(code))}
                >
                  {text}
                </button>
              ) : (
                text
              )}
            </th>
            <td className={tables.number}>{countText(count)}</td>
            <td className={tables.number}>{frames[0] ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The captures that were read. */
export function Files({ answer }: ReadingProps): JSX.Element {
  return (
    <Panel wide title="Files">
      <Answered answer={answer} atEnd>
        {({ files }) => (
          <ScrollArea label="Files, table">
            <table className={tables.table} aria-label="Files">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Format</th>
                  <th scope="col" className={tables.number}>
                    Size
                  </th>
                  <th scope="col" className={tables.number}>
                    Packets
                  </th>
                </tr>
              </thead>
              <tbody>
                {files.map(({ name, format, bytes, packets }, at) => (
                  <tr key={`${at + 1} ${name}`}>
                    <th scope="row" className={tables.text}>
                      {visible(nameOf(name))}
                    </th>
                    <td>{format}</td>
                    <td className={tables.number}>{bytesText(bytes)}</td>
                    <td className={tables.number}>{countText(packets)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollArea>
        )}
      </Answered>
    </Panel>
  );
}

/** Without its folders. */
function nameOf(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? path;
}
