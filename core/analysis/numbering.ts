import { Heap } from '../bytes/heap.ts';
import { Interner, type Strings } from '../bytes/intern.ts';
import { tokenText } from '../bytes/text.ts';
import { Records } from './records.ts';
import type { Sighting } from './sighting.ts';

/** The identifiers of messages by their numbers, from 1 in the order in which they came. */
export interface Identifiers {
  readonly callIds: Strings;
  readonly tags: Strings;
  readonly branches: Strings;
  readonly sentBys: Strings;
  /** Bytes held. */
  readonly bytes: number;
}

/** Numbers of what was seen last with a Call-ID. */
const Last = { FromTag: 0, ToTag: 1, Branch: 2, BranchBefore: 3, SentBy: 4, SentByBefore: 5 } as const;

/** Gives numbers to the identifiers of messages, one message after the other. */
export class Numbering implements Identifiers {
  private readonly heap = new Heap();
  readonly callIds = new Interner(tokenText, this.heap);
  readonly tags = new Interner(tokenText, this.heap);
  readonly branches = new Interner(tokenText, this.heap);
  readonly sentBys = new Interner(tokenText, this.heap);

  /** By call, see Last. Most messages of a call have one of them, and comparing with what is near is cheaper than looking it up. */
  private readonly seen = new Records(6);
  private lastCall = 0;

  constructor() {
    this.seen.push();
  }

  /** Takes over all numbers that were given elsewhere; before any are given here. */
  adopt({ callIds, tags, branches, sentBys }: Identifiers): void {
    adoptAll(this.callIds, callIds);
    adoptAll(this.tags, tags);
    adoptAll(this.branches, branches);
    adoptAll(this.sentBys, sentBys);
    while (this.seen.length < this.callIds.size) this.seen.push();
  }

  /** Gives numbers to the identifiers of a message. */
  number(seen: Sighting): void {
    const { bytes } = seen;
    const call = (seen.callId = this.callOf(bytes, seen));
    const known = this.seen.segmentOf(call);
    const at = this.seen.offsetOf(call);
    seen.fromTag =
      seen.fromTagAt === 0 ? 0 : this.tagOf(bytes, seen.fromTagAt, seen.fromTagEnd, known, at, Last.FromTag);
    seen.toTag = seen.toTagAt === 0 ? 0 : this.tagOf(bytes, seen.toTagAt, seen.toTagEnd, known, at, Last.ToTag);
    this.numberVia(bytes, seen, known, at);
  }

  /** The number of a tag: `field` of the call's record has it, or where the request went the other way the other field, or it is looked up. */
  private tagOf(bytes: Uint8Array, from: number, to: number, known: Uint32Array, at: number, field: number): number {
    const { tags } = this;
    const usual = known[at + field] as number;
    if (tags.is(usual, bytes, from, to)) return usual;
    const other = known[at + Last.FromTag + Last.ToTag - field] as number;
    if (tags.is(other, bytes, from, to)) return other;
    const tag = tags.intern(bytes, from, to);
    known[at + field] = tag;
    return tag;
  }

  /** Numbers branch and sent-by of the top Via: what is sent from one place with one branch has one sent-by, too. */
  private numberVia(bytes: Uint8Array, seen: Sighting, known: Uint32Array, at: number): void {
    const first = known[at + Last.Branch] as number;
    const second = known[at + Last.BranchBefore] as number;
    let sentBy = known[at + Last.SentBy] as number;
    let other = known[at + Last.SentByBefore] as number;
    let branch = 0;
    if (seen.branchAt !== 0) branch = this.branches.internNear(bytes, seen.branchAt, seen.branchEnd, first, second);
    if (branch === second && branch !== first) {
      other = sentBy;
      sentBy = known[at + Last.SentByBefore] as number;
    }
    if (seen.sentByAt === 0) sentBy = 0;
    else if (!this.sentBys.is(sentBy, bytes, seen.sentByAt, seen.sentByEnd))
      sentBy = this.sentBys.internNear(bytes, seen.sentByAt, seen.sentByEnd, other, 0);
    seen.branch = branch;
    seen.sentBy = sentBy;
    if (branch === first || branch === second) return;
    known[at + Last.BranchBefore] = first;
    known[at + Last.SentByBefore] = known[at + Last.SentBy] as number;
    known[at + Last.Branch] = branch;
    known[at + Last.SentBy] = sentBy;
  }

  /** The number of the message's Call-ID. Messages of one call often follow each other: the last one is looked at first. */
  private callOf(bytes: Uint8Array, { callIdAt, callIdEnd }: Sighting): number {
    if (callIdAt === 0) return 0;
    if (this.callIds.is(this.lastCall, bytes, callIdAt, callIdEnd)) return this.lastCall;
    this.lastCall = this.callIds.intern(bytes, callIdAt, callIdEnd);
    if (this.lastCall >= this.seen.length) this.seen.push();
    return this.lastCall;
  }

  get bytes(): number {
    const { heap, callIds, tags, branches, sentBys, seen } = this;
    return heap.bytes + callIds.bytes + tags.bytes + branches.bytes + sentBys.bytes + seen.bytes;
  }
}

function adoptAll(interner: Interner, strings: Strings): void {
  for (let id = interner.size; id < strings.size; id++) {
    const bytes = strings.bytesOf(id);
    interner.intern(bytes, 0, bytes.length);
  }
}
