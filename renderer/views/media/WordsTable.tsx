import type { JSX } from 'react';
import type { CallMediaLeg } from '../../../core/contract/streams.ts';
import { endText } from '../../../core/ladder/words.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { keyAt } from '../message/keys.ts';
import tables from '../statistics/Tables.module.css';
import { Panel } from '../statistics/Panel.tsx';
import { ScrollArea } from '../statistics/ScrollArea.tsx';
import { legLetter, msText, offsetText } from './words.ts';

/** What both sides said of the media, offer by offer, on the legs that are shown. `from`: where the axis of time begins. */
export function WordsTable({
  legs,
  from,
}: {
  readonly legs: readonly CallMediaLeg[];
  readonly from: number;
}): JSX.Element | null {
  const words = legs
    .flatMap(({ leg, words: own }) => own.map((word) => ({ leg, ...word })))
    .sort((a, b) => Number(a.ts) - Number(b.ts) || a.row - b.row);
  if (words.length === 0) return null;
  return (
    <Panel wide title="What SDP said" about="offers and answers, in order">
      <ScrollArea label="What SDP said, table">
        <table className={tables.table} aria-label="Offers and answers">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">By</th>
              <th scope="col">Message</th>
              <th scope="col" className={tables.number}>
                Packet time
              </th>
              <th scope="col" className={tables.number}>
                At most
              </th>
              <th scope="col">Codecs</th>
              <th scope="col">Direction</th>
              <th scope="col">Receives at</th>
            </tr>
          </thead>
          <tbody>
            {words.map((word, at) => (
              <tr key={keyAt(at, word.ts)}>
                <th scope="row">{offsetText(Number(word.ts) - from)}</th>
                <td>
                  {word.by}
                  {legs.length > 1 ? `, leg ${legLetter(word.leg)}` : ''}
                </td>
                <td>{visible(`${word.message} (${word.role})`)}</td>
                <td className={tables.number}>{msText(word.ptimeMs)}</td>
                <td className={tables.number}>{msText(word.maxPtimeMs)}</td>
                <td>{visible(word.codecs.join(', '))}</td>
                <td>{word.port === 0 ? 'refused' : word.direction}</td>
                <td>{word.address === null ? '–' : visible(endText(word.address, word.port))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </Panel>
  );
}
