import { UNKNOWN_LINK } from './reader.ts';
import type { CaptureFormat, CaptureReader, Damage } from './reader.ts';

/** snoop, the format of Solaris (RFC 1761): big endian, one link type, microseconds. */
export const snoop: CaptureFormat = {
  name: 'snoop',
  magicLength: 8,
  recognises: (first) => first.length >= 8 && MAGIC.every((byte, i) => first[i] === byte),
  open: () => new SnoopReader(),
};

/** `snoop` and three zero bytes. */
const MAGIC = [0x73, 0x6e, 0x6f, 0x6f, 0x70, 0, 0, 0];
const FILE_HEADER = 16;
const RECORD_HEADER = 24;
/** A record that claims more than this is damage. */
const MAX_RECORD = 262_144 + 64;

/** Datalink types of RFC 1761 as LINKTYPE_ numbers. */
const links: ReadonlyMap<number, number> = new Map([
  [0, 1], // IEEE 802.3
  [2, 6], // IEEE 802.5, token ring
  [4, 1], // Ethernet
  [8, 10], // FDDI
]);

class SnoopReader implements CaptureReader {
  readonly format = 'snoop';
  readonly layout = null;
  readonly names: ReadonlyMap<string, readonly string[]> = new Map();
  readonly interfaceId = 0;
  readonly decimals = 6;
  need = FILE_HEADER;
  damage: Damage | null = null;
  packet = false;
  dataAt = 0;
  captured = 0;
  original = 0;
  seconds = 0;
  nanoseconds = 0;
  linkType = UNKNOWN_LINK;

  private open = false;

  next(_bytes: Uint8Array, view: DataView, at: number, end: number): number {
    this.packet = false;
    const header = this.open ? RECORD_HEADER : FILE_HEADER;
    if (end - at < header) {
      this.need = header;
      return 0;
    }
    if (!this.open) {
      this.linkType = links.get(view.getUint32(at + 12)) ?? UNKNOWN_LINK;
      this.open = true;
      return FILE_HEADER;
    }
    const captured = view.getUint32(at + 4);
    const length = view.getUint32(at + 8);
    if (length > MAX_RECORD || length < RECORD_HEADER + captured) {
      const text = `a record claims ${captured} captured bytes in a length of ${length}`;
      this.damage = { code: 'bad-record', text };
      return -1;
    }
    if (end - at < length) {
      this.need = length;
      return 0;
    }
    // Microseconds of a second or more are carried over, as in pcap.
    const microseconds = view.getUint32(at + 20);
    const carried = Math.floor(microseconds / 1e6);
    this.seconds = view.getUint32(at + 16) + carried;
    this.nanoseconds = (microseconds - carried * 1e6) * 1000;
    this.captured = captured;
    this.original = Math.max(captured, view.getUint32(at));
    this.dataAt = at + RECORD_HEADER;
    this.packet = true;
    return length;
  }

  finish(left: number): Damage | null {
    if (!this.open) return { code: 'cut-short', text: 'the file header is not complete' };
    return left === 0 ? null : { code: 'cut-short', text: 'the last packet is not complete' };
  }
}
