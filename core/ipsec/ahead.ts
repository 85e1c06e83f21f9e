import type { EspAhead, EspLock, Icv } from '../decode/esp-lock.ts';
import type { Packet, RecordForm, Upcoming } from '../decode/packet.ts';
import {
  AT,
  COUNTED,
  END,
  FRAME,
  GOOD,
  INSIDE,
  IP,
  NEXT,
  PLAIN_AT,
  PLAIN_END,
  START,
  UDP_AT,
  UDP_END,
} from '../programs/esp/places.ts';
import { Batch } from './batch.ts';
import { Lock } from './lock.ts';
import { GOOD as RIGHT, UNCHECKED } from './verdict.ts';

/** Packets that have to be opened one by one before it is worth while to look ahead. */
const LEAST_OPENED = 12;
/** Ways in which ESP stands in packets of the capture that are known: behind so many bytes, with so many behind it. */
const MOST_WAYS = 4;
/** Inputs whose packets are looked ahead for side by side. */
const MOST_INPUTS = 8;
/** See core/programs/esp/inside.ts. */
const MEDIA = 2;
const COUNTABLE = 3;
/** See core/programs/esp/run.ts. */
const TOLD = 1;
const STRANGE = 2;
/** Bytes of a record of pcap in front of the packet. */
const RECORD_HEADER = 16;
/** Zero, as a double: see Packet. */
const ZERO = -0;

/**
 * Checks and decrypts packets of proven keys before it is their turn, many at a time: each call into OpenSSL costs more
 * than what it does for one packet, and HMACs are made four at a time. It looks at the packets that stand behind the one
 * at hand, for an SPI that is known at a place where ESP was found before. That is a guess; what it finds counts for
 * exactly the bytes it was made of, under exactly that key, so that results are the same as without.
 */
export class Ahead implements EspAhead {
  isOn = false;
  icv: Icv = UNCHECKED;
  bytes: Uint8Array | null = null;
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  end = 0;
  lock: EspLock | null = null;
  ip = 0;
  espAt = 0;
  espEnd = 0;
  udpAt = 0;
  udpEnd = 0;
  isMedia = false;
  next = 0;
  latest = ZERO;
  frame = 0;
  start = 0;
  wire = ZERO;
  counted = 0;
  number = 0;

  private opened = 0;
  /** SPIs (as they stand in memory) of those packets, and their keys. */
  private readonly early = new Map<number, Lock>();
  /** It was tried, and cannot be. */
  private isOff = false;
  /** Pairs: bytes before and behind ESP. */
  private readonly ways: number[] = [];
  private readonly batches = new Map<Upcoming, Batch>();
  private current: Upcoming | null = null;
  private batch: Batch | null = null;
  /** In which runs have taken note of packets. */
  private owning: Batch | null = null;

  knows(packet: Packet, lock: EspLock, at: number, end: number): boolean {
    if (!(lock instanceof Lock) || !lock.isBulk || packet.upcoming === null) return false;
    if (this.opened < LEAST_OPENED) {
      this.opened += 1;
      this.learnWay(packet, at, end);
      this.early.set(packet.view.getInt32(at, true), lock);
      return false;
    }
    const isCurrent = packet.upcoming === this.current && this.batch !== null;
    const batch = isCurrent ? this.batch : this.turnTo(packet.upcoming);
    if (batch === null) return false;
    const base = packet.position - packet.start;
    if (base !== batch.base || at >= batch.end) this.look(packet, packet.upcoming, batch, lock, at, end);
    const row = batch.find(lock, at, end);
    if (row >= 0) {
      this.icv = batch.get(row, GOOD) === 1 ? RIGHT : UNCHECKED;
      this.take(batch, row);
      return true;
    }
    // For the next batch: beginning anew for each that is not known yet could take as long as somebody likes.
    this.learn(packet, batch, lock, at, end);
    return false;
  }

  usual(packet: Packet): boolean {
    const { upcoming, start } = packet;
    if (upcoming !== this.current) this.again(upcoming);
    const { batch } = this;
    if (batch === null || packet.linkType !== batch.linkType || packet.position - start !== batch.base) return false;
    if (!batch.isNext(start) || batch.get(batch.row, INSIDE) === COUNTABLE) return false;
    this.lock = batch.lockOf(batch.row);
    this.show(batch, batch.row);
    return true;
  }

  /** What there is to say of a usual packet. */
  private show(batch: Batch, row: number): void {
    this.ip = batch.get(row, IP);
    this.espAt = batch.get(row, AT);
    this.espEnd = batch.get(row, END);
    this.udpAt = batch.get(row, UDP_AT);
    this.udpEnd = batch.get(row, UDP_END);
    this.isMedia = batch.get(row, INSIDE) === MEDIA;
    this.take(batch, row);
  }

  /** What was decrypted. */
  private take(batch: Batch, row: number): void {
    this.at = batch.get(row, PLAIN_AT);
    this.end = batch.get(row, PLAIN_END);
    this.bytes = this.at === 0 ? null : batch.bytes;
    this.view = batch.view;
  }

  run(packet: Packet, layout: RecordForm, base: number, at: number, latest: number, frame: number): boolean {
    const { upcoming } = packet;
    if (upcoming !== this.current) this.again(upcoming);
    const { batch } = this;
    this.next = at;
    this.latest = latest;
    this.frame = frame;
    this.wire = this.counted = 0;
    if (batch === null || layout.linkType !== batch.linkType || packet.position - packet.start !== batch.base) {
      return false;
    }
    if (!batch.isNext(at + RECORD_HEADER)) return false;
    batch.prepare(packet, layout, base, at, latest, frame);
    let how = this.goOver(batch);
    while (how === STRANGE && this.own(packet, batch)) how = this.goOver(batch);
    this.next = batch.get(0, NEXT);
    this.latest = batch.latest;
    this.frame = batch.get(0, FRAME);
    if (how !== TOLD) return false;
    this.start = batch.get(batch.row, START);
    this.number = batch.association?.numbers[RIGHT] ?? 0;
    this.show(batch, batch.row);
    return true;
  }

  private goOver(batch: Batch): number {
    const how = batch.goOver();
    this.wire += batch.wire;
    this.counted += batch.get(0, COUNTED);
    return how;
  }

  /** Has packets of the association of the next one taken note of; false where that is not possible. */
  private own({ addresses, associations, bytes, view }: Packet, batch: Batch): boolean {
    const { row } = batch;
    const ip = batch.get(row, IP);
    const src = addresses.v4(bytes, view, ip + 12);
    const dst = addresses.v4(bytes, view, ip + 16);
    const association = associations.of(src, dst, view.getUint32(batch.get(row, AT)));
    const isUsual = association.lock === batch.lockOf(row) && association.packets > 0 && association.seen !== 0;
    if (!isUsual || association.numbers[RIGHT] === 0) return false;
    if (this.owning !== batch) this.settle();
    this.owning = batch;
    batch.own(associations, association);
    return true;
  }

  remember(): void {
    this.batch?.rememberFlow();
  }

  settle(): void {
    if (this.owning === null) return;
    this.owning.associations.settle();
    this.owning = null;
  }

  private turnTo(upcoming: Upcoming): Batch | null {
    let batch = this.batches.get(upcoming) ?? null;
    if (batch === null && this.batches.size < MOST_INPUTS && !this.isOff) {
      batch = Batch.open();
      if (batch === null) this.isOff = true;
      else {
        this.batches.set(upcoming, batch);
        for (const [spi, lock] of this.early) batch.know(spi, lock);
      }
    }
    this.current = upcoming;
    this.batch = batch;
    this.isOn = this.batches.size > 0;
    return batch;
  }

  /** The next packet is one of this input. */
  private again(upcoming: Upcoming | null): void {
    this.current = upcoming;
    this.batch = upcoming === null ? null : (this.batches.get(upcoming) ?? null);
  }

  /** Makes a batch of the packet at hand and those behind it. */
  private look(packet: Packet, upcoming: Upcoming, batch: Batch, lock: Lock, at: number, end: number): void {
    batch.base = packet.position - packet.start;
    batch.linkType = packet.linkType;
    this.learn(packet, batch, lock, at, end);
    batch.run(packet.bytes, packet.start, at, end, lock, upcoming, this.ways);
  }

  /** What the packet at hand says of where ESP stands, and whose it is. */
  private learn(packet: Packet, batch: Batch, lock: Lock, at: number, end: number): void {
    this.learnWay(packet, at, end);
    batch.know(packet.view.getInt32(at, true), lock);
  }

  private learnWay({ start, end: stop }: Packet, at: number, end: number): void {
    const { ways } = this;
    const before = at - start;
    const behind = stop - end;
    let isKnown = false;
    for (let way = 0; way < ways.length; way += 2) if (ways[way] === before && ways[way + 1] === behind) isKnown = true;
    if (!isKnown) {
      if (ways.length >= 2 * MOST_WAYS) ways.length -= 2;
      ways.unshift(before, behind);
    }
  }
}
