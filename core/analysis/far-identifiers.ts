import { Interner, type Strings } from '../bytes/intern.ts';
import { tokenText } from '../bytes/text.ts';
import { CALL_HEAD, HEAD, LENGTH } from '../programs/identify-node.ts';
import type { Identifiers } from './numbering.ts';

/** Where identifiers lie that have numbers: as of a batch of messages, all that these have. */
export interface Numbers {
  /** Of Call-IDs, tags, branches and sent-bys: how many there are, the absent one included, and where the addresses of their nodes begin. */
  readonly tables: readonly { readonly size: number; readonly nodes: number }[];
  /** What addresses are in. Others write behind what was told of. */
  readonly memory: SharedArrayBuffer;
}

/** Where none is yet. */
export const noNumbers: Numbers = { tables: [], memory: new SharedArrayBuffer(0) };

/** The identifiers of messages that were numbered in another thread (see NumberingProgram), in that one's memory. */
export class FarIdentifiers implements Identifiers {
  readonly callIds = new FarStrings(CALL_HEAD);
  readonly tags = new FarStrings(HEAD);
  readonly branches = new FarStrings(HEAD);
  readonly sentBys = new FarStrings(HEAD);
  private memory: SharedArrayBuffer = noNumbers.memory;

  /** From now on these are there as well. */
  learn({ tables, memory }: Numbers): void {
    if (memory.byteLength !== this.memory.byteLength) this.memory = memory;
    for (const [table, strings] of this.all.entries()) {
      const { size = 1, nodes = 0 } = tables[table] ?? {};
      strings.learn(size, nodes, this.memory);
    }
  }

  /** From now on others know all of them, and those that come. */
  hand({ callIds, tags, branches, sentBys }: Identifiers): void {
    this.callIds.hand(callIds);
    this.tags.hand(tags);
    this.branches.hand(branches);
    this.sentBys.hand(sentBys);
  }

  get bytes(): number {
    return this.all.reduce((sum, { bytes }) => sum + bytes, this.memory.byteLength);
  }

  private get all(): readonly FarStrings[] {
    return [this.callIds, this.tags, this.branches, this.sentBys];
  }
}

/** One kind of identifiers. */
class FarStrings implements Strings {
  private readonly head: number;
  private count = 1;
  private nodes = 0;
  private memory = new SharedArrayBuffer(0);
  private words = new Int32Array(this.memory);
  /** Made when somebody looks for one. */
  private known: Interner | null = null;
  private others: Strings | null = null;

  /** @param head where in a node the bytes begin. */
  constructor(head: number) {
    this.head = head;
  }

  learn(size: number, nodes: number, memory: SharedArrayBuffer): void {
    this.count = size;
    this.nodes = nodes;
    if (memory === this.memory) return;
    this.memory = memory;
    this.words = new Int32Array(memory);
  }

  hand(others: Strings): void {
    this.others = others;
  }

  get size(): number {
    return this.others?.size ?? this.count;
  }

  bytesOf(id: number): Uint8Array {
    if (this.others !== null) return this.others.bytesOf(id);
    return id === 0 ? new Uint8Array(0) : this.viewOf(id).slice();
  }

  text(id: number): string | null {
    return id === 0 ? null : tokenText(this.bytesOf(id));
  }

  find(bytes: Uint8Array, from = 0, to = bytes.length): number {
    if (this.others !== null) return this.others.find(bytes, from, to);
    const known = (this.known ??= new Interner(tokenText));
    while (known.size < this.count) {
      const next = this.viewOf(known.size);
      known.intern(next, 0, next.length);
    }
    return known.find(bytes, from, to);
  }

  get bytes(): number {
    return this.known?.bytes ?? 0;
  }

  /** Where the bytes of an id lie, from 1. */
  private viewOf(id: number): Uint8Array {
    const { words } = this;
    const node = words[(this.nodes >> 2) + id] as number;
    return new Uint8Array(this.memory, node + this.head, words[(node + LENGTH) >> 2]);
  }
}
