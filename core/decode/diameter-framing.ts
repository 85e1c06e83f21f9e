import {
  DIAMETER_HEADER,
  diameterLength,
  isAuthAnswer,
  learnVectors,
  looksLikeDiameter,
  MAX_DIAMETER,
} from './diameter.ts';
import { StreamState, type ByteStream, type Framing } from './framing.ts';
import { HeldBytes } from './held-bytes.ts';
import type { Packet } from './packet.ts';

/**
 * Diameter over TCP (RFC 6733 2.1): messages follow each other, each says how long it is. Only those that may hold keys are
 * held until they are whole; of the others the header is. Where a message does not begin where it should, or bytes are
 * lost, it goes on with a segment that begins with one.
 */
export class DiameterFraming implements Framing {
  private readonly stream: ByteStream;
  private readonly held: HeldBytes;
  /** Bytes of a message of no interest that are still to come. */
  private skip = 0;

  constructor(stream: ByteStream) {
    this.stream = stream;
    this.held = new HeldBytes(stream.budget, stream);
  }

  feed(packet: Packet, at: number, end: number): number {
    const { held, stream } = this;
    stream.saw(stream.plain);
    let next = at;
    while (next < end) {
      if (this.skip > 0) {
        const skipped = Math.min(this.skip, end - next);
        this.skip -= skipped;
        next += skipped;
      } else if (held.length > 0) next = this.goOn(packet, next, end);
      else if (end - next < DIAMETER_HEADER) {
        held.take(packet, next, end);
        return end;
      } else {
        if (!looksLikeDiameter(packet.view, next, end)) return end;
        const length = diameterLength(packet.view, next);
        if (!isAuthAnswer(packet.view, next) || length > MAX_DIAMETER) this.skip = length;
        else if (next + length > end) {
          held.take(packet, next, end);
          return end;
        } else {
          learnVectors(packet, next, next + length);
          next += length;
        }
      }
    }
    return end;
  }

  lost(): void {
    this.held.release();
    this.skip = 0;
  }

  /** Adds to the message that is held: its header first, which says how long it is and whether it is of interest. */
  private goOn(packet: Packet, at: number, end: number): number {
    const { held } = this;
    let next = at;
    if (held.length < DIAMETER_HEADER) {
      const last = Math.min(end, at + DIAMETER_HEADER - held.length);
      held.take(packet, at, last);
      next = last;
      if (held.length < DIAMETER_HEADER) return next;
    }
    if (!looksLikeDiameter(held.view, 0, held.length)) {
      held.release();
      return end;
    }
    const length = diameterLength(held.view, 0);
    if (!isAuthAnswer(held.view, 0) || length > MAX_DIAMETER) {
      this.skip = length - held.length;
      held.release();
      return next;
    }
    const last = Math.min(end, next + length - held.length);
    if (last > next) held.take(packet, next, last);
    if (held.length < length) return last;
    held.lend(packet);
    learnVectors(packet, 0, length);
    held.restore(packet);
    held.release();
    return last;
  }
}

/** A stream becomes Diameter where there is somebody to learn from it; else it is of no interest. */
export function takeDiameter(packet: Packet, stream: ByteStream): boolean {
  if (packet.ring === null) {
    stream.dismiss(StreamState.Other);
    return false;
  }
  stream.become(new DiameterFraming(stream));
  return true;
}
