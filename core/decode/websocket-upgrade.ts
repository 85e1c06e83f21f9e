import { ascii } from '../bytes/text.ts';
import { StreamState, type ByteStream, type Framing } from './framing.ts';
import { HeldBytes } from './held-bytes.ts';
import type { Packet, Transport } from './packet.ts';
import { WebSocketFraming } from './websocket.ts';

/** A longer answer is none. */
const MAX_ANSWER = 16 << 10;

/**
 * The server's answer that turns an HTTP connection into a WebSocket (RFC 6455 4.2.2): status 101, `Upgrade` and
 * `Sec-WebSocket-Accept`. The client sends frames from then on, too; its request need not be in the capture.
 */
export class UpgradeFraming implements Framing {
  private readonly stream: ByteStream;
  private readonly transport: Transport;
  private readonly held: HeldBytes;
  /** Bytes that were looked through for the empty line. */
  private scanned = 0;

  constructor(stream: ByteStream, transport: Transport) {
    this.stream = stream;
    this.transport = transport;
    this.held = new HeldBytes(stream.budget, stream);
  }

  feed(packet: Packet, at: number, end: number): number {
    const { held, stream } = this;
    const before = held.length;
    held.take(packet, at, end);
    stream.saw(stream.plain);
    const length = this.headLength();
    if (length === 0 && held.length <= MAX_ANSWER) return end;
    const answer = ascii(held.bytes, 0, length).toLowerCase();
    held.release();
    if (!/^upgrade[ \t]*:.*websocket/m.test(answer) || !/^sec-websocket-accept[ \t]*:/m.test(answer)) {
      stream.dismiss(StreamState.Other);
      return end;
    }
    // RFC 7118 4: the subprotocol is `sip`. Servers that leave it out are found by what they send.
    const isSip = /^sec-websocket-protocol[ \t]*:[ \t]*sip[ \t]*\r?$/m.test(answer);
    const { transport } = this;
    stream.become(new WebSocketFraming(stream, transport, isSip));
    stream.upgradePeer((peer) => new WebSocketFraming(peer, transport, isSip));
    return at + length - before;
  }

  lost(): void {
    this.held.release();
    this.stream.dismiss(StreamState.Other);
  }

  /** Length of the answer with its empty line; 0 where that is still to come. */
  private headLength(): number {
    const { bytes, length } = this.held;
    for (let at = this.scanned; at < length; at++) {
      if (bytes[at] !== 10) continue;
      const before = bytes[at - 1] === 13 ? at - 2 : at - 1;
      if (before >= 0 && bytes[before] === 10) return at + 1;
    }
    this.scanned = length;
    return 0;
  }
}
