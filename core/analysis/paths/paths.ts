import { Flag } from '../messages.ts';
import { Method } from '../method.ts';
import { PathLinks, type PathReader } from './path-links.ts';
import { PathNodes } from './path-nodes.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';

/** Roots of one group that are compared for being branches of a fork whose own request was not captured. */
const MOST_ROOTS = 64;
/** Responses of one transaction that are looked at; a loop under one branch may have any number. */
const MOST_ANSWERS = 512;

/**
 * Transactions that the capture shows on more than one hop. A path is a tree of nodes (path-nodes.ts): one root, or
 * several where branches of a fork were captured and what came to the host that forks was not. Paths are numbered from 1
 * in the order of their first rows.
 */
export class Paths {
  readonly nodes: PathNodes;
  readonly links: PathLinks;
  /** By node: the path it is part of, 0 where it was seen on this hop only. */
  readonly of: Uint32Array;
  /** By node: the first that follows it, and the next that follows what it follows (roots of one path are siblings too). */
  readonly child: Uint32Array;
  readonly sibling: Uint32Array;
  /** By path: its first root, and how many nodes it has. */
  readonly first: Uint32Array;
  readonly size: Uint32Array;
  /** By transaction: row + 1 of its first response. By row: row + 1 of the next one. Each response once, without copies. */
  private readonly answered: Uint32Array;
  private readonly nextAnswer: Uint32Array;

  /** @param rows all messages of some calls, ascending: only these are linked; null for all */
  constructor(tables: Tables, reader: PathReader, rows: Uint32Array | null = null) {
    this.nodes = new PathNodes(tables, rows);
    this.links = new PathLinks(this.nodes, reader);
    const { count } = this.nodes;
    const { parent } = this.links;
    const root = this.roots();
    this.joinRoots(root, reader);
    const sizes = new Uint32Array(count + 1);
    for (let node = 1; node <= count; node++) sizes[root[node] as number] = (sizes[root[node] as number] as number) + 1;
    this.of = new Uint32Array(count + 1);
    this.child = new Uint32Array(count + 1);
    this.sibling = new Uint32Array(count + 1);
    let paths = 0;
    for (let node = 1; node <= count; node++) {
      const top = root[node] as number;
      if ((sizes[top] as number) < 2) continue;
      if (this.of[top] === 0) this.of[top] = ++paths;
      this.of[node] = this.of[top] as number;
    }
    this.answered = new Uint32Array(tables.transactions.count + 1);
    this.nextAnswer = new Uint32Array(tables.messages.count);
    this.chainAnswers(rows);
    this.first = new Uint32Array(paths + 1);
    this.size = new Uint32Array(paths + 1);
    for (let node = count; node >= 1; node--) {
      const path = this.of[node] as number;
      if (path === 0) continue;
      this.size[path] = (this.size[path] as number) + 1;
      const up = parent[node] as number;
      if (up === 0) {
        this.sibling[node] = this.first[path] as number;
        this.first[path] = node;
      } else {
        this.sibling[node] = this.child[up] as number;
        this.child[up] = node;
      }
    }
  }

  /** Paths are numbered 1 to `count`. */
  get count(): number {
    return this.first.length - 1;
  }

  /** All nodes of a path: each before what follows it, and its branches one after the other. */
  nodesOf(path: number): number[] {
    const found: number[] = [];
    const waiting = [this.first[path] as number];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node === 0) continue;
      found.push(node);
      waiting.push(this.sibling[node] as number, this.child[node] as number);
    }
    return found;
  }

  /** Nodes that follow a node, in the order of their rows. */
  childrenOf(node: number): number[] {
    const found: number[] = [];
    for (let at = this.child[node] as number; at !== 0; at = this.sibling[at] as number) found.push(at);
    return found;
  }

  /** The roots of a path: one, or branches of a fork whose own request was not captured. */
  rootsOf(path: number): number[] {
    const found: number[] = [];
    for (let at = this.first[path] as number; at !== 0; at = this.sibling[at] as number) found.push(at);
    return found;
  }

  /** Rows of the responses on the hop of a node, in the order of the rows; each once. */
  answersOf(node: number): number[] {
    const { nodes } = this;
    const { messages } = nodes.tables;
    const transaction = nodes.transaction(node);
    const several = nodes.isShared(node);
    const found: number[] = [];
    let left = MOST_ANSWERS;
    for (let at = this.answered[transaction] as number; at !== 0 && left > 0; at = this.nextAnswer[at - 1] as number) {
      left--;
      const row = at - 1;
      // One branch for all hops (some proxies that keep no state): then only Vias and ends tell them apart.
      if (
        !several ||
        (messages.viaCount.get(row) === messages.viaCount.get(nodes.row[node] as number) &&
          messages.src.get(row) === nodes.dst(node) &&
          messages.dst.get(row) === nodes.src(node))
      ) {
        found.push(row);
      }
    }
    return found;
  }

  /** The first final response on the hop of a node, a 2xx before others; -1 where there is none. */
  finalOf(node: number): number {
    const { transactions, messages } = this.nodes.tables;
    if (!this.nodes.isShared(node)) return transactions.get(this.nodes.transaction(node), Field.Final) - 1;
    const finals = this.answersOf(node).filter((row) => messages.status.get(row) >= 200);
    return finals.find((row) => messages.status.get(row) < 300) ?? finals[0] ?? -1;
  }

  private chainAnswers(rows: Uint32Array | null): void {
    const { messages, transactions } = this.nodes.tables;
    for (let at = (rows?.length ?? messages.count) - 1; at >= 0; at--) {
      const row = rows === null ? at : (rows[at] as number);
      if ((messages.flags.get(row) & (Flag.Request | Flag.Retransmission | Flag.Copy)) !== 0) continue;
      const transaction = transactions.of.get(row);
      if (transaction === 0) continue;
      this.nextAnswer[row] = this.answered[transaction] as number;
      this.answered[transaction] = row + 1;
    }
  }

  get bytes(): number {
    const { of, child, sibling, first, size, links, answered, nextAnswer } = this;
    const own = [of, child, sibling, first, size, answered, nextAnswer, links.parent, links.link, links.hidden];
    return this.nodes.bytes + own.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** By node: where walking up ends. Ways that were walked are made short. */
  private roots(): Uint32Array {
    const { parent } = this.links;
    const root = new Uint32Array(parent.length);
    for (let node = 1; node < parent.length; node++) {
      let top = node;
      while (root[top] === 0 && parent[top] !== 0) top = parent[top] as number;
      if (root[top] !== 0) top = root[top] as number;
      for (let at = node; at !== 0 && root[at] === 0; at = parent[at] as number) root[at] = top;
    }
    return root;
  }

  /**
   * Branches that one host sent out, where what came to it was not captured: the same sender, and below its own Via the
   * same one; or, with one Via only, the same Request-URI, which a client tries at one server after the other (RFC 3263 4.3).
   */
  private joinRoots(root: Uint32Array, reader: PathReader): void {
    const { nodes, links } = this;
    const { messages, transactions } = nodes.tables;
    for (let group = 1; group < nodes.size.length; group++) {
      if ((nodes.size[group] as number) < 2) continue;
      const found: number[] = [];
      for (let node = nodes.last[group] as number; node !== 0 && found.length < MOST_ROOTS;) {
        if (links.parent[node] === 0) found.push(node);
        node = nodes.before[node] as number;
      }
      if (found.length < 2) continue;
      const method = transactions.get(nodes.transaction(found[0] as number), Field.Method);
      if (method === Method.CANCEL || method === Method.ACK) continue;
      const known = new Map<string, number>();
      for (const node of found.toReversed()) {
        const row = nodes.row[node] as number;
        const below =
          messages.viaCount.get(row) < 2 ? reader.requestUriOf(row) : (reader.viasOf(row)[1]?.branch ?? `node ${node}`);
        const key = `${nodes.src(node)} ${messages.viaCount.get(row)} ${below}`;
        const top = known.get(key);
        if (top === undefined) known.set(key, node);
        else root[node] = top;
      }
      // Who follows a root that joined another follows that one too.
      for (let node = nodes.last[group] as number; node !== 0; node = nodes.before[node] as number) {
        root[node] = root[root[node] as number] as number;
      }
    }
  }
}
