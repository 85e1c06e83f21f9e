import type { FaultKind } from './faults.ts';
import { StreamState, type ByteStream, type Framing } from './framing.ts';
import { HeldBytes } from './held-bytes.ts';
import { Outcome } from './ledger.ts';
import type { Packet, Transport } from './packet.ts';
import { MAX_MESSAGE } from './sip-length.ts';
import { looksLikeSip, skipLineEnds } from './sip-start.ts';
import { Inflater } from './websocket-deflate.ts';
import { FrameHeader, MAX_FRAME_HEADER, Opcode, unmask } from './websocket-frame.ts';
import { guessedWebSocket } from './websocket-guess.ts';

/** A WebSocket whose first messages are not SIP, though nothing said that it would be, is not read on. */
const MAX_OTHER_MESSAGES = 16;

/**
 * One direction of a WebSocket (RFC 6455 5): frames, masked or not, messages in several frames with control frames in
 * between, compressed messages (RFC 7692). Each message is one SIP message (RFC 7118 5), or line ends that keep the
 * connection alive (RFC 5626). After bytes were lost it goes on with the next segment that begins with a frame that
 * begins with SIP.
 */
export class WebSocketFraming implements Framing {
  private readonly stream: ByteStream;
  private readonly transport: Transport;
  private readonly header = new FrameHeader();
  private readonly inflater: Inflater;
  /** A frame that is not whole yet. */
  private readonly frame: HeldBytes;
  /** The payload of the frames so far of a message, unmasked. */
  private readonly message: HeldBytes;
  /** A message of several frames is under way, and is it compressed? */
  private fragmented = false;
  private compressed = false;
  /** The message under way is left out. */
  private tooLong = false;
  /** Bytes to pass over: the rest of a frame that is too long. */
  private skip = 0;
  private searching = false;
  private isSip: boolean;
  private others = 0;

  /** @param isSip known to be SIP: by subprotocol, or by the message that was found in it */
  constructor(stream: ByteStream, transport: Transport, isSip: boolean) {
    this.stream = stream;
    this.transport = transport;
    this.isSip = isSip;
    this.frame = new HeldBytes(stream.budget, stream);
    this.message = new HeldBytes(stream.budget, stream);
    this.inflater = new Inflater(stream);
  }

  feed(packet: Packet, at: number, end: number): number {
    let next = at;
    if (this.searching) {
      if (!guessedWebSocket(packet, at, end)) {
        this.stream.saw(this.isSip ? Outcome.TcpGap : this.stream.plain);
        return end;
      }
      this.searching = false;
    }
    if (this.frame.length > 0) next = this.goOn(packet, at, end);
    while (next < end) next = this.next(packet, next, end);
    return end;
  }

  lost(packet: Packet, why: FaultKind): void {
    if (this.isSip && (this.frame.length > 0 || this.fragmented)) packet.faults.note(why, packet.frame);
    this.stream.spoilt(packet);
    this.frame.release();
    this.endMessage();
    this.inflater.reset();
    this.skip = 0;
    this.searching = true;
  }

  /** Reads the frame that begins at `at`; returns where the next one does. */
  private next(packet: Packet, at: number, end: number): number {
    const { header, stream } = this;
    if (this.skip > 0) {
      const skipped = Math.min(this.skip, end - at);
      this.skip -= skipped;
      stream.saw(this.isSip ? Outcome.LimitReached : stream.plain);
      return at + skipped;
    }
    const found = header.read(packet.bytes, at, end);
    if (found < 0) return this.broken(packet, end);
    if (found > 0) {
      const total = header.length + header.payloadLength;
      if (this.oversize(packet)) return at + header.length;
      if (at + total <= end) {
        this.whole(packet, at);
        return at + total;
      }
    }
    this.frame.take(packet, at, end);
    stream.saw(this.isSip ? Outcome.SipSegment : stream.plain);
    return end;
  }

  /** Adds to the frame that is held: first its header, then what that says. */
  private goOn(packet: Packet, at: number, end: number): number {
    const { frame, header, stream } = this;
    let next = at;
    let found = header.read(frame.bytes, 0, frame.length);
    while (found === 0 && next < end && frame.length < MAX_FRAME_HEADER) {
      frame.take(packet, next, next + 1);
      next++;
      found = header.read(frame.bytes, 0, frame.length);
    }
    if (found < 0) return this.broken(packet, end);
    if (found > 0) {
      if (this.oversize(packet)) {
        frame.release();
        return next;
      }
      const last = Math.min(end, next + header.length + header.payloadLength - frame.length);
      if (last > next) frame.take(packet, next, last);
      next = last;
      if (frame.length === header.length + header.payloadLength) {
        frame.lend(packet);
        this.whole(packet, 0);
        frame.restore(packet);
        frame.release();
        return next;
      }
    }
    stream.saw(this.isSip ? Outcome.SipSegment : stream.plain);
    return next;
  }

  private broken(packet: Packet, end: number): number {
    packet.faults.note(badFrame, packet.frame);
    this.lost(packet, badFrame);
    this.stream.saw(this.isSip ? Outcome.TcpGap : this.stream.plain);
    if (!this.isSip) this.stream.dismiss(StreamState.Other);
    return end;
  }

  /** A frame too long to be held is passed over, and the message it is of. */
  private oversize(packet: Packet): boolean {
    const { header } = this;
    if (header.payloadLength + this.message.length <= MAX_MESSAGE) return false;
    if (this.isSip) packet.faults.note(tooLong, packet.frame);
    this.skip = header.payloadLength;
    this.endMessage();
    // Frames of this message that are still to come are passed over as well.
    this.fragmented = !header.fin;
    this.tooLong = !header.fin;
    return true;
  }

  /** One whole frame at `at`, which `header` has read. */
  private whole(packet: Packet, at: number): void {
    const { header, message, stream } = this;
    const from = at + header.length;
    const to = from + header.payloadLength;
    if (header.opcode >= Opcode.Close) {
      stream.saw(this.isSip && header.opcode !== Opcode.Close ? Outcome.KeepAlive : stream.plain);
      return;
    }
    if (header.opcode !== Opcode.Continuation) {
      this.endMessage();
      this.compressed = header.compressed;
      if (header.fin && !header.masked && !header.compressed) return this.hand(packet, from, to);
    } else if (!this.fragmented) {
      packet.faults.note(badFrame, packet.frame);
      stream.saw(stream.plain);
      return;
    }
    this.fragmented = !header.fin;
    if (!this.tooLong) this.gather(packet, from, to);
    if (!header.fin) {
      stream.saw(this.isSip ? Outcome.SipSegment : stream.plain);
      return;
    }
    if (this.tooLong || (this.compressed && !this.inflater.open(packet, message))) {
      stream.saw(this.isSip ? Outcome.TcpGap : stream.plain);
      if (!this.tooLong) this.other();
    } else {
      message.lend(packet);
      this.hand(packet, 0, message.length);
      message.restore(packet);
    }
    this.endMessage();
  }

  /** Adds the payload of a frame to the message. */
  private gather(packet: Packet, from: number, to: number): void {
    const { header, message } = this;
    if (!header.masked) return message.take(packet, from, to);
    message.reserve(to - from);
    unmask(packet.bytes, from - 4, from, to, message.bytes, message.length);
    message.place(packet, from, to, message.length);
    message.extents.made = true;
    message.length += to - from;
  }

  /** `packet.bytes[from, to)` is one message. */
  private hand(packet: Packet, from: number, to: number): void {
    const { stream } = this;
    const start = skipLineEnds(packet.bytes, from, to);
    if (start === to) stream.saw(this.isSip ? Outcome.KeepAlive : stream.plain);
    else if (looksLikeSip(packet.bytes, start, to)) {
      const { missing } = packet;
      packet.missing = 0;
      packet.sink.sip(packet, start, to, this.transport);
      packet.missing = missing;
      this.isSip = true;
      stream.whole();
      stream.saw(Outcome.Sip);
    } else {
      stream.saw(stream.plain);
      this.other();
    }
  }

  private other(): void {
    if (++this.others >= MAX_OTHER_MESSAGES && !this.isSip) this.stream.dismiss(StreamState.Other);
  }

  private endMessage(): void {
    this.message.release();
    this.fragmented = false;
    this.compressed = false;
    this.tooLong = false;
  }
}

const badFrame = {
  protocol: 'websocket',
  code: 'bad-frame',
  text: 'What stands where a WebSocket frame begins is none; it is read again from the next SIP message on.',
};
const tooLong = {
  protocol: 'websocket',
  code: 'message-too-long',
  text: `A WebSocket message is longer than ${MAX_MESSAGE >> 20} MiB; it is left out.`,
};
