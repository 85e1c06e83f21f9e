import type { Chain } from './decryptors.ts';
import { fourMacs, FREE, LONGEST, memoryOf, type FourMacs, type MacKey, type Memory } from './four-macs.ts';
import type { Lock } from './lock.ts';

/** SPI and sequence number. */
const HEADER = 8;
/** Bytes of the capture that a batch spans, and of what is decrypted in it. */
const SPAN = 256 << 10;
/** Blocks that the messages of four lanes differ by are hashed for nothing, so they are sorted by length. */
const BLOCK_BITS = 6;

const nothing = new DataView(new ArrayBuffer(0));

/** A batch of ESP packets that is checked and decrypted as one. */
export class AheadWork {
  count = 0;
  /** Of each packet: where it stands in the bytes given to `run`, whose it is, and whether its ICV is right (else it is to be checked). */
  readonly ats: Int32Array;
  readonly ends: Int32Array;
  readonly locks: Lock[] = [];
  readonly good: Uint8Array;
  /** Where it stands in what was decrypted with its key; 0 where it was not. */
  readonly plainAts: Int32Array;
  readonly plainEnds: Int32Array;

  private readonly memory: Memory;
  private readonly bytes: Uint8Array;
  private readonly macs = new Map<string, FourMacs | null>();
  /** What keys come to for HMACs, also of earlier batches; and those of this one, in the order of `used`. */
  private readonly known = new WeakMap<Lock, MacKey>();
  private readonly keys: (MacKey | null)[] = [];
  private readonly order: Int32Array;
  private readonly starts = new Int32Array((LONGEST >> BLOCK_BITS) + 2);
  /** Keys of this batch, and what was decrypted with each. */
  private readonly used: Lock[] = [];
  private readonly numbers: Uint16Array;
  private readonly plains: (Uint8Array | null)[] = [];
  private readonly views: DataView[] = [];
  private first = 0;

  private constructor(most: number, memory: Memory) {
    this.ats = new Int32Array(most);
    this.ends = new Int32Array(most);
    this.good = new Uint8Array(most);
    this.plainAts = new Int32Array(most);
    this.plainEnds = new Int32Array(most);
    this.order = new Int32Array(most);
    this.numbers = new Uint16Array(most);
    this.memory = memory;
    this.bytes = new Uint8Array(memory.buffer);
  }

  /** Room for batches of `most` packets; null where there can be none. */
  static create(most: number): AheadWork | null {
    const memory = memoryOf(FREE + 2 * SPAN);
    return memory === null ? null : new AheadWork(most, memory);
  }

  /** Forgets its packets. */
  begin(): void {
    this.count = 0;
    this.used.length = 0;
    this.plains.length = 0;
    this.views.length = 0;
    this.locks.length = 0;
  }

  /** Whether there is room for another packet, which ends at `end`; one was added before. */
  fits(end: number): boolean {
    return this.count < this.ats.length && end - this.first <= SPAN;
  }

  add(lock: Lock, at: number, end: number): void {
    const { count } = this;
    if (count === 0) this.first = at;
    this.ats[count] = at;
    this.ends[count] = end;
    this.locks[count] = lock;
    this.good[count] = this.plainAts[count] = this.plainEnds[count] = 0;
    this.count += 1;
  }

  /** Checks and decrypts the packets, which stand in `bytes`. */
  run(bytes: Uint8Array): void {
    const { count, first } = this;
    this.bytes.set(bytes.subarray(first, this.ends[count - 1]), FREE);
    this.decrypt();
    const hashes = new Set(this.used.map(({ bulkHash }) => bulkHash));
    for (const hash of hashes) if (hash !== null) this.check(hash);
  }

  /** What was decrypted with the key of a packet; null where that packet was not. */
  plainOf(number: number): Uint8Array | null {
    return this.plainEnds[number] === 0 ? null : (this.plains[this.numbers[number] as number] ?? null);
  }

  viewOf(number: number): DataView {
    return this.views[this.numbers[number] as number] ?? nothing;
  }

  /** With each key its packets one behind the other, each behind its initialisation vector. */
  private decrypt(): void {
    const { used, numbers, locks, count } = this;
    for (let i = 0; i < count; i++) {
      const lock = locks[i] as Lock;
      let number = used.indexOf(lock);
      if (number < 0) number = used.push(lock) - 1;
      numbers[i] = number;
    }
    for (let number = 0; number < used.length; number++) {
      const { chain } = used[number] as Lock;
      const plain = chain === null ? null : this.decryptWith(number, chain);
      this.plains.push(plain);
      this.views.push(plain === null ? nothing : new DataView(plain.buffer, plain.byteOffset, plain.length));
    }
  }

  private decryptWith(number: number, { block, iv, decrypt }: Chain): Uint8Array | null {
    const { bytes, numbers, ats, ends, locks, count, first } = this;
    const room = FREE + SPAN;
    let to = room;
    for (let i = 0; i < count; i++) {
      if (numbers[i] !== number) continue;
      const from = (ats[i] as number) + HEADER;
      const end = (ends[i] as number) - (locks[i] as Lock).icv;
      const length = end - from;
      if (length < iv + block || length % block !== 0) continue;
      bytes.copyWithin(to, from - first + FREE, end - first + FREE);
      this.plainAts[i] = to - room + iv;
      to += length;
      this.plainEnds[i] = to - room;
    }
    return to === room ? null : decrypt(bytes.subarray(room, to));
  }

  private check(hash: string): void {
    let macs = this.macs.get(hash);
    if (macs === undefined) this.macs.set(hash, (macs = fourMacs(hash, this.memory)));
    if (macs === null) return;
    const total = this.sort(hash);
    // Keys first: what they are made with is what lanes are made with.
    for (let number = 0; number < this.used.length; number++) this.keys[number] = this.keyFor(macs, hash, number);
    macs.begin();
    for (let from = 0; from < total; from += 4) this.checkFour(macs, from, Math.min(total, from + 4));
  }

  private keyFor(macs: FourMacs, hash: string, number: number): MacKey | null {
    const lock = this.used[number] as Lock;
    const { authenticationKey } = lock.secrets;
    if (lock.bulkHash !== hash || authenticationKey === null) return null;
    let key = this.known.get(lock);
    if (key === undefined) this.known.set(lock, (key = macs.key(authenticationKey)));
    return key;
  }

  private checkFour(macs: FourMacs, from: number, to: number): void {
    const { order, ats, ends, locks, keys, numbers, first, good } = this;
    if (to - from < 4) macs.clear();
    for (let i = from; i < to; i++) {
      const number = order[i] as number;
      const at = (ats[number] as number) - first + FREE;
      const lock = locks[number] as Lock;
      const key = keys[numbers[number] as number] as MacKey;
      macs.set(i - from, key, at, (ends[number] as number) - first + FREE - lock.icv - at);
    }
    macs.run();
    for (let i = from; i < to; i++) {
      const number = order[i] as number;
      const { icv } = locks[number] as Lock;
      good[number] = macs.matches(i - from, (ends[number] as number) - first + FREE - icv, icv) ? 1 : 0;
    }
    macs.clear();
  }

  /** Numbers of the packets with this hash into `order`, by their blocks; returns how many there are. */
  private sort(hash: string): number {
    const { starts, order, ats, ends, locks, count } = this;
    starts.fill(0);
    let total = 0;
    const bin = (i: number): number => ((ends[i] as number) - (ats[i] as number)) >> BLOCK_BITS;
    for (let i = 0; i < count; i++) {
      const at = bin(i);
      if ((locks[i] as Lock).bulkHash !== hash || at + 1 >= starts.length) continue;
      starts[at + 1] = (starts[at + 1] as number) + 1;
      total += 1;
    }
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
    for (let i = 0; i < count; i++) {
      const at = bin(i);
      if ((locks[i] as Lock).bulkHash !== hash || at + 1 >= starts.length) continue;
      const place = starts[at] as number;
      order[place] = i;
      starts[at] = place + 1;
    }
    return total;
  }
}
