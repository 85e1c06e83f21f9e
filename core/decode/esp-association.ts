import { Icv, type EspLock } from './esp-lock.ts';

/** What is thought of the packets of a security association, where no key is known. */
export const Learnt = {
  /** Too little was seen to say. */
  Nothing: 0,
  /** They are not encrypted: `layout` says where things stand in them. */
  Null: 1,
  /** They are taken to be encrypted: none that was looked at could be read as it stands. */
  Encrypted: 2,
} as const;
export type Learnt = (typeof Learnt)[keyof typeof Learnt];

/** Packets that are looked at before an association is taken to be encrypted, and before keys are taken to be wrong. */
export const MAX_TRIES = 64;
/** Of an association that could not be opened, only packets with every so manieth sequence number are looked at, a power of two. */
export const LOOK_AGAIN = 64;
/** Unreadable packets in a row after which an association is no longer thought to be without encryption. */
export const MAX_CONTRADICTIONS = 8;
/** A sequence number that comes again within so many nanoseconds is one packet that the capture has twice. */
const COPY_WITHIN = 250_000_000;
/** So far behind the highest one, a sequence number belongs to another association with the same SPI. */
const FAR_BEHIND = 4096;
/** So far ahead of the highest one, a sequence number is no gap of a capture. */
const FAR_AHEAD = 1 << 24;

/** Zero, as a double: see Packet. */
const ZERO = -0;

/** A security association (RFC 4301 4.1): one direction between two hosts, known by its destination and SPI. */
export class EspAssociation {
  /** Its first number in the session, from 1; 0 while none of its packets was opened. */
  number = 0;
  /** All its numbers, one for each way its packets were opened (see Opening): what `Packet.association` holds. 0 where there is none. */
  readonly numbers = [0, 0, 0, 0, 0];
  /** Number in the list of all, from 1; 0 where that is full. */
  listed = 0;
  spi: number;
  /** Numbers of `Addresses`; `src` is the sender of the first packet seen. */
  src: number;
  dst: number;
  learnt: Learnt = Learnt.Nothing;
  /** Where things stand in its packets, an index of the layouts in esp-layouts.ts; of an association that is `Null`. */
  layout = 0;
  /** The keys that its packets have proven to be theirs. */
  lock: EspLock | null = null;
  /** The keys that were tried last and that its packets have proven wrong; of an association without `lock`. */
  wrong: EspLock | null = null;
  /** The ICVs of its packets are those of `wrong`, but what comes out of decryption is nonsense. */
  wrongCipher = false;
  /** Packets seen, opened, opened with a key; the first that was opened. */
  seenPackets = 0;
  packets = 0;
  unlocked = 0;
  frame = 0;
  /** First and last packet seen, and how many came before the first one that was opened with a key. */
  firstFrame = 0;
  lastFrame = 0;
  before = 0;
  /** Packets by Icv, of those that were opened or that a key was tried on. */
  readonly verdicts = [0, 0, 0];
  replays = 0;
  /** The sequence number that arrived last is far ahead of all before. */
  jumped = false;
  /** Whether IP packets, not what is in them, are inside; and the ports of the first packet that was opened, 0 without. */
  isTunnel = false;
  sport = 0;
  dport = 0;
  /** The first packet that was not opened with a key, to try on it what is learnt later; null where none is kept. */
  sample: Uint8Array | null = null;
  /** Highest sequence number, which of the 31 before it were seen (bit n: n before it; 0 before the first), and when the highest came. */
  highest = 0;
  seen = 0;
  newest = ZERO;
  /** Of the ring, when keys were tried last; packets on which all of them failed since. */
  version = -1;
  tries = 0;

  /** Packets in a row that could not be read. */
  private failures = 0;
  /** Of a packet that was likely, not certain, not to be encrypted: layout + 1, first word of its payload, sequence number. */
  private likelyLayout = 0;
  private likelyWord = 0;
  private likelySequence = 0;
  private sequence = 0;

  constructor(spi: number, src: number, dst: number) {
    this.spi = spi;
    this.src = src;
    this.dst = dst;
  }

  /** Begins again as another association, one nothing is known of. Only where it was never opened nor listed. */
  reset(spi: number, src: number, dst: number): void {
    this.spi = spi;
    this.src = src;
    this.dst = dst;
    this.learnt = Learnt.Nothing;
    this.lock = this.wrong = null;
    this.wrongCipher = this.isTunnel = false;
    this.seenPackets = this.packets = this.unlocked = this.before = this.replays = 0;
    this.frame = this.firstFrame = this.lastFrame = this.sport = this.dport = 0;
    this.verdicts.fill(0);
    this.sample = null;
    this.version = -1;
    this.tries = 0;
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
    this.jumped = false;
    const ahead = (sequence - this.highest) | 0;
    const late = time - this.newest > COPY_WITHIN;
    if (this.seen === 0 || ahead > 0) {
      this.jumped = this.seen !== 0 && ahead > FAR_AHEAD;
      this.seen = this.seen !== 0 && ahead < 32 ? (this.seen << ahead) | 1 : 1;
      this.highest = sequence;
      this.newest = time;
      return false;
    }
    if (ahead < -FAR_BEHIND || (sequence === 1 && late)) {
      this.seen = 1;
      this.highest = sequence;
      this.newest = time;
      this.version = -1;
      if (this.learnt !== Learnt.Null) {
        this.learnt = Learnt.Nothing;
        this.failures = 0;
      }
      return false;
    }
    if (ahead <= -32) return false;
    const bit = 1 << -ahead;
    if ((this.seen & bit) === 0) {
      this.seen |= bit;
      return false;
    }
    if (!late) return false;
    this.replays += 1;
    return true;
  }

  /** Whether the packet that has just arrived is worth a look without a key. */
  get worthALook(): boolean {
    return this.learnt !== Learnt.Encrypted || (this.sequence & (LOOK_AGAIN - 1)) === 0;
  }

  /** Whether the packet that has just arrived is worth trying keys on that others did not fit; `version` is the ring's. */
  worthTrying(version: number): boolean {
    if (this.version !== version) {
      this.version = version;
      this.tries = 0;
    }
    return this.tries < MAX_TRIES || (this.sequence & (LOOK_AGAIN - 1)) === 0;
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

  /** The packet was opened, with a key or without. */
  opened(frame: number): void {
    if (this.packets === 0) this.frame = frame;
    this.packets += 1;
    this.failures = 0;
  }

  /** So many packets that were opened with its key, with a good ICV and in order, were counted by another, the last one in this frame. */
  counted(packets: number, frame: number): void {
    this.seenPackets += packets;
    this.packets += packets;
    this.unlocked += packets;
    this.verdicts[Icv.Good] = (this.verdicts[Icv.Good] as number) + packets;
    this.lastFrame = frame;
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
