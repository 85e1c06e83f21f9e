/** What is thought of the packets of a security association. */
export const Learnt = {
  /** Too little was seen to say. */
  Nothing: 0,
  /** They are not encrypted: `layout` says where things stand in them. */
  Null: 1,
  /** They are taken to be encrypted: none that was looked at could be read as it stands. */
  Encrypted: 2,
} as const;
export type Learnt = (typeof Learnt)[keyof typeof Learnt];

/** Packets that are looked at before an association is taken to be encrypted. */
export const MAX_TRIES = 64;
/** Of an association taken to be encrypted, only packets with every so manieth sequence number are looked at, a power of two. */
export const LOOK_AGAIN = 64;
/** Unreadable packets in a row after which an association is no longer thought to be without encryption. */
export const MAX_CONTRADICTIONS = 8;
/** A sequence number that comes again within so many nanoseconds is one packet that the capture has twice. */
const COPY_WITHIN = 250_000_000;
/** So far behind the highest one, a sequence number belongs to another association with the same SPI. */
const FAR_BEHIND = 4096;

/** A security association (RFC 4301 4.1): one direction between two hosts, known by its destination and SPI. */
export class EspAssociation {
  /** Number in the session, from 1: what `Packet.association` holds. 0 while none of its packets was opened. */
  number = 0;
  spi: number;
  /** Numbers of `Addresses`; `src` is the sender of the first packet seen. */
  src: number;
  dst: number;
  learnt: Learnt = Learnt.Nothing;
  /** Where things stand in its packets, an index of the layouts in esp-layouts.ts; of an association that is `Null`. */
  layout = 0;
  /** Packets that were opened, and the first of them. */
  packets = 0;
  frame = 0;

  /** Packets in a row that could not be read. */
  private failures = 0;
  /** Of a packet that was likely, not certain, not to be encrypted: layout + 1, first word of its payload, sequence number. */
  private likelyLayout = 0;
  private likelyWord = 0;
  private likelySequence = 0;
  /** Highest sequence number, which of the 31 before it were seen (bit n: n before it), and when the highest came. */
  private highest = 0;
  private seen = 0;
  private newest = 0;
  private sequence = 0;

  constructor(spi: number, src: number, dst: number) {
    this.spi = spi;
    this.src = src;
    this.dst = dst;
  }

  /** Begins again as another association, one nothing is known of. */
  reset(spi: number, src: number, dst: number): void {
    this.spi = spi;
    this.src = src;
    this.dst = dst;
    this.learnt = Learnt.Nothing;
    this.failures = 0;
    this.likelyLayout = 0;
    this.seen = 0;
  }

  /**
   * Takes note of a packet's sequence number and time in nanoseconds. True where it was seen before (RFC 4303 3.4.3), too
   * long ago for a copy of one packet. A new association on an old SPI, whose first packet is number 1, is one nothing is
   * known of, unless its packets go on as those before it.
   */
  arrived(sequence: number, time: number): boolean {
    this.sequence = sequence;
    const ahead = (sequence - this.highest) | 0;
    const late = time - this.newest > COPY_WITHIN;
    if (this.seen === 0 || ahead > 0) {
      this.seen = this.seen !== 0 && ahead < 32 ? (this.seen << ahead) | 1 : 1;
      this.highest = sequence;
      this.newest = time;
      return false;
    }
    if (ahead < -FAR_BEHIND || (sequence === 1 && late)) {
      this.seen = 1;
      this.highest = sequence;
      this.newest = time;
      if (this.learnt !== Learnt.Null) {
        this.learnt = Learnt.Nothing;
        this.failures = 0;
      }
      return false;
    }
    if (ahead <= -32) return false;
    const bit = 1 << -ahead;
    if ((this.seen & bit) !== 0) return late;
    this.seen |= bit;
    return false;
  }

  /** Whether the packet that has just arrived is worth a look. */
  get worthALook(): boolean {
    return this.learnt !== Learnt.Encrypted || (this.sequence & (LOOK_AGAIN - 1)) === 0;
  }

  /**
   * The packet may well not be encrypted, with things standing as `layout` says; `word` are the first four bytes of its
   * payload (ports). True where another packet was like that: together they are proof enough.
   */
  agrees(layout: number, word: number): boolean {
    const { sequence } = this;
    if (this.likelyLayout === layout + 1 && this.likelyWord === word) return this.likelySequence !== sequence;
    this.likelyLayout = layout + 1;
    this.likelyWord = word;
    this.likelySequence = sequence;
    return false;
  }

  /** The packet was opened. */
  opened(frame: number): void {
    if (this.packets === 0) this.frame = frame;
    this.packets += 1;
    this.failures = 0;
  }

  /** The packet could not be read. True where so many could not that what was thought of the association is wrong. */
  failed(): boolean {
    this.failures += 1;
    if (this.learnt === Learnt.Null) return this.failures >= MAX_CONTRADICTIONS;
    if (this.failures >= MAX_TRIES) this.learnt = Learnt.Encrypted;
    return false;
  }
}
