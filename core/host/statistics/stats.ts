import type { Analysis } from '../../analysis/index.ts';
import { Flag, type Messages } from '../../analysis/messages.ts';
import { stateNames } from '../../analysis/verdict/verdict.ts';
import type { Stats } from '../../contract/model.ts';
import { outcomeTexts } from '../../decode/ledger.ts';
import { transportNames } from '../../decode/packet.ts';
import { Turns } from '../kept.ts';
import type { Session } from '../session.ts';

/** Messages or calls between two looks at whether somebody else waits. */
const STEP = 4096;

/** What of the session is counted. */
interface Counting {
  /** By row, narrows what is counted of SIP. */
  readonly mask?: Uint8Array | null;
  /** What became of each call, where that is known already. */
  readonly judged?: Uint8Array | null;
  /** Nothing of SIP is counted: what is left is of the capture, and costs nothing. */
  readonly captureOnly?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Counts of everything in the session, the ledger of packets last; lets other questions have their turn. Rejects with a
 * ContractError `cancelled` when `signal` says so.
 */
export async function statsOf(session: Session, counting: Counting = {}): Promise<Stats> {
  const { mask = null, judged = null, captureOnly = false, signal = new AbortController().signal } = counting;
  const { analysis, tally, account } = session;
  const { messages } = analysis;
  const turns = new Turns(signal);
  const counts = mask === null && !captureOnly ? allCounts(analysis) : emptyCounts(messages);
  const states = new Float64Array(stateNames.length);
  let calls = 0;
  if (!captureOnly) {
    if (mask !== null) await countMessages(messages, mask, counts, turns);
    calls = await countCalls(analysis, mask, judged, states, turns);
  }
  const { matched, retransmissions, copies, methods, statuses, transports } = counts;
  return {
    files: account.files,
    packets: tally.packets,
    bytes: tally.bytes,
    start: tally.when(tally.start),
    end: tally.when(tally.end),
    messages: matched,
    retransmissions,
    copies,
    calls,
    methods: counted(methods, (id) => messages.methods.text(id) ?? ''),
    statuses: counted(statuses, String),
    transports: counted(transports, (id) => transportNames[id] ?? ''),
    states: counted(states, (id) => stateNames[id] ?? ''),
    media: { packets: account.media.packets, flows: account.media.flows },
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

function emptyCounts({ methods }: Messages): MessageCounts {
  return {
    matched: 0,
    retransmissions: 0,
    copies: 0,
    methods: new Float64Array(methods.size),
    statuses: new Float64Array(1000),
    transports: new Float64Array(transportNames.length),
  };
}

/** Those of all messages, which were counted as they came; of live packets, as of now. */
function allCounts({ messages, totals }: Analysis): MessageCounts {
  const { retransmissions, copies, methods, statuses, transports } = totals;
  return {
    matched: messages.count,
    retransmissions,
    copies,
    methods: methods.slice(),
    statuses: statuses.slice(),
    transports: transports.slice(),
  };
}

async function countMessages(messages: Messages, mask: Uint8Array, counts: MessageCounts, turns: Turns): Promise<void> {
  for (let row = 0; row < messages.count; row++) {
    if (row % STEP === 0) await turns.next();
    if (mask[row] === 1) countMessage(messages, row, counts);
  }
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

/** How many calls have a message that `mask` lets through; `states` gets how many of them are in each State. */
async function countCalls(
  analysis: Analysis,
  mask: Uint8Array | null,
  judged: Uint8Array | null,
  states: Float64Array,
  turns: Turns,
): Promise<number> {
  const touched = mask === null ? null : callsWithin(analysis, mask);
  let calls = 0;
  for (let call = 1; call <= analysis.calls.count; call++) {
    if (call % STEP === 0) await turns.next();
    if (touched !== null && touched[call] !== 1) continue;
    calls += 1;
    bump(states, judged?.[call] ?? analysis.stateOf(call));
  }
  return calls;
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
