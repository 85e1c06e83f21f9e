import { Flag } from '../../analysis/messages.ts';
import { State, stateNames } from '../../analysis/verdict/verdict.ts';
import { epochText } from '../../bytes/time.ts';
import { ContractError } from '../../contract/api.ts';
import type { Methods } from '../../contract/api.ts';
import type { Timeline } from '../../contract/model.ts';
import { Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import { roundGrid } from './round-step.ts';
import { rowsCounted } from './rows-counted.ts';

const MOST_BUCKETS = 2000;
/** Rows looked at between two turns. */
const TURN = 1 << 14;
const MS = 1_000_000;

type Query = Methods['timeline']['params'] & { readonly calls?: readonly (number | string)[] };

/**
 * Calls and their messages over time. Without filter and method, messages that belong to no call are counted too.
 * Throws ContractError `bad-request` for a number of steps that is none, `filter`, `cancelled`.
 */
export async function timelineOf(open: OpenCapture, query: Query, signal: AbortSignal): Promise<Timeline> {
  const { buckets } = query;
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > MOST_BUCKETS)
    throw new ContractError('bad-request', 'a timeline has 1 to 2,000 steps');
  const turns = new Turns(signal);
  const { analysis, tally } = open.session;
  const { messages, calls } = analysis;
  const mask = await rowsCounted(open, { ...query, of: 'calls' }, signal);
  // A capture that is being read grows between turns: this is about what is there now.
  const rows = mask?.length ?? messages.count;
  const callCount = calls.count;
  const span = await spanOf(open, mask, rows, turns);
  if (span === null) return { start: null, stepMs: 1, messages: [], retransmissions: [], calls: [] };

  const base = (tally.base ?? 0) * 1000;
  const { step, first, count } = roundGrid(base + Math.floor(span.from / MS), base + Math.floor(span.to / MS), buckets);
  const start = (first * step - base) * MS;
  const bucketOf = (time: number): number => Math.min(count - 1, Math.max(0, Math.floor((time - start) / (step * MS))));

  const all = new Float64Array(count);
  const again = new Float64Array(count);
  /** Calls of which a message is counted. */
  const wanted = new Uint8Array(callCount + 1);
  for (let row = 0; row < rows; row++) {
    if (row % TURN === 0) await turns.next();
    if (mask !== null && mask[row] !== 1) continue;
    wanted[messages.callId.get(row)] = 1;
    const flags = messages.flags.get(row);
    if ((flags & Flag.Copy) !== 0) continue;
    const bucket = bucketOf(messages.time.get(row));
    all[bucket] = (all[bucket] as number) + 1;
    if ((flags & Flag.Retransmission) !== 0) again[bucket] = (again[bucket] as number) + 1;
  }

  const { state: states, count: judged } = await open.orders.judged(signal);
  const begun: (Float64Array | null)[] = stateNames.map(() => null);
  for (let call = 1; call <= callCount; call++) {
    if (call % TURN === 0) await turns.next();
    if (wanted[call] !== 1) continue;
    // While the capture is being read, the latest calls may not have been judged yet.
    const state = call <= judged ? (states[call] ?? State.pending) : analysis.judge(call).state;
    const counts = (begun[state] ??= new Float64Array(count));
    const bucket = bucketOf(messages.time.get(calls.first(call)));
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  return {
    // Steps begin at whole milliseconds, also where the capture's clock is coarser.
    start: epochText(tally.base ?? 0, start, Math.max(3, tally.decimals)),
    stepMs: step,
    messages: [...all],
    retransmissions: [...again],
    calls: stateNames.flatMap((state, index) => {
      const counts = begun[index];
      return counts === null || counts === undefined ? [] : [{ state, counts: [...counts] }];
    }),
  };
}

/** Time of the earliest and the latest message counted, copies not; null for none. */
async function spanOf(
  { session }: OpenCapture,
  mask: Uint8Array | null,
  rows: number,
  turns: Turns,
): Promise<{ readonly from: number; readonly to: number } | null> {
  const { time, flags } = session.analysis.messages;
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < rows; row++) {
    if (row % TURN === 0) await turns.next();
    if ((mask !== null && mask[row] !== 1) || (flags.get(row) & Flag.Copy) !== 0) continue;
    const at = time.get(row);
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return from <= to ? { from, to } : null;
}
