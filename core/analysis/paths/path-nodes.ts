import { HashIndex, mix } from '../hash-index.ts';
import { Flag } from '../messages.ts';
import { Method } from '../method.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';

/** Groups of a call up to which they are compared one by one; more are found by a hash. */
const FEW_GROUPS = 8;

/**
 * Requests on the hops that the capture shows, a node each: not their retransmissions and copies, and not what is only
 * for one hop (100, the ACK of a refusal). Where a hop shows only responses, the first of them stands for the request.
 * Nodes are numbered from 1 in the order of rows. A group is all nodes of one request: Call-ID, From tag and CSeq survive
 * every proxy (RFC 3261 16.6).
 */
export class PathNodes {
  readonly tables: Tables;
  /** By node: its row, its group (from 1) and the node before it in that group (0 where none). */
  readonly row: Uint32Array;
  readonly group: Uint32Array;
  readonly before: Uint32Array;
  /** By group: how many nodes it has, and the last one. */
  readonly size: Uint32Array;
  readonly last: Uint32Array;
  /** By transaction: its first node, 0 where it has none. */
  readonly ofTransaction: Uint32Array;
  /** By transaction: 1 where it has several nodes. */
  private readonly shared: Uint8Array;

  /** @param rows all messages of some calls, ascending; null for those of the capture */
  constructor(tables: Tables, rows: Uint32Array | null = null) {
    const { messages, transactions } = tables;
    this.tables = tables;
    this.ofTransaction = new Uint32Array(transactions.count + 1);
    const all = rows?.length ?? messages.count;
    this.shared = new Uint8Array(transactions.count + 1);
    const nodeRows = new Uint32Array(all + 1);
    let count = 0;
    for (let at = 0; at < all; at++) {
      const row = rows === null ? at : (rows[at] as number);
      if (!isNode(tables, row)) continue;
      nodeRows[++count] = row;
      const transaction = transactions.of.get(row);
      if (this.ofTransaction[transaction] === 0) this.ofTransaction[transaction] = count;
      else this.shared[transaction] = 1;
    }
    this.row = nodeRows.slice(0, count + 1);
    this.group = new Uint32Array(count + 1);
    this.before = new Uint32Array(count + 1);
    this.size = new Uint32Array(count + 1);
    this.last = new Uint32Array(count + 1);
    this.makeGroups();
  }

  /** Nodes are numbered 1 to `count`. */
  get count(): number {
    return this.row.length - 1;
  }

  transaction(node: number): number {
    return this.tables.transactions.of.get(this.row[node] as number);
  }

  /** Whether several nodes are of the transaction of this one. */
  isShared(node: number): boolean {
    return this.shared[this.transaction(node)] === 1;
  }

  /** Whether a response stands for the request of this hop. */
  byResponse(node: number): boolean {
    return (this.tables.messages.flags.get(this.row[node] as number) & Flag.Request) === 0;
  }

  /** Number of the address that the request came from, and went to. */
  src(node: number): number {
    const { messages } = this.tables;
    const row = this.row[node] as number;
    return this.byResponse(node) ? messages.dst.get(row) : messages.src.get(row);
  }

  dst(node: number): number {
    const { messages } = this.tables;
    const row = this.row[node] as number;
    return this.byResponse(node) ? messages.src.get(row) : messages.dst.get(row);
  }

  sport(node: number): number {
    const { messages } = this.tables;
    const row = this.row[node] as number;
    return this.byResponse(node) ? messages.dport.get(row) : messages.sport.get(row);
  }

  dport(node: number): number {
    const { messages } = this.tables;
    const row = this.row[node] as number;
    return this.byResponse(node) ? messages.sport.get(row) : messages.dport.get(row);
  }

  get bytes(): number {
    const { row, group, before, size, last, ofTransaction, shared } = this;
    return [row, group, before, size, last, ofTransaction, shared].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  private makeGroups(): void {
    const { row, group, before, size, last } = this;
    const { callId } = this.tables.messages;
    const groups = new Groups(this, this.tables.messages.callIds.size);
    for (let node = 1; node < row.length; node++) {
      const at = row[node] as number;
      const call = callId.get(at);
      const found = groups.known(call, at) || groups.add(call, at);
      group[node] = found;
      before[node] = last[found] as number;
      last[found] = node;
      size[found] = (size[found] as number) + 1;
    }
  }
}

/** The groups while they are made: by call, as most calls have few; by hash in a call that has many. */
class Groups {
  private readonly nodes: PathNodes;
  private count = 0;
  /** By call: its latest group, and how many it has; by group: the one before it in its call. */
  private readonly latest: Uint32Array;
  private readonly inCall: Uint32Array;
  private readonly before: Uint32Array;
  private readonly index = new HashIndex();

  constructor(nodes: PathNodes, calls: number) {
    this.nodes = nodes;
    this.latest = new Uint32Array(calls + 1);
    this.inCall = new Uint32Array(calls + 1);
    this.before = new Uint32Array(nodes.count + 1);
  }

  /** The group of a row, 0 where there is none yet. */
  known(call: number, row: number): number {
    const { before, index } = this;
    if ((this.inCall[call] as number) <= FEW_GROUPS) {
      let found = this.latest[call] as number;
      while (found !== 0 && !this.isOf(found, row)) found = before[found] as number;
      return found;
    }
    const hash = this.hash(row);
    let found = index.first(hash);
    while (found !== 0 && !this.isOf(found, row)) found = index.next(hash);
    return found;
  }

  /** A new group for a row that has none. */
  add(call: number, row: number): number {
    const group = ++this.count;
    const many = (this.inCall[call] as number) + 1;
    // The first ones follow into the hash when there are too many to be gone through.
    if (many === FEW_GROUPS + 1) {
      for (let one = this.latest[call] as number; one !== 0; one = this.before[one] as number)
        this.keep(this.nodes.row[this.nodes.last[one] as number] as number, one);
    }
    if (many > FEW_GROUPS) this.keep(row, group);
    this.before[group] = this.latest[call] as number;
    this.latest[call] = group;
    this.inCall[call] = many;
    return group;
  }

  private keep(row: number, group: number): void {
    const hash = this.hash(row);
    let found = this.index.first(hash);
    while (found !== 0) found = this.index.next(hash);
    this.index.add(hash, group);
  }

  private hash(row: number): number {
    const { callId, cseqNumber, cseqMethod, fromTag } = this.nodes.tables.messages;
    return mix(mix(mix(callId.get(row), cseqNumber.get(row)), cseqMethod.get(row)), fromTag.get(row)) >>> 0;
  }

  private isOf(group: number, row: number): boolean {
    const { callId, cseqNumber, cseqMethod, fromTag } = this.nodes.tables.messages;
    const other = this.nodes.row[this.nodes.last[group] as number] as number;
    return (
      cseqNumber.get(other) === cseqNumber.get(row) &&
      cseqMethod.get(other) === cseqMethod.get(row) &&
      fromTag.get(other) === fromTag.get(row) &&
      callId.get(other) === callId.get(row)
    );
  }
}

function isNode({ messages, transactions }: Tables, row: number): boolean {
  const flags = messages.flags.get(row);
  if ((flags & (Flag.Retransmission | Flag.Copy)) !== 0) return false;
  const transaction = transactions.of.get(row);
  if (transaction === 0) return false;
  const method = transactions.get(transaction, Field.Method);
  if ((flags & Flag.Request) !== 0) return messages.method.get(row) === method;
  return (
    method !== Method.ACK &&
    transactions.get(transaction, Field.Request) === 0 &&
    transactions.get(transaction, Field.First) === row + 1
  );
}
