import { Ring, type Known } from '../../core/ipsec/ring.ts';
import { Addresses } from '../../core/decode/addresses.ts';
import { Faults } from '../../core/decode/faults.ts';
import { Fragments } from '../../core/decode/fragments.ts';
import { protocols } from '../../core/decode/index.ts';
import { Ledger, outcomeTexts } from '../../core/decode/ledger.ts';
import { Packet, transportNames } from '../../core/decode/packet.ts';
import { Routes } from '../../core/decode/protocol.ts';

/** A message as the sink saw it. */
export interface SeenMessage {
  readonly frame: number;
  /** Seconds. */
  readonly time: number;
  /** `address:port`, `[address]:port` for IPv6. */
  readonly from: string;
  readonly to: string;
  readonly transport: string;
  readonly text: string;
  /** Offset of the innermost IP header in the frame, -1 where put together. */
  readonly networkAt: number;
  /** Bytes of the message as they stand in the capture, fetched by its extents; null where the capture has them in one piece. */
  readonly fromCapture: string | null;
}

/** How a frame was captured. */
export interface Captured {
  readonly linkType?: number;
  /** Bytes the capture did not keep. */
  readonly missing?: number;
  /** Seconds. */
  readonly time?: number;
  /** What stands before and behind the frame in the buffer. */
  readonly rubbish?: Uint8Array;
}

/** A session's decoders without a capture file: frames go in one by one, as a driver would feed them. */
export class Decoding {
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly fragments = new Fragments();
  readonly messages: SeenMessage[] = [];
  /** Payloads handed on as RTP or RTCP: their lengths. */
  readonly media: number[] = [];
  readonly packet: Packet;
  /** Positions are offsets in this: all frames behind each other. */
  private readonly capture: Uint8Array[] = [];
  private captured = 0;

  /** @param known keys for ESP, and whether more are learnt; without it there are none. */
  constructor(known: Known | null = null) {
    const addresses = new Addresses();
    this.packet = new Packet({
      routes: new Routes(protocols),
      addresses,
      ring: known === null ? null : new Ring(known, addresses),
      ledger: this.ledger,
      faults: this.faults,
      fragments: this.fragments,
      sink: { sip: (packet, at, end, transport) => void this.messages.push(this.seen(packet, at, end, transport)) },
      mediaSink: { media: (_, at, end) => void this.media.push(end - at) },
    });
  }

  /** Feeds one frame and returns the code of its outcome. */
  feed(frame: Uint8Array, how: Captured = {}): string {
    const rubbish = how.rubbish ?? new Uint8Array(0);
    const bytes = new Uint8Array(frame.length + 2 * rubbish.length);
    bytes.set(rubbish);
    bytes.set(frame, rubbish.length);
    bytes.set(rubbish, rubbish.length + frame.length);
    const { packet } = this;
    const view = new DataView(bytes.buffer);
    packet.bytes = bytes;
    packet.view = view;
    packet.frame += 1;
    packet.time = (how.time ?? 0) * 1e9;
    packet.start = rubbish.length;
    packet.end = rubbish.length + frame.length;
    packet.position = this.captured;
    packet.missing = how.missing ?? 0;
    packet.linkType = how.linkType ?? 1;
    this.capture.push(frame);
    this.captured += frame.length;
    packet.begin();
    packet.routes.link(packet.linkType)(packet, packet.start, packet.end);
    if (packet.bytes !== bytes || packet.view !== view) throw new Error('a decoder left its own bytes in the packet');
    if (packet.missing !== (how.missing ?? 0)) throw new Error('a decoder left its own count of missing bytes');
    this.ledger.count(packet.outcome);
    return outcomeTexts[packet.outcome]?.code ?? String(packet.outcome);
  }

  finish(): void {
    this.packet.routes.finish(this.packet);
  }

  /** Lines of the ledger that are not 0, by code. */
  counts(): Record<string, number> {
    const lines: Record<string, number> = {};
    outcomeTexts.forEach(({ code }, outcome) => {
      const count = this.ledger.counts[outcome] as number;
      if (count !== 0) lines[code] = count;
    });
    return lines;
  }

  faultCodes(): string[] {
    return this.faults.list().map(({ kind }) => `${kind.protocol}/${kind.code}`);
  }

  private seen(packet: Packet, at: number, end: number, transport: number): SeenMessage {
    const text = latin1(packet.bytes.subarray(at, end));
    return {
      frame: packet.frame,
      time: packet.time / 1e9,
      from: this.endpoint(packet.src, packet.sport),
      to: this.endpoint(packet.dst, packet.dport),
      transport: transportNames[transport] as string,
      text,
      networkAt: packet.networkAt < 0 ? -1 : packet.networkAt - packet.start,
      fromCapture: packet.origin === null ? null : this.read(packet, at, end),
    };
  }

  private endpoint(address: number, port: number): string {
    const text = this.packet.addresses.text(address);
    return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
  }

  /** The bytes that `packet.origin` says the range came from. */
  private read(packet: Packet, at: number, end: number): string {
    const whole = new Uint8Array(this.captured);
    let offset = 0;
    for (const frame of this.capture) {
      whole.set(frame, offset);
      offset += frame.length;
    }
    const pieces = packet.origin?.slice(at, end);
    let text = '';
    pieces?.positions.forEach((position, index) => {
      text += latin1(whole.subarray(position, position + (pieces.lengths[index] as number)));
    });
    return text;
  }
}

/** Bytes as text, one character each. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Feeds one frame to new decoders. */
export function decode(
  frame: Uint8Array,
  how: Captured = {},
): { readonly outcome: string; readonly decoding: Decoding } {
  const decoding = new Decoding();
  return { outcome: decoding.feed(frame, how), decoding };
}
