import type { CaptureFormat, CaptureReader, Damage, RecordLayout } from './reader.ts';

/**
 * pcap (draft-ietf-opsawg-pcap): both byte orders, microsecond and nanosecond magic, the "modified" format of
 * Alexey Kuznetzov's libpcap with its longer record header, and the swapped lengths of versions before 2.4.
 */
export const pcap: CaptureFormat = {
  name: 'pcap',
  magicLength: 4,
  recognises: (first) => magicOf(first) !== null,
  open: () => new PcapReader(),
};

interface Magic {
  readonly little: boolean;
  readonly nano: boolean;
  readonly modified: boolean;
}

/** A record that claims more is damage, unless the file header announces longer packets: so libpcap and Wireshark. */
const LONG_PACKET = 262_144;
/** What the file header may announce at most. */
const MAX_PACKET = 16 << 20;
const FILE_HEADER = 24;

function magicOf(bytes: Uint8Array): Magic | null {
  if (bytes.length < 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4);
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic === 0xa1b2c3d4) return { little, nano: false, modified: false };
    if (magic === 0xa1b23c4d) return { little, nano: true, modified: false };
    if (magic === 0xa1b2cd34) return { little, nano: false, modified: true };
  }
  return null;
}

class PcapReader implements CaptureReader {
  readonly format = 'pcap';
  readonly names: ReadonlyMap<string, readonly string[]> = new Map();
  readonly interfaceId = 0;
  need = FILE_HEADER;
  damage: Damage | null = null;
  packet = false;
  dataAt = 0;
  captured = 0;
  original = 0;
  // Doubles from the first on: code that was compiled for small numbers would be compiled anew when they add up.
  seconds = -0;
  nanoseconds = -0;
  linkType = 0;
  decimals = 6;
  layout: RecordLayout | null = null;

  private open = false;
  private little = true;
  private scale = 1000;
  private recordHeader = 16;
  private longest = LONG_PACKET;
  /** Whether the two lengths may stand in the other order: always before version 2.3, in 2.3 where that makes sense. */
  private swapped: 'never' | 'always' | 'sometimes' = 'never';

  next(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    if (!this.open) return this.fileHeader(bytes, view, at, end);
    const header = this.recordHeader;
    if (end - at < header) {
      this.need = header;
      return 0;
    }
    const { little } = this;
    let captured = view.getUint32(at + 8, little);
    let original = view.getUint32(at + 12, little);
    if (this.swapped !== 'never' && (this.swapped === 'always' || captured > original)) {
      const first = captured;
      captured = original;
      original = first;
    }
    if (captured > this.longest) {
      this.damage = { code: 'bad-record', text: `a record claims ${captured} captured bytes` };
      return -1;
    }
    if (end - at < header + captured) {
      this.need = header + captured;
      return 0;
    }
    this.seconds = view.getUint32(at, little);
    const fraction = view.getUint32(at + 4, little) * this.scale;
    if (fraction >= 1e9) {
      // No clock says this; carried over, so that what is printed stays a time.
      this.seconds += Math.floor(fraction / 1e9);
      this.nanoseconds = fraction % 1e9;
    } else this.nanoseconds = fraction;
    this.captured = captured;
    this.original = Math.max(captured, original);
    this.dataAt = at + header;
    this.packet = true;
    return header + captured;
  }

  upcoming(view: DataView, at: number, end: number, into: Int32Array): number {
    const { recordHeader, little } = this;
    if (!this.open || this.swapped !== 'never') return 0;
    let count = 0;
    for (let next = at; 2 * count + 1 < into.length && end - next >= recordHeader; count++) {
      const captured = view.getUint32(next + 8, little);
      if (captured > this.longest || end - next < recordHeader + captured) break;
      into[2 * count] = next + recordHeader;
      next += recordHeader + captured;
      into[2 * count + 1] = next;
    }
    return count;
  }

  private fileHeader(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    if (end - at < FILE_HEADER) {
      this.need = FILE_HEADER;
      return 0;
    }
    const magic = magicOf(bytes.subarray(at, at + 4));
    if (magic === null) {
      this.damage = { code: 'bad-magic', text: 'this is no pcap file header' };
      return -1;
    }
    const { little } = magic;
    this.little = little;
    this.scale = magic.nano ? 1 : 1000;
    this.decimals = magic.nano ? 9 : 6;
    this.recordHeader = magic.modified ? 24 : 16;
    const major = view.getUint16(at + 4, little);
    const minor = view.getUint16(at + 6, little);
    if (major < 2 || (major === 2 && minor < 3)) this.swapped = 'always';
    else if (major === 2 && minor === 3) this.swapped = 'sometimes';
    const snaplen = view.getUint32(at + 16, little);
    if (snaplen > LONG_PACKET && snaplen <= MAX_PACKET) this.longest = snaplen;
    // The upper bits tell of a frame check sequence; the lower 16 are the link type.
    this.linkType = view.getUint32(at + 20, little) & 0xffff;
    if (!magic.modified && this.swapped === 'never') {
      const { scale, longest, linkType } = this;
      this.layout = { little, scale, longest, linkType, blocks: null };
    }
    this.open = true;
    this.packet = false;
    return FILE_HEADER;
  }

  finish(left: number): Damage | null {
    if (!this.open) return { code: 'cut-short', text: 'the file header is not complete' };
    return left === 0 ? null : { code: 'cut-short', text: 'the last packet is not complete' };
  }
}
