import type { FaultKind } from './faults.ts';
import type { ByteStream, Framing } from './framing.ts';
import { HeldBytes } from './held-bytes.ts';
import { Outcome } from './ledger.ts';
import type { Packet, Transport } from './packet.ts';
import { Length, MAX_HEADERS, MessageLength } from './sip-length.ts';
import { skipLineEnds } from './sip-start.ts';
import { beforeMessage, findStart, knownStartAt, lineEnd, unfinishedStart } from './start-line.ts';

/** Pieces a message may be put together from. */
export const MAX_PIECES = 65_536;

/**
 * SIP in a byte stream (RFC 3261 7.5, 18.3): messages follow each other, each as long as its Content-Length says, with
 * line ends in between that keep the connection alive (RFC 5626 4.4.1). After bytes were lost, or where something else
 * stands than a message, it goes on at the next line that is a start line.
 *
 * A message without a Content-Length, which 20.14 forbids here, ends where it was sent to: at the end of the bytes that
 * arrived with the end of its headers, or at a start line within them.
 */
export class SipFraming implements Framing {
  private readonly stream: ByteStream;
  private readonly transport: Transport;
  private readonly held: HeldBytes;
  private readonly length = new MessageLength();
  /** Looking for the next start line; what is passed over is lost, unless it may be the rest of a body. */
  private searching: boolean;
  private unbounded = false;
  /** What is held was found by searching, and may as well be, or begin with, the end of a body. */
  private doubtful = false;
  /** Where in what is held the message begins. */
  private base = 0;

  /** @param searching the first bytes need not be the beginning of a message */
  constructor(stream: ByteStream, transport: Transport, searching = false) {
    this.stream = stream;
    this.transport = transport;
    this.searching = searching;
    this.held = new HeldBytes(stream.budget, stream);
  }

  feed(packet: Packet, at: number, end: number): number {
    let next = at;
    if (this.held.length > 0) next = this.goOn(packet, at, end);
    while (next < end) next = this.begin(packet, next, end);
    return end;
  }

  lost(packet: Packet, why: FaultKind): void {
    if (this.held.length > 0) {
      packet.faults.note(why, packet.frame);
      this.drop(packet);
    }
    this.search(false);
  }

  /** Reads the message that begins at `at`, if it is there; returns where the next one begins. */
  private begin(packet: Packet, at: number, end: number): number {
    const { bytes } = packet;
    let start = skipLineEnds(bytes, at, end);
    if (start === end) {
      this.stream.saw(Outcome.KeepAlive);
      return end;
    }
    if (this.searching) {
      start = findStart(bytes, at, end);
      if (start !== at) this.stream.saw(this.unbounded ? Outcome.SipSegment : Outcome.TcpGap);
      if (start < 0) {
        start = unfinishedStart(bytes, at, end);
        if (start < 0) return end;
      }
      this.searching = false;
      // The last line: the end of a body may look like it, too (`message/sipfrag`, RFC 3420).
      const feed = lineEnd(bytes, start, end);
      this.doubtful = feed < 0 || feed === end - 1;
    }
    const found = this.length.measure(packet, bytes, packet.view, start, end);
    if (found > 0) {
      this.hand(packet, start, start + found);
      return start + found;
    }
    if (found < 0) return this.broken(packet, found, start, end);
    if (this.stream.cutBehind && this.length.started) return this.handCut(packet, start, end);
    this.held.take(packet, start, end);
    this.stream.saw(Outcome.SipSegment);
    return end;
  }

  /** Adds to the message that is held; returns how much of the bytes was its. */
  private goOn(packet: Packet, at: number, end: number): number {
    const { held, length } = this;
    if (this.doubtful && knownStartAt(packet.bytes, at, end)) {
      this.drop(packet);
      return at;
    }
    const before = held.length;
    held.take(packet, at, length.total > 0 ? Math.min(end, at + this.base + length.total - before) : end);
    const found = this.measureHeld(packet);
    if (found > 0) {
      const used = this.base + found - before;
      held.lend(packet);
      this.hand(packet, this.base, this.base + found);
      held.restore(packet);
      this.release();
      return at + used;
    }
    if (found < 0) {
      const next = this.broken(packet, found, at, end);
      this.drop(packet);
      return next;
    }
    if (this.stream.cutBehind && length.started) {
      const { missing } = packet;
      held.lend(packet);
      packet.missing = missing;
      this.handCut(packet, this.base, held.length);
      held.restore(packet);
      this.release();
      return end;
    }
    this.stream.saw(Outcome.SipSegment);
    if (held.pieces > MAX_PIECES) {
      packet.faults.note(tooManyPieces, packet.frame);
      this.drop(packet);
      this.search(false);
    }
    return end;
  }

  private measureHeld(packet: Packet): number {
    const { held, length } = this;
    const found = length.measure(packet, held.bytes, held.view, this.base, held.length);
    if (!this.doubtful || !length.started) return found;
    this.doubtful = false;
    const before = beforeMessage(held.bytes, 0, lineEnd(held.bytes, 0, held.length));
    if (before === 0) return found;
    length.reset();
    if (before < 0) return Length.NoStart;
    this.base = before;
    return length.measure(packet, held.bytes, held.view, before, held.length);
  }

  /** Hands a message over that is whole. */
  private hand(packet: Packet, at: number, end: number): void {
    const { missing } = packet;
    packet.missing = 0;
    packet.sink.sip(packet, at, end, this.transport);
    packet.missing = missing;
    this.handed();
    if (this.length.open) this.search(true);
    this.length.reset();
  }

  /** Hands over what the capture kept of a message, as is done with datagrams. */
  private handCut(packet: Packet, at: number, end: number): number {
    packet.sink.sip(packet, at, end, this.transport);
    this.handed();
    this.length.reset();
    return end;
  }

  private handed(): void {
    this.stream.whole();
    this.stream.saw(Outcome.Sip);
    this.doubtful = false;
  }

  /** No message begins at `at`, or one that is too long. */
  private broken(packet: Packet, found: number, at: number, end: number): number {
    if (!this.doubtful) packet.faults.note(found === Length.TooLong ? headersTooLong : noStartLine, packet.frame);
    this.length.reset();
    this.search(false);
    if (found !== Length.TooLong) return at;
    this.stream.saw(Outcome.TcpGap);
    return end;
  }

  private search(unbounded: boolean): void {
    this.searching = true;
    this.unbounded = unbounded;
    this.doubtful = false;
    this.length.reset();
  }

  private release(): void {
    this.held.release();
    this.base = 0;
  }

  private drop(packet: Packet): void {
    this.release();
    this.stream.spoilt(packet);
    this.search(false);
  }
}

const noStartLine = {
  protocol: 'sip',
  code: 'no-start-line',
  text: 'Behind a message in a stream stands something that begins no message; it is read again from the next start line on.',
};
const headersTooLong = {
  protocol: 'sip',
  code: 'headers-too-long',
  text: `The headers of a message in a stream do not end within ${MAX_HEADERS >> 10} KiB; it is read again from the next start line on.`,
};
const tooManyPieces = {
  protocol: 'sip',
  code: 'too-many-pieces',
  text: `A message in a stream comes in more than ${MAX_PIECES} pieces; it is left out.`,
};
