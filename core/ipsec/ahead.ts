import type { EspAhead, EspLock, Icv } from '../decode/esp-lock.ts';
import type { Packet, Upcoming } from '../decode/packet.ts';
import { AheadWork } from './ahead-work.ts';
import { LONGEST } from './four-macs.ts';
import { Lock } from './lock.ts';
import { GOOD, UNCHECKED } from './verdict.ts';

/** Packets that have to be opened one by one before it is worth while to look ahead. */
const LEAST_OPENED = 32;
/** Packets of a batch; and of fewer none is made. */
export const MOST = 256;
const LEAST = 8;
/** Packets of the capture that are looked at for it. */
const SCANNED = 1024;
/** Ways in which ESP stands in packets of the capture that are known: behind so many bytes, with so many behind it. */
const MOST_PLACES = 4;
/** SPIs that are looked for. */
const MOST_SPIS = 1 << 16;
/** Inputs whose packets are looked ahead for side by side. */
const MOST_INPUTS = 8;

/** SPI and sequence number; pad length and next header. */
const HEADER = 8;
const TRAILER = 2;

/** Packets of one input that were looked at ahead, in the order in which they come. */
class Batch {
  readonly work: AheadWork;
  /** Where the input’s bytes begin, a position in the capture; how far was looked, counted from there. */
  base = 0;
  end = 0;
  next = 0;

  constructor(work: AheadWork) {
    this.work = work;
  }
}

/**
 * Checks and decrypts packets of proven keys before it is their turn, many at a time: each call into OpenSSL costs more
 * than what it does for one packet, and HMACs are made four at a time. It looks at the packets that stand behind the one
 * at hand, for an SPI that is known at a place where ESP was found before. That is a guess; what it finds counts for
 * exactly the bytes it was made of, under exactly that key, so that results are the same as without.
 */
export class Ahead implements EspAhead {
  icv: Icv = UNCHECKED;
  bytes: Uint8Array | null = null;
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  end = 0;

  private opened = 0;
  private readonly spis = new Map<number, Lock>();
  /** Pairs: bytes before and behind ESP. */
  private readonly places: number[] = [];
  private readonly batches = new Map<Upcoming, Batch>();
  private current: Upcoming | null = null;
  private batch: Batch | null = null;
  private readonly records = new Int32Array(2 * SCANNED);

  knows(packet: Packet, lock: EspLock, at: number, end: number): boolean {
    if (this.opened < LEAST_OPENED) {
      this.opened += 1;
      return false;
    }
    if (!(lock instanceof Lock) || !lock.isBulk || packet.upcoming === null) return false;
    const batch = packet.upcoming === this.current ? this.batch : this.turnTo(packet.upcoming);
    if (batch === null) return false;
    const base = packet.position - packet.start;
    if (base !== batch.base || at >= batch.end) this.look(packet, batch, lock, at, end);
    if (this.find(batch, lock, at, end)) return true;
    // For the next batch: beginning anew for each that is not known yet could take as long as somebody likes.
    this.learn(packet, lock, at, end);
    return false;
  }

  private find(batch: Batch, lock: Lock, at: number, end: number): boolean {
    const { work } = batch;
    while (batch.next < work.count && (work.ats[batch.next] as number) < at) batch.next += 1;
    const { next } = batch;
    if (next >= work.count || work.ats[next] !== at || work.ends[next] !== end || work.locks[next] !== lock) {
      return false;
    }
    this.icv = work.good[next] === 1 ? GOOD : UNCHECKED;
    this.bytes = work.plainOf(next);
    if (this.bytes !== null) {
      this.view = work.viewOf(next);
      this.at = work.plainAts[next] as number;
      this.end = work.plainEnds[next] as number;
    }
    return true;
  }

  private turnTo(upcoming: Upcoming): Batch | null {
    let batch = this.batches.get(upcoming) ?? null;
    if (batch === null && this.batches.size < MOST_INPUTS) {
      const work = AheadWork.create(MOST);
      if (work !== null) this.batches.set(upcoming, (batch = new Batch(work)));
    }
    this.current = upcoming;
    this.batch = batch;
    return batch;
  }

  /** Makes a batch of the packet at hand and those behind it. */
  private look(packet: Packet, batch: Batch, lock: Lock, at: number, end: number): void {
    const { work } = batch;
    const { view } = packet;
    batch.base = packet.position - packet.start;
    batch.end = end;
    batch.next = 0;
    work.begin();
    if (end - at > LONGEST) return;
    const records = packet.upcoming?.upcoming(this.records) ?? 0;
    this.learn(packet, lock, at, end);
    work.add(lock, at, end);
    for (let record = 0; record < records; record++) {
      const start = this.records[2 * record] as number;
      const stop = this.records[2 * record + 1] as number;
      if (!work.fits(stop)) break;
      batch.end = stop;
      for (let place = 0; place < this.places.length; place += 2) {
        const from = start + (this.places[place] as number);
        const to = stop - (this.places[place + 1] as number);
        if (to - from < HEADER) continue;
        const known = this.spis.get(view.getInt32(from));
        if (known === undefined || to - from < HEADER + known.iv + TRAILER + known.icv) continue;
        work.add(known, from, to);
        break;
      }
    }
    if (work.count < LEAST) work.begin();
    else work.run(packet.bytes);
  }

  /** What the packet at hand says of where ESP stands, and whose it is. */
  private learn({ view, start, end: stop }: Packet, lock: Lock, at: number, end: number): void {
    const { places, spis } = this;
    const before = at - start;
    const behind = stop - end;
    let isKnown = false;
    for (let place = 0; place < places.length; place += 2)
      if (places[place] === before && places[place + 1] === behind) isKnown = true;
    if (!isKnown) {
      if (places.length >= 2 * MOST_PLACES) places.length -= 2;
      places.unshift(before, behind);
    }
    if (spis.size >= MOST_SPIS) spis.clear();
    spis.set(view.getInt32(at), lock);
  }
}
