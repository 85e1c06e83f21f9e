import { readMessage, type SipMessage } from '../../decode/sip-message.ts';
import { Flag } from '../messages.ts';
import type { Tables } from '../tables.ts';

/** Messages of a call that are looked through, and that are read. */
const MOST_SEEN = 5000;
export const MOST_READ = 500;

/** A message as its author wrote it: on the hop nearest to who sent it. */
export interface Spoken {
  readonly row: number;
  readonly byCaller: boolean;
  readonly message: SipMessage;
  /** Of a request its method, of a response that of its CSeq. */
  readonly method: string;
  /** 0 for a request. */
  readonly status: number;
  readonly cseq: number;
}

export interface Conversation {
  readonly spoken: readonly Spoken[];
  /** Messages that were left out. */
  readonly left: number;
}

/** What the two sides of a call said, each message once, in order. Retransmissions and further hops are left out. */
export function conversation(tables: Tables, call: number, bytesOf: (row: number) => Uint8Array): Conversation {
  const { messages, calls } = tables;
  const rows: number[] = [];
  let left = 0;
  for (let next = calls.first(call) + 1; next !== 0; next = calls.next.get(next - 1)) {
    const row = next - 1;
    if ((messages.flags.get(row) & (Flag.Retransmission | Flag.Copy)) !== 0) continue;
    if (rows.length < MOST_SEEN) rows.push(row);
    else left += 1;
  }
  const nearest = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(tables, row);
    const vias = messages.viaCount.get(row);
    const known = nearest.get(key);
    // Every hop puts a Via on a request, and takes one off a response.
    if (known === undefined || (isRequest(tables, row) ? vias < known : vias > known)) nearest.set(key, vias);
  }
  const caller = callerTag(tables, rows);
  const spoken: Spoken[] = [];
  for (const row of rows) {
    if (messages.viaCount.get(row) !== nearest.get(keyOf(tables, row))) continue;
    if (spoken.length >= MOST_READ) {
      left += 1;
      continue;
    }
    const asksCaller = messages.fromTag.get(row) === caller;
    spoken.push({
      row,
      byCaller: isRequest(tables, row) === asksCaller,
      // Views of a reader's buffer hold only until the next read.
      message: readMessage(bytesOf(row).slice()),
      method: messages.methods.text(messages.method.get(row) || messages.cseqMethod.get(row)) ?? '',
      status: messages.status.get(row),
      cseq: messages.cseqNumber.get(row),
    });
  }
  return { spoken, left };
}

function isRequest({ messages }: Tables, row: number): boolean {
  return (messages.flags.get(row) & Flag.Request) !== 0;
}

/** Equal for one message on all its hops. */
function keyOf({ messages }: Tables, row: number): string {
  const { method, status, cseqMethod, cseqNumber, fromTag, toTag } = messages;
  const isAck = method.get(row) === 0 ? 0 : toTag.get(row);
  return [method, status, cseqMethod, cseqNumber, fromTag]
    .map((column) => column.get(row))
    .concat(status.get(row) === 0 ? isAck : toTag.get(row))
    .join(' ');
}

/** From tag of the first request; of the first message without one. */
function callerTag(tables: Tables, rows: readonly number[]): number {
  const first = rows.find((row) => isRequest(tables, row)) ?? rows[0];
  return first === undefined ? 0 : tables.messages.fromTag.get(first);
}
