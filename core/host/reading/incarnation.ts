import type { Packet } from '../../decode/packet.ts';
import { SYN } from '../../decode/tcp.ts';

/** Packets before the first message that are the opening of a connection. */
const MAX_OPENING = 64;
/** Packets behind a FIN or RST that still are the closing. */
const MAX_CLOSING = 8;
/** Stretches of a stream that are remembered; more than a few there are only where much is left out. */
const MAX_STRETCHES = 256;

/** Stretches of sequence numbers, the latest last. */
class Stretches {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  add(seq: number, length: number): void {
    const last = this.ends.length - 1;
    if (this.ends[last] === seq) this.ends[last] = (seq + length) >>> 0;
    else if (!this.covers(seq, length)) {
      this.starts.push(seq);
      this.ends.push((seq + length) >>> 0);
      if (this.starts.length <= MAX_STRETCHES) return;
      this.starts.shift();
      this.ends.shift();
    }
  }

  covers(seq: number, length: number): boolean {
    return this.starts.some(
      (start, i) => ((seq - start) | 0) >= 0 && (((this.ends[i] as number) - seq - length) | 0) >= 0,
    );
  }
}

/** One connection on a pair of addresses and ports, from its SYN on, and which of its packets would be written. */
export class Incarnation {
  /** Frames before the first message, whenever that was: how the connection was opened. */
  private readonly opening: number[] = [];
  /** Frames in the calls' time, and of the closing. */
  private readonly kept: number[] = [];
  /** Further frames that carried nothing of others, written where nothing else went over the connection. */
  private readonly rest: number[] = [];
  /** By side: the sequence number of its SYN, -1 where none was seen; and what of its bytes is written. */
  private readonly syns = [-1, -1];
  private readonly written = [new Stretches(), new Stretches()] as const;
  private hasData = false;
  private hasMessages = false;
  /** Whether a packet that is wanted was seen yet. */
  isWanted = false;
  private isShared = false;
  private closing = 0;

  /** Whether nothing but the opening was seen yet. */
  get isOpening(): boolean {
    return !this.hasMessages;
  }

  /** Whether a SYN with this number opens another connection than this one. */
  opensAnew(side: 0 | 1, seq: number): boolean {
    const known = this.syns[side];
    return known === -1 ? this.hasData : known !== seq;
  }

  /** Every packet goes through here first. */
  begin(side: 0 | 1, { tcpFlags, tcpSeq, tcpLength }: Packet): void {
    if ((tcpFlags & SYN) !== 0) this.syns[side] = tcpSeq;
    else if (tcpLength > 0) this.hasData = true;
  }

  /** Carried a message that is wanted, and is written by whoever knows. */
  wanted(side: 0 | 1, packet: Packet): void {
    this.isWanted = true;
    this.hasMessages = true;
    this.written[side].add(packet.tcpSeq, packet.tcpLength);
  }

  /** Carried something else. */
  other(): void {
    this.isShared = true;
    this.hasMessages = true;
    this.rest.length = 0;
  }

  /** Carried nothing that is anybody's. */
  harmless(side: 0 | 1, packet: Packet, inTime: boolean, closes: boolean): void {
    if (packet.tcpLength > 0) this.written[side].add(packet.tcpSeq, packet.tcpLength);
    if (!this.hasMessages && this.opening.length < MAX_OPENING) this.opening.push(packet.frame);
    else if (inTime || closes || (this.closing > 0 && this.closing < MAX_CLOSING)) this.kept.push(packet.frame);
    else if (!this.isShared) this.rest.push(packet.frame);
    if (closes || this.closing > 0) this.closing += 1;
  }

  /** Whether all bytes of a segment are written anyway. */
  covers(side: 0 | 1, { tcpSeq, tcpLength }: Packet): boolean {
    return tcpLength > 0 && this.written[side].covers(tcpSeq, tcpLength);
  }

  /** Adds the frames to be written; true where the connection carried something else as well. */
  collect(frames: number[]): boolean {
    if (!this.isWanted) return false;
    for (const list of [this.opening, this.kept, this.rest]) for (const frame of list) frames.push(frame);
    return this.isShared;
  }
}
