import { Flag, Method } from './messages.ts';
import type { Tables } from './tables.ts';
import { Field } from './transactions.ts';

/** What a request waits for: any response; 180 to 189 (INVITE only); a final one. */
export const untilNames = ['first', 'ringing', 'final'] as const;

/** How long the requests of one method waited for one of these. Times are nanoseconds, 0 without any. */
export interface Waits {
  /** Number in `Messages.methods`; 0 for all beyond the most frequent `MOST_METHODS` together. */
  readonly method: number;
  readonly until: (typeof untilNames)[number];
  readonly count: number;
  readonly unanswered: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** How many waited from `2 ** power` microseconds to twice that, from the lowest power that occurs to the highest. */
  readonly histogram: readonly { readonly power: number; readonly count: number }[];
}

/** Anybody can make up methods: those that are rarer than this many others share a line. */
export const MOST_METHODS = 100;

/** Rows and transactions looked at between two stops. */
const STOP = 1 << 14;
const MICROSECOND = 1000;
/** A year is below 2 ** 45 microseconds; longer ones are counted there. */
const MOST_POWER = 45;

/**
 * Response times of the transactions whose request is in the capture and in `mask` (by row; null: all). A request that
 * was repeated counts once, from its first sending; on each hop it is a transaction of its own. ACK waits for nothing.
 * A response that the capture shows before its request (clocks of several inputs) waited 0. Stops now and then.
 */
export function* responseTimes(tables: Tables, mask: Uint8Array | null): Generator<void, readonly Waits[]> {
  const { messages, transactions } = tables;
  // A capture that is being read grows while we stop: this is about what is there now.
  const last = transactions.count;
  const rows = mask?.length ?? messages.count;
  const answered = yield* firstResponses(tables, last, rows);

  const requests = new Map<number, number>();
  for (let number = 1; number <= last; number++) {
    if (number % STOP === 0) yield;
    if (!counts(tables, number, mask)) continue;
    const method = transactions.get(number, Field.Method);
    requests.set(method, (requests.get(method) ?? 0) + 1);
  }
  const groups = grouped(requests);
  const others = groups.get(0);

  for (let number = 1; number <= last; number++) {
    if (number % STOP === 0) yield;
    if (!counts(tables, number, mask)) continue;
    const sent = messages.time.get(transactions.get(number, Field.Request) - 1);
    const group = groups.get(transactions.get(number, Field.Method)) ?? others;
    for (const [until, end] of [
      answered[number] ?? 0,
      transactions.get(number, Field.Ringing),
      transactions.get(number, Field.Final),
    ].entries())
      if (end !== 0 && end <= rows) group?.waited(until, Math.max(0, messages.time.get(end - 1) - sent));
  }

  const found: Waits[] = [];
  for (const [method, group] of groups) {
    for (const [index, until] of untilNames.entries()) {
      if (until === 'ringing' && method !== Method.INVITE) continue;
      found.push({ method, until, ...measured(group.sorted(index), group.requests) });
      yield;
    }
  }
  return found;
}

/** By transaction up to `last`: row + 1 of its earliest response, 0 where there is none. */
function* firstResponses({ messages, transactions }: Tables, last: number, rows: number): Generator<void, Uint32Array> {
  const answered = new Uint32Array(last + 1);
  for (let row = 0; row < rows; row++) {
    if (row % STOP === STOP - 1) yield;
    if ((messages.flags.get(row) & (Flag.Request | Flag.Copy)) !== 0) continue;
    const number = transactions.of.get(row);
    const before = answered[number];
    if (before === 0 || (before !== undefined && messages.time.get(row) < messages.time.get(before - 1)))
      answered[number] = row + 1;
  }
  return answered;
}

function counts({ transactions }: Tables, number: number, mask: Uint8Array | null): boolean {
  const request = transactions.get(number, Field.Request);
  return (
    request !== 0 && transactions.get(number, Field.Method) !== Method.ACK && (mask === null || mask[request - 1] === 1)
  );
}

/** What requests of one method waited. */
class Group {
  readonly requests: number;
  private readonly waits: readonly Float64Array[];
  private readonly filled = untilNames.map(() => 0);

  constructor(requests: number) {
    this.requests = requests;
    this.waits = untilNames.map(() => new Float64Array(requests));
  }

  waited(until: number, time: number): void {
    const at = this.filled[until] as number;
    (this.waits[until] as Float64Array)[at] = time;
    this.filled[until] = at + 1;
  }

  sorted(until: number): Float64Array {
    return (this.waits[until] as Float64Array).subarray(0, this.filled[until]).sort();
  }
}

/** A group for each method, the most frequent first; the rarest share number 0. */
function grouped(requests: ReadonlyMap<number, number>): Map<number, Group> {
  const ordered = [...requests].sort(([a, one], [b, other]) => other - one || a - b);
  const rare = ordered.splice(MOST_METHODS);
  const groups = new Map(ordered.map(([method, count]) => [method, new Group(count)]));
  if (rare.length > 0) groups.set(0, new Group(rare.reduce((sum, [, count]) => sum + count, 0)));
  return groups;
}

/** @param sorted times that were waited, ascending. */
function measured(sorted: Float64Array, requests: number): Omit<Waits, 'method' | 'until'> {
  const powers = new Uint32Array(MOST_POWER + 1);
  for (const wait of sorted) {
    const power = Math.min(MOST_POWER, Math.max(0, Math.floor(Math.log2(wait / MICROSECOND))));
    powers[power] = (powers[power] as number) + 1;
  }
  const lowest = powers.findIndex((count) => count > 0);
  const highest = powers.findLastIndex((count) => count > 0);
  return {
    count: sorted.length,
    unanswered: requests - sorted.length,
    min: sorted[0] ?? 0,
    median: rank(sorted, 0.5),
    p95: rank(sorted, 0.95),
    p99: rank(sorted, 0.99),
    max: sorted.at(-1) ?? 0,
    histogram:
      lowest === -1
        ? []
        : [...powers.subarray(lowest, highest + 1)].map((count, index) => ({ power: lowest + index, count })),
  };
}

/** The smallest time that at least this share of all does not exceed (nearest rank): a time that was really measured. */
function rank(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
