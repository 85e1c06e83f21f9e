import { HashIndex, mix } from './hash-index.ts';
import { Flag } from './messages.ts';
import { Method } from './method.ts';
import type { Tables } from './tables.ts';
import { Field } from './transactions.ts';

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

  /** @param rows all messages of some calls, ascending; null for those of the capture */
  constructor(tables: Tables, rows: Uint32Array | null = null) {
    const { messages, transactions } = tables;
    this.tables = tables;
    this.ofTransaction = new Uint32Array(transactions.count + 1);
    const all = rows?.length ?? messages.count;
    let count = 0;
    for (let at = 0; at < all; at++) if (isNode(tables, rows === null ? at : (rows[at] as number))) count++;
    this.row = new Uint32Array(count + 1);
    this.group = new Uint32Array(count + 1);
    this.before = new Uint32Array(count + 1);
    this.size = new Uint32Array(count + 1);
    this.last = new Uint32Array(count + 1);
    let node = 0;
    for (let at = 0; at < all; at++) {
      const row = rows === null ? at : (rows[at] as number);
      if (!isNode(tables, row)) continue;
      this.row[++node] = row;
      const transaction = transactions.of.get(row);
      if (this.ofTransaction[transaction] === 0) this.ofTransaction[transaction] = node;
    }
    this.makeGroups();
  }

  /** Nodes are numbered 1 to `count`. */
  get count(): number {
    return this.row.length - 1;
  }

  transaction(node: number): number {
    return this.tables.transactions.of.get(this.row[node] as number);
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
    const { row, group, before, size, last, ofTransaction } = this;
    return [row, group, before, size, last, ofTransaction].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  private makeGroups(): void {
    const { row, group, before, size, last } = this;
    const { messages } = this.tables;
    const index = new HashIndex(1 << 12);
    let groups = 0;
    for (let node = 1; node < row.length; node++) {
      const at = row[node] as number;
      const hash =
        mix(
          mix(mix(messages.callId.get(at), messages.cseqNumber.get(at)), messages.cseqMethod.get(at)),
          messages.fromTag.get(at),
        ) >>> 0;
      let found = index.first(hash);
      while (found !== 0 && !this.same(last[found] as number, at)) found = index.next(hash);
      if (found === 0) {
        found = ++groups;
        index.add(hash, found);
      }
      group[node] = found;
      before[node] = last[found] as number;
      last[found] = node;
      size[found] = (size[found] as number) + 1;
    }
  }

  private same(node: number, row: number): boolean {
    const { messages } = this.tables;
    const other = this.row[node] as number;
    return (
      messages.callId.get(other) === messages.callId.get(row) &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(row) &&
      messages.cseqMethod.get(other) === messages.cseqMethod.get(row) &&
      messages.fromTag.get(other) === messages.fromTag.get(row)
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
