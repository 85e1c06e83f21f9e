import { transportNames } from '../../decode/packet.ts';
import { faultCodes } from '../../decode/sip-faults.ts';
import type { LadderCall, LadderInput, LadderMessage } from '../../ladder/input.ts';
import { MessageWords } from './message-words.ts';
import { protectionOf } from '../security/protection.ts';
import type { Rows } from '../rows.ts';
import type { Session } from '../session.ts';

const NO_FAULTS: readonly string[] = [];

/**
 * Collects what a ladder of these calls (numbers) is made of, or of their first `most` messages. Copies are handed on: the
 * ladder folds and counts them.
 */
export function ladderInput(session: Session, rows: Rows, calls: readonly number[], most = Infinity): LadderInput {
  const { analysis, addresses, associations } = session;
  const { messages, transactions, retransmissions } = analysis;
  const indexes = new Map(calls.map((call, index) => [call, index]));
  // Messages behind a hole in a stream are handed over late; packets are in the order of the wire.
  const picked = calls
    .flatMap((call) => rowsOf(session, call))
    .sort((a, b) => messages.frame.get(a) - messages.frame.get(b) || a - b)
    .slice(0, most);
  const words = new MessageWords(session);
  const texts = {
    method: kept(messages.methods),
    callId: kept(messages.callIds),
    tag: kept(messages.tags),
    branch: kept(messages.branches),
    sentBy: kept(messages.sentBys),
    address: kept(addresses),
  };
  return {
    messages: picked.map((row): LadderMessage => {
      const faults = messages.faults.get(row);
      const cseqMethod = texts.method(messages.cseqMethod.get(row));
      const timeNs = messages.time.get(row);
      return {
        row,
        frame: messages.frame.get(row),
        ts: rows.ts(timeNs),
        timeNs,
        src: { address: texts.address(messages.src.get(row)) ?? '', port: messages.sport.get(row) },
        dst: { address: texts.address(messages.dst.get(row)) ?? '', port: messages.dport.get(row) },
        transport: transportNames[messages.transport.get(row)] ?? 'UDP',
        method: texts.method(messages.method.get(row)),
        status: messages.status.get(row) || null,
        reason: words.reason(row),
        cseq: cseqMethod === null ? null : { number: messages.cseqNumber.get(row), method: cseqMethod },
        callId: texts.callId(messages.callId.get(row)),
        callIndex: indexes.get(messages.callId.get(row)) ?? 0,
        fromTag: texts.tag(messages.fromTag.get(row)),
        toTag: texts.tag(messages.toTag.get(row)),
        branch: texts.branch(messages.branch.get(row)),
        sentBy: texts.sentBy(messages.sentBy.get(row)),
        sdp: words.sdp(row),
        retransmissionOf: rowOrNull(retransmissions.retransmissionOf(row)),
        copyOf: rowOrNull(retransmissions.copyOf(row)),
        transactionKey: transactions.of.get(row) || null,
        protection: protectionOf(associations, messages.association.get(row)),
        faults: faults === 0 ? NO_FAULTS : faultCodes(faults),
      };
    }),
    calls: calls.map((call): LadderCall => {
      const { callId, from, to, state, finalStatus, why } = rows.call(call);
      return { callId, from, to, state, finalStatus, why };
    }),
    source: session.inputs.inputs.map(({ name }) => name).join(', '),
  };
}

/** Texts by number, each made once. */
function kept(texts: { text(id: number): string | null }): (id: number) => string | null {
  const known = new Map<number, string | null>();
  return (id) => {
    let text = known.get(id);
    if (text === undefined) known.set(id, (text = texts.text(id)));
    return text;
  };
}

/** Rows of a call's messages, in capture order. */
export function rowsOf(session: Pick<Session, 'analysis'>, call: number): number[] {
  const { calls } = session.analysis;
  const rows: number[] = [];
  for (let row = calls.first(call) + 1; row !== 0; row = calls.next.get(row - 1)) rows.push(row - 1);
  return rows;
}

function rowOrNull(row: number): number | null {
  return row === 0 ? null : row - 1;
}
