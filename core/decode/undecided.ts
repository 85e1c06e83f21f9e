import { takeDiameter } from './diameter-framing.ts';
import { HeldBytes } from './held-bytes.ts';
import { HepFraming } from './hep-framing.ts';
import { Outcome } from './ledger.ts';
import { Transport, type Packet } from './packet.ts';
import { SipFraming } from './sip-framing.ts';
import { StreamState, type ByteStream, type Framing } from './framing.ts';
import { findStart, knownStartAt, lineEnd, MAX_START_LINE, unfinishedStart } from './start-line.ts';
import { skipLineEnds } from './sip-start.ts';
import { Content, recognise } from './stream-content.ts';
import { UpgradeFraming } from './websocket-upgrade.ts';
import { WebSocketFraming } from './websocket.ts';

/** Bytes of a stream that are searched for a SIP start line; beyond, only the beginnings of segments are. */
export const MAX_SEARCHED = 64 << 10;

/**
 * Reads a stream until it is clear what it is: by its first bytes, or, where the capture began in the middle of a
 * message, by a start line at the beginning of some line. Costs little: after MAX_SEARCHED bytes it gives up.
 */
export class Undecided implements Framing {
  private readonly stream: ByteStream;
  private readonly held: HeldBytes;
  /** Packets counted as `stream.plain` whose bytes are held. */
  private waiting = 0;
  /** Bytes of the held line that hold no line end. */
  private scanned = 0;
  private left = MAX_SEARCHED;
  /** What is held was found by searching, and may as well be the end of something else. */
  private doubtful = false;

  constructor(stream: ByteStream) {
    this.stream = stream;
    this.held = new HeldBytes(stream.budget, stream);
  }

  feed(packet: Packet, at: number, end: number): number {
    if (this.held.length > 0) return this.goOn(packet, at, end);
    const start = skipLineEnds(packet.bytes, at, end);
    if (start === end) {
      this.stream.saw(this.stream.plain === Outcome.OtherTcp ? Outcome.OtherTcp : Outcome.KeepAlive);
      return end;
    }
    const feed = lineEnd(packet.bytes, start, Math.min(end, start + MAX_START_LINE));
    const content = recognise(packet, start, end, feed);
    if (content === Content.More) return this.hold(packet, start, end, false);
    return this.decide(packet, content, start, end);
  }

  lost(): void {
    this.held.release();
    this.waiting = 0;
  }

  private hold(packet: Packet, at: number, end: number, doubtful: boolean): number {
    this.held.take(packet, at, end);
    this.scanned = this.held.length;
    this.waiting = 1;
    this.doubtful = doubtful;
    this.stream.saw(this.stream.plain);
    return end;
  }

  /** Adds to a first line that has no end yet. */
  private goOn(packet: Packet, at: number, end: number): number {
    const { held } = this;
    if (this.doubtful && knownStartAt(packet.bytes, at, end)) {
      this.lost();
      return at;
    }
    held.take(packet, at, end);
    const feed = lineEnd(held.bytes, this.scanned, held.length);
    held.lend(packet);
    const content = recognise(packet, 0, held.length, feed);
    if (content === Content.More) {
      held.restore(packet);
      this.scanned = held.length;
      this.waiting++;
      this.stream.saw(this.stream.plain);
      return end;
    }
    const next =
      content === Content.None
        ? this.found(packet, findStart(held.bytes, 0, held.length))
        : this.decide(packet, content, 0, held.length);
    if (next >= 0 && next < held.length) this.stream.feed(packet, next, held.length);
    held.restore(packet);
    this.lost();
    return next < 0 ? this.search(packet, at, end) : end;
  }

  private decide(packet: Packet, content: Content, at: number, end: number): number {
    const { stream, waiting } = this;
    switch (content) {
      case Content.Sip:
        stream.become(new SipFraming(stream, Transport.TCP));
        stream.claim(packet, waiting);
        return at;
      case Content.Hep:
        stream.become(new HepFraming(stream));
        stream.claim(packet, waiting);
        return at;
      case Content.WebSocket:
        stream.become(new WebSocketFraming(stream, Transport.WS, true));
        return at;
      case Content.Upgrade:
        stream.become(new UpgradeFraming(stream, Transport.WS));
        return at;
      case Content.Tls:
        stream.dismiss(StreamState.Tls);
        return end;
      case Content.Diameter:
        return takeDiameter(packet, stream) ? at : end;
      case Content.Other:
        stream.dismiss(StreamState.Other);
        return end;
      default:
        return this.search(packet, at, end);
    }
  }

  /** The stream is SIP if a start line was found, at `start`. */
  private found(packet: Packet, start: number): number {
    if (start < 0) return start;
    this.stream.become(new SipFraming(this.stream, Transport.TCP, true));
    this.stream.claim(packet, this.waiting);
    return start;
  }

  /** Looks for a start line further on. */
  private search(packet: Packet, at: number, end: number): number {
    const { stream } = this;
    const limit = Math.min(end, at + this.left);
    const start = this.found(packet, findStart(packet.bytes, at, limit));
    if (start >= 0) return start;
    this.left -= limit - at;
    stream.saw(stream.plain);
    if (this.left <= 0) {
      stream.dismiss(StreamState.Other);
      return end;
    }
    const unfinished = unfinishedStart(packet.bytes, at, end);
    return unfinished < 0 ? end : this.hold(packet, unfinished, end, true);
  }
}
