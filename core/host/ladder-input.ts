import { Flag } from '../analysis/messages.ts';
import { describe } from '../decode/sip-describe.ts';
import type { LadderCall, LadderInput, LadderMessage } from '../ladder/input.ts';
import { sdpWords } from './sdp-words.ts';
import type { Rows } from './rows.ts';
import type { Session } from './session.ts';

/** Collects what a ladder of these calls (numbers) is made of. Copies are handed on: the ladder folds and counts them. */
export function ladderInput(session: Session, rows: Rows, calls: readonly number[]): LadderInput {
  const { analysis } = session;
  const { messages, transactions, retransmissions } = analysis;
  const indexes = new Map(calls.map((call, index) => [call, index]));
  // Messages behind a hole in a stream are handed over late; packets are in the order of the wire.
  const picked = calls
    .flatMap((call) => rowsOf(session, call))
    .sort((a, b) => messages.frame.get(a) - messages.frame.get(b) || a - b);
  return {
    messages: picked.map((row): LadderMessage => {
      const message = rows.message(row);
      return {
        row,
        frame: message.frame,
        ts: message.ts,
        timeNs: messages.time.get(row),
        src: { address: message.src, port: message.sport },
        dst: { address: message.dst, port: message.dport },
        transport: message.transport,
        method: message.method,
        status: message.status,
        reason: message.reason,
        cseq: message.cseq,
        callId: message.callId,
        callIndex: indexes.get(messages.callId.get(row)) ?? 0,
        fromTag: message.fromTag,
        toTag: message.toTag,
        branch: message.branches[0] ?? null,
        sentBy: messages.sentBys.text(messages.sentBy.get(row)),
        sdp: (messages.flags.get(row) & Flag.Sdp) === 0 ? null : sdpOf(session, row),
        retransmissionOf: rowOrNull(retransmissions.retransmissionOf(row)),
        copyOf: rowOrNull(retransmissions.copyOf(row)),
        transactionKey: transactions.of.get(row) || null,
        protection: message.protection,
        faults: message.faults,
      };
    }),
    calls: calls.map((call): LadderCall => {
      const { callId, from, to, state, finalStatus, why } = rows.call(call);
      return { callId, from, to, state, finalStatus, why };
    }),
    source: session.inputs.inputs.map(({ name }) => name).join(', '),
  };
}

/** Rows of a call's messages, in capture order. */
export function rowsOf(session: Session, call: number): number[] {
  const { calls } = session.analysis;
  const rows: number[] = [];
  for (let row = calls.first(call) + 1; row !== 0; row = calls.next.get(row - 1)) rows.push(row - 1);
  return rows;
}

function rowOrNull(row: number): number | null {
  return row === 0 ? null : row - 1;
}

function sdpOf(session: Session, row: number): string | null {
  const words = describe(session.lookBack.bytesOf(row))
    .parts.flatMap(({ sdp }) => (sdp === null ? [] : [sdpWords(sdp)]))
    .join('; ');
  return words === '' ? null : words;
}
