/** Opus packets as a file: Ogg (RFC 3533) with the two headers of RFC 7845, 48,000 samples a second. */
import type { PlayOutSink } from './arrival.ts';

/** Samples of one packet without sound, 20 ms. */
const FILLER = 960;
/** Bytes of the longest packet (RFC 6716 3.4: 48 frames of 1,275 bytes, and their lengths). */
const MOST_PACKET = 61_298;
/** Packets of a page: about a second. */
const PAGE_PACKETS = 50;
const MOST_SEGMENTS = 255;

const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c1_1db7 : 0);
  return crc >>> 0;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc << 8) ^ (crcs[(crc >>> 24) ^ byte] as number);
  return crc >>> 0;
}

/** Puts packets into pages; what is done lies in `pages` until it is taken. */
class OggPages {
  pages: Uint8Array[] = [];
  private readonly serial: number;
  private readonly segments: number[] = [];
  private packets: Uint8Array[] = [];
  private sequence = 0;

  constructor(serial: number) {
    this.serial = serial;
  }

  /** @param granule samples up to the end of the packet, the first ones that are passed over included. */
  add(packet: Uint8Array, before: number): void {
    const needed = Math.floor(packet.length / 255) + 1;
    if (this.packets.length >= PAGE_PACKETS || this.segments.length + needed > MOST_SEGMENTS) this.flush(before, 0);
    for (let left = packet.length; left >= 0; left -= 255) this.segments.push(Math.min(255, left));
    this.packets.push(packet);
  }

  /** @param flags 2: the first page, 4: the last one. */
  flush(granule: number, flags: number): void {
    if (this.packets.length === 0 && (flags & 4) === 0) return;
    const head = 27 + this.segments.length;
    const page = new Uint8Array(this.packets.reduce((sum, { length }) => sum + length, head));
    const view = new DataView(page.buffer);
    page.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
    view.setUint32(6, granule >>> 0, true);
    view.setUint32(10, Math.floor(granule / 2 ** 32), true);
    view.setUint32(14, this.serial, true);
    view.setUint32(18, this.sequence++, true);
    page[26] = this.segments.length;
    page.set(this.segments, 27);
    let at = head;
    for (const packet of this.packets) {
      page.set(packet, at);
      at += packet.length;
    }
    view.setUint32(22, crcOf(page), true);
    this.pages.push(page);
    this.segments.length = 0;
    this.packets = [];
  }
}

export interface OggOpusOptions {
  readonly channels: 1 | 2;
  /** Of the stream in the file; any number. */
  readonly serial: number;
  /** From this sample of the play-out up to that one; packets are written whole. */
  readonly from: number;
  readonly to: number;
}

/** Samples in front of a part that a decoder needs to find its way (RFC 7845 4.2: 80 ms). */
export const PRE_ROLL = 3840;

/**
 * Writes what a play-out of an Opus stream hands on. Where nothing came, packets without content stand in (RFC 7845 4.1),
 * so that the decoder conceals what is missing and everything keeps its time, to 20 ms.
 */
export class OggOpus implements PlayOutSink {
  private readonly options: OggOpusOptions;
  private readonly ogg: OggPages;
  /** Sample of the play-out that was reached, and how far what was written is behind. */
  private place = 0;
  private owed = 0;
  private granule = 0;
  private filler: Uint8Array;
  /** Sample at which the first packet begins; -1 before it. */
  private first = -1;
  private ended = false;

  constructor(options: OggOpusOptions) {
    this.options = options;
    this.ogg = new OggPages(options.serial);
    // SILK, wide band, 20 ms (RFC 6716 3.1), until there is a packet to go by.
    this.filler = Uint8Array.of((9 << 3) | (options.channels === 2 ? 4 : 0));
  }

  /** Pages that are done, once. */
  take(): Uint8Array[] {
    const { pages } = this.ogg;
    this.ogg.pages = [];
    return pages;
  }

  sound(_payloadType: number, payload: Uint8Array, samples: number, skip: number): void {
    const toc = payload[0] as number;
    // The same kind of packet, one frame, nothing in it; where its frames are not of 20 ms, any that are.
    const config = toc >>> 3;
    const like = config < 12 ? (config & ~3) | 1 : config < 16 ? config | 1 : config | 3;
    this.filler = Uint8Array.of((like << 3) | (toc & 4));
    this.owed -= skip;
    this.write(payload, samples);
    this.place += samples - skip;
  }

  gap(samples: number): void {
    this.owed += samples;
    this.place += samples;
    while (this.owed >= FILLER) {
      this.owed -= FILLER;
      this.write(this.filler, FILLER, this.place - this.owed - FILLER);
    }
  }

  noise(): void {
    // Opus makes its own.
  }

  tone(_event: number, _volume: number, samples: number): void {
    this.gap(samples);
  }

  mark(): void {
    // What is missing is filled already.
  }

  /** Sample of the play-out up to which all is written. */
  get reached(): number {
    return this.place;
  }

  /** The last page; once. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.first < 0) this.begin(this.options.from);
    this.ogg.flush(this.granule, 4);
  }

  private write(packet: Uint8Array, samples: number, at = this.place): void {
    const { from, to } = this.options;
    if (at + samples <= from - PRE_ROLL || at >= to) return;
    if (this.first < 0) this.begin(at);
    const before = this.granule;
    this.granule += samples;
    this.ogg.add(packet, before);
  }

  private begin(at: number): void {
    const { channels, from } = this.options;
    this.first = at;
    const skipped = Math.max(0, from - at);
    const head = new Uint8Array(19);
    head.set(new TextEncoder().encode('OpusHead'));
    const view = new DataView(head.buffer);
    head[8] = 1;
    head[9] = channels;
    view.setUint16(10, skipped, true);
    view.setUint32(12, 48_000, true);
    const tags = new Uint8Array(8 + 4 + 8 + 4);
    tags.set(new TextEncoder().encode('OpusTags'));
    new DataView(tags.buffer).setUint32(8, 8, true);
    tags.set(new TextEncoder().encode('sipglass'), 12);
    this.ogg.add(head, 0);
    this.ogg.flush(0, 2);
    this.ogg.add(tags, 0);
    this.ogg.flush(0, 0);
  }
}

/** Whether a payload can be an Opus packet. */
export function fitsOpus(payload: Uint8Array): boolean {
  return payload.length > 0 && payload.length <= MOST_PACKET;
}
