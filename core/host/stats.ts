import type { Analysis } from '../analysis/index.ts';
import { Flag, type Messages } from '../analysis/messages.ts';
import { stateNames } from '../analysis/verdict.ts';
import { epochText } from '../bytes/time.ts';
import type { Stats } from '../contract/model.ts';
import { outcomeTexts } from '../decode/ledger.ts';
import { transportNames } from '../decode/packet.ts';
import type { Session } from './session.ts';

/** Counts of everything in the session, the ledger of packets last. `mask`, by row, narrows what is counted of SIP. */
export function statsOf(session: Session, mask: Uint8Array | null = null): Stats {
  const { analysis, tally, account } = session;
  const { messages } = analysis;
  const { matched, retransmissions, copies, methods, statuses, transports } = countMessages(messages, mask);
  const { calls, states } = countCalls(analysis, mask);
  const when = (ns: number): string | null =>
    Number.isNaN(ns) ? null : epochText(tally.base ?? 0, ns, tally.decimals);
  return {
    files: account.files,
    packets: tally.packets,
    bytes: tally.bytes,
    start: when(tally.start),
    end: when(tally.end),
    messages: matched,
    retransmissions,
    copies,
    calls,
    methods: counted(methods, (id) => messages.methods.text(id) ?? ''),
    statuses: counted(statuses, String),
    transports: counted(transports, (id) => transportNames[id] ?? ''),
    states: counted(states, (id) => stateNames[id] ?? ''),
    media: account.media,
    ledger: outcomeTexts
      .map(({ code, text, lost }, outcome) => ({ code, text, packets: account.ledger[outcome] ?? 0, lost }))
      .filter(({ packets }) => packets > 0)
      .sort((a, b) => b.packets - a.packets),
    faults: account.faults.map(({ kind, count, frames }) => ({
      protocol: kind.protocol,
      code: kind.code,
      text: kind.text,
      count,
      frames,
    })),
    warnings: session.warnings,
  };
}

/** What is counted of messages; the arrays are by number of the method, status and Transport. */
interface MessageCounts {
  matched: number;
  retransmissions: number;
  copies: number;
  readonly methods: Float64Array;
  readonly statuses: Float64Array;
  readonly transports: Float64Array;
}

function countMessages(messages: Messages, mask: Uint8Array | null): MessageCounts {
  const counts: MessageCounts = {
    matched: 0,
    retransmissions: 0,
    copies: 0,
    methods: new Float64Array(messages.methods.size),
    statuses: new Float64Array(1000),
    transports: new Float64Array(transportNames.length),
  };
  for (let row = 0; row < messages.count; row++) {
    if (mask === null || mask[row] === 1) countMessage(messages, row, counts);
  }
  return counts;
}

function countMessage(messages: Messages, row: number, counts: MessageCounts): void {
  counts.matched += 1;
  const flags = messages.flags.get(row);
  if ((flags & Flag.Copy) === Flag.Copy) counts.copies += 1;
  else if ((flags & Flag.Retransmission) === Flag.Retransmission) counts.retransmissions += 1;
  if ((flags & Flag.Request) === Flag.Request) bump(counts.methods, messages.method.get(row));
  else bump(counts.statuses, messages.status.get(row));
  bump(counts.transports, messages.transport.get(row));
}

/** How many calls have a message that `mask` lets through, and how many of them are in each State. */
function countCalls(analysis: Analysis, mask: Uint8Array | null): { readonly calls: number; states: Float64Array } {
  const touched = mask === null ? null : callsWithin(analysis, mask);
  const states = new Float64Array(stateNames.length);
  let calls = 0;
  for (let call = 1; call <= analysis.calls.count; call++) {
    if (touched !== null && touched[call] !== 1) continue;
    calls += 1;
    bump(states, analysis.judge(call).state);
  }
  return { calls, states };
}

/** By call: 1 for those with a message that `mask` lets through. */
function callsWithin({ messages, calls }: Analysis, mask: Uint8Array): Uint8Array {
  const touched = new Uint8Array(calls.count + 1);
  for (let row = 0; row < messages.count; row++) if (mask[row] === 1) touched[messages.callId.get(row)] = 1;
  return touched;
}

function bump(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

/** Counts above 0 by name, the most frequent first; equal ones in the order of their numbers. */
function counted(counts: Float64Array, name: (id: number) => string): Record<string, number> {
  const entries = [...counts.entries()].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  return Object.fromEntries(entries.map(([id, count]) => [name(id), count]));
}
