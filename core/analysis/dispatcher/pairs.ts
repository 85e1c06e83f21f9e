import { Transport } from '../../decode/packet.ts';
import { Flag, Method } from '../messages.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';

/** Pairs of sender and receiver that are followed at most; what comes behind them is counted in `Pairs.left`. */
export const MOST_PAIRS = 100_000;
/** Transactions looked at between two stops. */
export const STOP = 1 << 14;
const PORTS = 65_536;
const TRANSPORTS = 8;

/** An address and a port that send probes: of a stream the port it listens on, as far as its Via tells. */
export interface ProberEnd {
  readonly address: number;
  readonly port: number;
}

/** One who sends, and whom to. */
export interface Pair {
  readonly prober: ProberEnd;
  /** Same for all pairs of one prober. */
  readonly proberKey: number;
  readonly address: number;
  readonly port: number;
  readonly transport: number;
  /** Transactions of its probes (or of what may be such), and of the INVITEs that begin calls, in order. */
  readonly probes: number[];
  readonly calls: number[];
}

/** Pairs by who they are. */
export class Pairs {
  readonly list: Pair[] = [];
  /** Requests that were passed over because there were too many pairs. */
  left = 0;
  private readonly numbers = new Map<number, Map<number, number>>();

  /** Null where there is none yet. */
  known(proberKey: number, destinationKey: number): Pair | null {
    const number = this.numbers.get(proberKey)?.get(destinationKey);
    return number === undefined ? null : (this.list[number] ?? null);
  }

  /** The pair that the request in `row` is of, made where it is new; null beyond the limit. */
  of(tables: Tables, row: number): Pair | null {
    const proberKey = proberKeyOf(tables, row);
    const destinationKey = destinationKeyOf(tables, row);
    const before = this.known(proberKey, destinationKey);
    if (before !== null) return before;
    if (this.list.length >= MOST_PAIRS) {
      this.left += 1;
      return null;
    }
    const { messages } = tables;
    const pair: Pair = {
      prober: { address: Math.floor(proberKey / PORTS), port: proberKey % PORTS },
      proberKey,
      address: messages.dst.get(row),
      port: messages.dport.get(row),
      transport: messages.transport.get(row),
      probes: [],
      calls: [],
    };
    const byDestination = this.numbers.get(proberKey) ?? new Map<number, number>();
    this.numbers.set(proberKey, byDestination.set(destinationKey, this.list.length));
    this.list.push(pair);
    return pair;
  }
}

/** The sender of a request as one number: address and port; over a stream, where ports change, the port of its Via. */
export function proberKeyOf({ messages }: Tables, row: number): number {
  const overUdp = messages.transport.get(row) === Transport.UDP;
  const port = overUdp ? messages.sport.get(row) : listeningPort(messages.sentBys.text(messages.sentBy.get(row)));
  return messages.src.get(row) * PORTS + (port ?? messages.sport.get(row));
}

export function destinationKeyOf({ messages }: Tables, row: number): number {
  return (messages.dst.get(row) * PORTS + messages.dport.get(row)) * TRANSPORTS + messages.transport.get(row);
}

/** The port that a Via's sent-by names; 5060 where it names none, null where it has no sent-by. */
function listeningPort(sentBy: string | null): number | null {
  if (sentBy === null || sentBy === '') return null;
  const port = /:(\d{1,5})\s*$/u.exec(sentBy.replace(/^\[[^\]]*\]/u, ''))?.[1];
  return port === undefined ? 5060 : Number(port) % PORTS;
}

/**
 * Requests that may be probes, by pair: sent by their origin (one Via), outside of a dialog, of a method that does
 * nothing: OPTIONS, or one that probers can be told to use instead (INFO, NOTIFY, or one nobody knows).
 */
export function* probesByPair(tables: Tables): Generator<void, Pairs> {
  const { messages, transactions } = tables;
  const pairs = new Pairs();
  const last = transactions.count;
  for (let number = 1; number <= last; number++) {
    if (number % STOP === 0) yield;
    const row = transactions.get(number, Field.Request) - 1;
    if (row < 0 || !mayProbe(transactions.get(number, Field.Method))) continue;
    if (messages.viaCount.get(row) !== 1 || messages.toTag.get(row) !== 0) continue;
    pairs.of(tables, row)?.probes.push(number);
  }
  return pairs;
}

function mayProbe(method: number): boolean {
  return method === Method.OPTIONS || method === Method.INFO || method === Method.NOTIFY || method > Method.KDMQ;
}

/** What registers: these ends are phones, and what is sent to them is no choice of a dispatcher. */
export function* registeringEnds({ messages, transactions }: Tables): Generator<void, ReadonlySet<number>> {
  const ends = new Set<number>();
  const last = transactions.count;
  for (let number = 1; number <= last && ends.size < MOST_PAIRS; number++) {
    if (number % STOP === 0) yield;
    const row = transactions.get(number, Field.Request) - 1;
    if (row < 0 || transactions.get(number, Field.Method) !== Method.REGISTER) continue;
    if (messages.viaCount.get(row) === 1) ends.add(messages.src.get(row) * PORTS + messages.sport.get(row));
  }
  return ends;
}

/**
 * INVITEs that begin calls and that a prober sent: added to its pairs, and as pairs without probes where they went to
 * somebody it does not probe.
 * @param pairs those of the probers, by the key of the prober
 */
export function* callsByPair(
  tables: Tables,
  pairs: Pairs,
  probers: ReadonlySet<number>,
  phones: ReadonlySet<number>,
): Generator<void, readonly Pair[]> {
  const { messages, transactions } = tables;
  const unprobed = new Pairs();
  const last = transactions.count;
  for (let number = 1; number <= last; number++) {
    if (number % STOP === 0) yield;
    if (transactions.get(number, Field.Method) !== Method.INVITE) continue;
    const row = transactions.get(number, Field.Request) - 1;
    if (row < 0 || messages.toTag.get(row) !== 0 || (messages.flags.get(row) & Flag.Copy) !== 0) continue;
    const proberKey = proberKeyOf(tables, row);
    if (!probers.has(proberKey)) continue;
    const known = pairs.known(proberKey, destinationKeyOf(tables, row));
    if (known !== null) known.calls.push(number);
    else if (
      messages.dst.get(row) !== messages.src.get(row) &&
      !phones.has(endOf(messages.dst.get(row), messages.dport.get(row)))
    )
      unprobed.of(tables, row)?.calls.push(number);
  }
  return unprobed.list;
}

function endOf(address: number, port: number): number {
  return address * PORTS + port;
}
