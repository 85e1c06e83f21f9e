import { utf8 } from '../../bytes/text.ts';
import type { Via } from '../../decode/sip-via.ts';
import { HashIndex, mix } from '../hash-index.ts';
import { Method } from '../method.ts';
import type { PathNodes } from './path-nodes.ts';
import { Field } from '../transactions.ts';

/** How a node was found to follow its parent; see `PathLink` of the contract. */
export const Link = { None: 0, Via: 1, SameVia: 2, Survivors: 3 } as const;
export type Link = (typeof Link)[keyof typeof Link];

/** Nodes with one key that are looked at: nobody forks to more places through one host, and a hostile capture must not cost more. */
const MOST_ALIKE = 16;
/** Hops behind each other that are walked to see that a link would not close a ring. */
const MOST_STEPS = 300;
/** Nodes of a group up to which they are gone through one by one; more are found by a hash. */
const FEW = 8;

/** What is read again of a message; asked for only where the columns leave a choice. */
export interface PathReader {
  /** All Vias of the message in a row, the topmost first. */
  viasOf(row: number): readonly Via[];
  /** '' for a response. */
  requestUriOf(row: number): string;
}

/**
 * Which request on one hop became which on the next. Every proxy puts a Via on top (RFC 3261 16.6), so what left a host
 * has one more than what had come to it, and below its own it has the Via that was on top there. Where only one request
 * of the group came to the host that sends, with one Via less, that is it; where there are several or none, the Via list
 * is read. So the cost is a few looks into tables for most, and it grows with the number of requests.
 */
export class PathLinks {
  readonly nodes: PathNodes;
  /** By node: its parent, 0 where none; how it was found; and how many hops between the two are not in the capture. */
  readonly parent: Uint32Array;
  readonly link: Uint8Array;
  readonly hidden: Uint8Array;
  /** Messages that had to be read. */
  read = 0;

  private readonly reader: PathReader;
  /** Of large groups, by group, Vias and receiver and by group and branch: the first node. `branched` leads from one to the one before with the same branch. */
  private readonly arrivals = new HashIndex();
  private readonly branches = new HashIndex();
  private readonly branched: Uint32Array;
  private readonly arrivalTop: Uint32Array;
  private readonly branchTop: Uint32Array;

  constructor(nodes: PathNodes, reader: PathReader) {
    const size = nodes.count + 1;
    this.nodes = nodes;
    this.reader = reader;
    this.parent = new Uint32Array(size);
    this.link = new Uint8Array(size);
    this.hidden = new Uint8Array(size);
    const large = nodes.size.some((nodesOf) => nodesOf > FEW) ? size : 0;
    this.branched = new Uint32Array(large);
    this.arrivalTop = new Uint32Array(large);
    this.branchTop = new Uint32Array(large);
    if (large > 0) this.fill();
    for (let node = 1; node < size; node++) if (this.hasOthers(node)) this.findVia(node);
    for (let node = 1; node < size; node++) {
      if (this.hasOthers(node) && this.parent[node] === 0) this.findSurvivor(node);
    }
    for (let node = 1; node < size; node++) if (this.parent[node] === 0) this.followCancelled(node);
  }

  private isLarge(group: number): boolean {
    return (this.nodes.size[group] as number) > FEW;
  }

  private hasOthers(node: number): boolean {
    return (this.nodes.size[this.nodes.group[node] as number] as number) > 1;
  }

  /** The hash indexes hold the first node of each key; the tops, by that node, the latest one. */
  private fill(): void {
    const { nodes, arrivals, branches, branched, arrivalTop, branchTop } = this;
    const { messages } = nodes.tables;
    for (let node = 1; node <= nodes.count; node++) {
      const group = nodes.group[node] as number;
      if (!this.isLarge(group)) continue;
      const row = nodes.row[node] as number;
      const vias = messages.viaCount.get(row);
      const dst = nodes.dst(node);
      const first = this.arrival(group, vias, dst);
      if (first === 0) arrivals.add(arrivalKey(group, vias, dst), node);
      arrivalTop[first === 0 ? node : first] = node;
      const branch = messages.branch.get(row);
      if (branch === 0) continue;
      const same = this.withBranch(group, branch);
      if (same === 0) branches.add(branchKey(group, branch), node);
      else branched[node] = branchTop[same] as number;
      branchTop[same === 0 ? node : same] = node;
    }
  }

  /** The only node of a group that came with so many Vias to a host; 0 where there is none or several. */
  private onlyArrival(group: number, vias: number, dst: number): number {
    if (this.isLarge(group)) {
      const first = this.arrival(group, vias, dst);
      return this.arrivalTop[first] === first ? first : 0;
    }
    const { nodes } = this;
    const { viaCount } = nodes.tables.messages;
    let found = 0;
    for (let node = nodes.last[group] as number; node !== 0; node = nodes.before[node] as number) {
      if (viaCount.get(nodes.row[node] as number) !== vias || nodes.dst(node) !== dst) continue;
      if (found !== 0) return 0;
      found = node;
    }
    return found;
  }

  /** The latest node of a group with a branch, 0 where there is none. */
  private latestWith(group: number, branch: number): number {
    if (!this.isLarge(group)) return this.from(this.nodes.last[group] as number, branch);
    const first = this.withBranch(group, branch);
    return first === 0 ? 0 : (this.branchTop[first] as number);
  }

  /** The node with the same branch before this one in its group. */
  private sameBefore(node: number, branch: number): number {
    const { nodes } = this;
    return this.isLarge(nodes.group[node] as number)
      ? (this.branched[node] as number)
      : this.from(nodes.before[node] as number, branch);
  }

  private from(node: number, branch: number): number {
    const { nodes } = this;
    const { messages } = nodes.tables;
    let at = node;
    while (at !== 0 && messages.branch.get(nodes.row[at] as number) !== branch) at = nodes.before[at] as number;
    return at;
  }

  private arrival(group: number, vias: number, dst: number): number {
    const { nodes, arrivals } = this;
    const { messages } = nodes.tables;
    const key = arrivalKey(group, vias, dst);
    let node = arrivals.first(key);
    while (
      node !== 0 &&
      (nodes.group[node] !== group ||
        messages.viaCount.get(nodes.row[node] as number) !== vias ||
        nodes.dst(node) !== dst)
    ) {
      node = arrivals.next(key);
    }
    return node;
  }

  private withBranch(group: number, branch: number): number {
    const { nodes, branches } = this;
    const { messages } = nodes.tables;
    const key = branchKey(group, branch);
    let node = branches.first(key);
    while (node !== 0 && (nodes.group[node] !== group || messages.branch.get(nodes.row[node] as number) !== branch)) {
      node = branches.next(key);
    }
    return node;
  }

  private findVia(node: number): void {
    const { nodes } = this;
    const { messages } = nodes.tables;
    const row = nodes.row[node] as number;
    const vias = messages.viaCount.get(row);
    if (this.findSame(node, vias)) return;
    if (vias < 2) return;
    const group = nodes.group[node] as number;
    const only = this.onlyArrival(group, vias - 1, nodes.src(node));
    if (only !== 0 && only !== node) this.tie(node, only, Link.Via, 0);
    else this.readVia(node, group, vias);
  }

  /** By the Via list: the nearest hop before whose top Via is in it. */
  private readVia(node: number, group: number, vias: number): void {
    const { nodes } = this;
    const { branches, viaCount } = nodes.tables.messages;
    this.read++;
    const list = this.reader.viasOf(nodes.row[node] as number);
    for (let below = 1; below < list.length; below++) {
      const text = list[below]?.branch ?? '';
      const branch = text === '' ? 0 : Math.max(0, branches.find(utf8(text)));
      if (branch === 0) continue;
      let found = 0;
      let left = MOST_ALIKE;
      for (
        let other = this.latestWith(group, branch);
        other !== 0 && left > 0;
        other = this.sameBefore(other, branch)
      ) {
        left--;
        const count = viaCount.get(nodes.row[other] as number);
        if (other !== node && count === vias - below) found = this.nearer(node, other, found);
      }
      if (found === 0) continue;
      this.tie(node, found, Link.Via, below - 1);
      return;
    }
  }

  /** Whether the very same message was seen before between other hosts: behind a NAT, a tunnel, a balancer that adds no Via. */
  private findSame(node: number, vias: number): boolean {
    const { nodes } = this;
    const { messages, transactions } = nodes.tables;
    const row = nodes.row[node] as number;
    const first = nodes.ofTransaction[transactions.of.get(row)] as number;
    if (first === node || first === 0) return false;
    const branch = messages.branch.get(row);
    if (branch === 0) return false;
    let left = MOST_ALIKE;
    for (let other = this.sameBefore(node, branch); other !== 0 && left > 0; other = this.sameBefore(other, branch)) {
      left--;
      const before = nodes.row[other] as number;
      if (messages.viaCount.get(before) !== vias || messages.branch.get(before) !== branch) continue;
      if (messages.maxForwards.get(before) < messages.maxForwards.get(row)) continue;
      // The same sender tries another place with the same branch: that is no way on.
      if (nodes.src(other) === nodes.src(node) && nodes.sport(other) === nodes.sport(node)) continue;
      this.tie(node, other, Link.SameVia, 0);
      return true;
    }
    return false;
  }

  /** Where Vias were hidden: the latest request of the group that came to the host this one leaves. */
  private findSurvivor(node: number): void {
    const { nodes } = this;
    const { messages } = nodes.tables;
    const row = nodes.row[node] as number;
    if (messages.cseqMethod.get(row) === Method.CANCEL) return;
    let left = MOST_ALIKE;
    for (let other = nodes.before[node] as number; other !== 0 && left > 0; other = nodes.before[other] as number) {
      left--;
      if (nodes.dst(other) !== nodes.src(node) || nodes.src(other) === nodes.src(node)) continue;
      const before = nodes.row[other] as number;
      if (messages.viaCount.get(before) < messages.viaCount.get(row)) continue;
      if (hopsLeft(messages.maxForwards.get(before)) < hopsLeft(messages.maxForwards.get(row))) continue;
      if (this.leadsTo(other, node)) continue;
      this.tie(node, other, Link.Survivors, 0);
      return;
    }
  }

  /** A CANCEL has one Via on each hop (9.1): it follows the CANCEL of the INVITE that its own INVITE follows. */
  private followCancelled(node: number): void {
    const { nodes, parent } = this;
    const { transactions } = nodes.tables;
    const transaction = nodes.transaction(node);
    if (transactions.get(transaction, Field.Method) !== Method.CANCEL) return;
    const invite = nodes.ofTransaction[transactions.get(transaction, Field.Related)] as number;
    const before = invite === 0 ? 0 : (parent[invite] as number);
    if (before === 0) return;
    const cancel = nodes.ofTransaction[transactions.get(nodes.transaction(before), Field.Related)] as number;
    if (cancel === 0 || cancel === node || this.leadsTo(cancel, node)) return;
    this.tie(node, cancel, this.link[invite] as Link, this.hidden[invite] as number);
  }

  private tie(node: number, parent: number, link: Link, hidden: number): void {
    this.parent[node] = parent;
    this.link[node] = link;
    this.hidden[node] = Math.min(255, hidden);
  }

  /** Of two that would do the latest before `node`, else (clocks differ) the first behind it. */
  private nearer(node: number, one: number, other: number): number {
    if (other === 0) return one;
    const { time } = this.nodes.tables.messages;
    const { row } = this.nodes;
    const now = time.get(row[node] as number);
    const a = now - time.get(row[one] as number);
    const b = now - time.get(row[other] as number);
    if (a >= 0 !== b >= 0) return a >= 0 ? one : other;
    return Math.abs(a) < Math.abs(b) ? one : other;
  }

  /** Whether walking up from `from` comes to `node`, or takes too long to tell. */
  private leadsTo(from: number, node: number): boolean {
    let at = from;
    for (let steps = 0; at !== 0; at = this.parent[at] as number) if (at === node || ++steps > MOST_STEPS) return true;
    return false;
  }
}

/** Where a message has no Max-Forwards (255), it says nothing. */
function hopsLeft(maxForwards: number): number {
  return maxForwards === 255 ? Infinity : maxForwards;
}

function arrivalKey(group: number, vias: number, dst: number): number {
  return mix(mix(group, vias), dst) >>> 0;
}

function branchKey(group: number, branch: number): number {
  return mix(mix(group ^ 0x5bd1_e995, branch), 7) >>> 0;
}
