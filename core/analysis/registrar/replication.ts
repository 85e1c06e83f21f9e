import { readMessage } from '../../decode/sip-message.ts';
import { readUri } from '../../decode/sip-uri.ts';
import { utf8 } from '../../bytes/text.ts';
import { Method } from '../messages.ts';
import { silence } from '../verdict/silence.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import { Reason } from '../verdict/verdict.ts';

/** KDMQ requests that are read, pairs of nodes, kinds of one pair, and nodes that are told of. */
export const MOST_READ = 200_000;
export const MOST_PAIRS = 2000;
const MOST_KINDS = 50;
const MOST_NODES = 1000;
const MOST_LINES = 200;
const STOP = 1 << 14;
const STOP_READING = 64;
/** What nodes tell each other about nodes. */
const NOTIFICATIONS = 'notification_peer';

export interface KindCount {
  readonly kind: string;
  requests: number;
  bytes: number;
  readonly bodies: Set<string>;
}

/** KDMQ requests from one node to another. */
export interface NodePair {
  /** Row of the first request, for addresses. */
  readonly firstRow: number;
  lastRow: number;
  requests: number;
  answered: number;
  failed: number;
  lastStatus: number;
  readonly kinds: Map<string, KindCount>;
  /** When notifications were sent, for the interval; the first thousand. */
  readonly beats: number[];
}

/** A node that notifications name. */
export interface NamedNode {
  readonly uri: string;
  status: string | null;
  readonly saidBy: Set<string>;
}

export interface Replicated {
  readonly pairs: readonly NodePair[];
  readonly nodes: readonly NamedNode[];
  readonly left: number;
}

/** Replication between the nodes of a Kamailio cluster (module dmq): which node sends what to which, and what they say of each other. */
export function* replication(
  tables: Tables,
  bytesOf: (row: number) => Uint8Array,
  endOf: (row: number) => string,
  now: number,
): Generator<void, Replicated> {
  const { messages, transactions } = tables;
  const pairs = new Map<string, NodePair>();
  const nodes = new Map<string, NamedNode>();
  let read = 0;
  let left = 0;
  const last = transactions.count;
  for (let number = 1; number <= last; number++) {
    if (number % STOP === 0) yield;
    if (transactions.get(number, Field.Method) !== Method.KDMQ) continue;
    const row = transactions.get(number, Field.Request) - 1;
    if (row < 0) continue;
    read += 1;
    const key = [messages.src, messages.sport, messages.dst, messages.dport].map((column) => column.get(row)).join(' ');
    const known = pairs.get(key);
    if (read > MOST_READ || (known === undefined && pairs.size >= MOST_PAIRS)) {
      left += 1;
      continue;
    }
    if (read % STOP_READING === 0) yield;
    const pair = known ?? newPair(row);
    pairs.set(key, pair);
    const message = readMessage(bytesOf(row));
    const kind = readUri(utf8(message.requestUri ?? ''))?.user ?? '';
    count(pair, row, kind, message.header('Content-Type'), messages.bodyLength.get(row));
    if (kind === NOTIFICATIONS) {
      if (pair.beats.length < 1000) pair.beats.push(messages.time.get(row));
      learn(nodes, message.bytes.subarray(message.bodyAt, message.bodyEnd), endOf(row));
    }
    const final = transactions.get(number, Field.Final);
    if (final !== 0) {
      pair.lastStatus = messages.status.get(final - 1);
      pair.answered += 1;
      if (pair.lastStatus >= 300) pair.failed += 1;
    } else if (silence(tables, number, now, false) !== Reason.Waiting) pair.failed += 1;
  }
  return { pairs: [...pairs.values()], nodes: [...nodes.values()], left };
}

function newPair(row: number): NodePair {
  return {
    firstRow: row,
    lastRow: row,
    requests: 0,
    answered: 0,
    failed: 0,
    lastStatus: 0,
    kinds: new Map(),
    beats: [],
  };
}

function count(pair: NodePair, row: number, name: string, body: string | null, bytes: number): void {
  pair.requests += 1;
  pair.lastRow = row;
  const known = pair.kinds.get(name);
  if (known === undefined && pair.kinds.size >= MOST_KINDS) return;
  const kind = known ?? { kind: name.slice(0, 200), requests: 0, bytes: 0, bodies: new Set<string>() };
  pair.kinds.set(name, kind);
  kind.requests += 1;
  kind.bytes += bytes;
  if (body !== null && kind.bodies.size < MOST_KINDS) kind.bodies.add(body.replace(/;.*$/su, '').trim().slice(0, 200));
}

/** Lines of a notification: `sip:10.0.0.1:5090;status=active`. */
function learn(nodes: Map<string, NamedNode>, body: Uint8Array, by: string): void {
  const text = new TextDecoder().decode(body.subarray(0, 65_536));
  for (const line of text.split(/\r?\n/u).slice(0, MOST_LINES)) {
    const [, uri, status = null] = /^\s*(sips?:[^;\s]{1,200})(?:.*?;status=([\w-]{1,40}))?/iu.exec(line) ?? [];
    if (uri === undefined) continue;
    const known = nodes.get(uri);
    if (known === undefined && nodes.size >= MOST_NODES) return;
    const node = known ?? { uri, status: null, saidBy: new Set<string>() };
    nodes.set(uri, node);
    if (status !== null) node.status = status;
    if (node.saidBy.size < MOST_LINES) node.saidBy.add(by);
  }
}
