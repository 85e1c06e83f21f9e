import type { ByteStream } from './framing.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { Packet } from './packet.ts';
import { MAX_MESSAGE } from './sip-length.ts';
import { DEFLATE_TAIL } from './websocket-guess.ts';

/** How far back a compressed message may refer (RFC 1951 3.2.5). */
const WINDOW = 32 << 10;

/**
 * Opens compressed messages of one direction (RFC 7692 7.2.2). A message may refer to the ones before it ("context
 * takeover"); senders that agreed not to do so just don't, so that need not be known.
 */
export class Inflater {
  private readonly stream: ByteStream;
  /** The last bytes of what was opened so far. */
  private window: Uint8Array | null = null;
  private missingContext = false;

  constructor(stream: ByteStream) {
    this.stream = stream;
  }

  /** Puts the message itself in the place of the compressed one; false where that can't be done. */
  open(packet: Packet, message: HeldBytes): boolean {
    if (packet.inflateRaw === null) {
      packet.faults.note(notRead, packet.frame);
      return false;
    }
    const { length } = message;
    message.reserve(DEFLATE_TAIL.length);
    message.bytes.set(DEFLATE_TAIL, length);
    const plain = packet.inflateRaw(message.bytes.subarray(0, length + DEFLATE_TAIL.length), this.window, MAX_MESSAGE);
    if (plain === null) {
      packet.faults.note(this.missingContext ? contextLost : badDeflate, packet.frame);
      this.reset();
      return false;
    }
    this.remember(plain);
    message.replace(plain);
    return true;
  }

  /** Messages before the next one are not known. */
  reset(): void {
    this.missingContext = true;
    if (this.window === null) return;
    this.stream.budget.change(this.stream, -this.window.length);
    this.window = null;
  }

  private remember(plain: Uint8Array): void {
    const kept = Math.min(WINDOW - Math.min(plain.length, WINDOW), this.window?.length ?? 0);
    const added = Math.min(plain.length, WINDOW);
    const next = new Uint8Array(kept + added);
    if (this.window !== null) next.set(this.window.subarray(this.window.length - kept));
    next.set(plain.subarray(plain.length - added), kept);
    this.stream.budget.change(this.stream, next.length - (this.window?.length ?? 0));
    this.window = next;
  }
}

const notRead = {
  protocol: 'websocket',
  code: 'compressed',
  text: 'A WebSocket message is compressed (permessage-deflate), which can’t be opened here.',
};
const badDeflate = {
  protocol: 'websocket',
  code: 'bad-deflate',
  text: 'A compressed WebSocket message can’t be opened, or is longer than a message may be; it is left out.',
};
const contextLost = {
  protocol: 'websocket',
  code: 'deflate-context-lost',
  text: 'A compressed WebSocket message refers to ones before it that the capture lacks; it is left out.',
};
