import { addNames } from './names.ts';
import { readInterface, unknownInterface } from './pcapng-interface.ts';
import type { Interface } from './pcapng-interface.ts';
import type { CaptureFormat, CaptureReader, Damage, RecordLayout } from './reader.ts';

/**
 * pcapng (draft-ietf-opsawg-pcapng): sections in either byte order, any number of interfaces, the three kinds of packet
 * blocks and the names of addresses. All other blocks (statistics, TLS keys, custom ones) are passed over by length.
 *
 * Damage is what leaves no trust in what follows: a length that is too small or too large, that the end of the block
 * does not confirm, or that the packet does not fit in. A length that is no multiple of 4 is rounded up, as Wireshark
 * does. A packet of an interface nobody described is a packet all the same (UNKNOWN_LINK).
 */
export const pcapng: CaptureFormat = {
  name: 'pcapng',
  magicLength: 12,
  recognises: (first) =>
    first.length >= 12 &&
    SECTION_TYPE.every((byte, i) => first[i] === byte) &&
    (MARK.every((byte, i) => first[8 + i] === byte) || MARK.every((byte, i) => first[11 - i] === byte)),
  open: () => new PcapngReader(),
};

const SECTION_TYPE = [0x0a, 0x0d, 0x0d, 0x0a];
const MARK = [0x1a, 0x2b, 0x3c, 0x4d];

/** The same in both byte orders. */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const NAMES = 4;
const ENHANCED_PACKET = 6;

/** Type, length, and the length once more at the end. */
const FRAME = 12;
const MIN_SECTION = 28;
const MIN_INTERFACE = 20;
/** Where the packet's bytes begin in each kind of packet block, counted from the block's first byte. */
const OLD_DATA = 28;
const SIMPLE_DATA = 12;
const ENHANCED_DATA = 28;
/** A longer block is damage; the same limit as libpcap's and Wireshark's. */
const MAX_BLOCK = 16 << 20;
/** Interfaces of a section that are kept; packets of any beyond count as of an unknown one. */
const MAX_INTERFACES = 65_536;

/** Decimals of a second, of clocks that programs reckon with: microseconds and nanoseconds, which nearly all have. */
const MICROSECONDS = 6;
const NANOSECONDS = 9;

/** The form of Enhanced Packet Blocks of an interface; null where its clock is not a usual one. */
function blocksOf({ linkType, clock }: Interface, little: boolean, id: number, number: number): RecordLayout | null {
  const { decimal: units, offset } = clock;
  if (units !== 10 ** MICROSECONDS && units !== 10 ** NANOSECONDS) return null;
  return { little, scale: 1e9 / units, longest: MAX_BLOCK, linkType, blocks: { interface: id, number, units, offset } };
}

class PcapngReader implements CaptureReader {
  readonly format = 'pcapng';
  layout: RecordLayout | null = null;
  readonly names = new Map<string, string[]>();
  need = FRAME;
  damage: Damage | null = null;
  packet = false;
  dataAt = 0;
  captured = 0;
  original = 0;
  seconds = 0;
  nanoseconds = 0;
  linkType = 0;
  interfaceId = 0;
  decimals = 6;

  private open = false;
  private little = true;
  private interfaces: Interface[] = [];
  /** Interfaces of the sections before this one. */
  private earlier = 0;
  private readonly unknown = unknownInterface();

  next(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    this.packet = false;
    if (end - at < FRAME) {
      this.need = FRAME;
      return 0;
    }
    const type = view.getUint32(at, this.little);
    if (type === SECTION) {
      const mark = view.getUint32(at + 8, true);
      if (mark !== 0x1a2b3c4d && mark !== 0x4d3c2b1a) return this.damaged('a section header has no byte-order mark');
      this.little = mark === 0x1a2b3c4d;
    } else if (!this.open) return this.damaged('this is no pcapng section header');
    const { little } = this;
    const length = view.getUint32(at + 4, little);
    if (length < FRAME) return this.damaged(`a block claims a length of ${length} bytes, less than any block has`);
    if (length > MAX_BLOCK) return this.damaged(`a block claims a length of ${length} bytes`);
    const size = (length + 3) & ~3;
    if (end - at < size) {
      this.need = size;
      return 0;
    }
    if (view.getUint32(at + size - 4, little) !== length) return this.damaged('the two lengths of a block differ');

    switch (type) {
      case ENHANCED_PACKET: {
        if (length < ENHANCED_DATA + 4) return this.tooShort();
        const from = this.interfaceOf(view.getUint32(at + 8, little));
        from.clock.set(view.getUint32(at + 12, little), view.getUint32(at + 16, little));
        const captured = view.getUint32(at + 20, little);
        this.layout = from.layout;
        return this.found(from, at + ENHANCED_DATA, captured, view.getUint32(at + 24, little), at + length - 4, size);
      }
      case SIMPLE_PACKET:
        return this.simplePacket(view, at, length, size);
      case OLD_PACKET: {
        if (length < OLD_DATA + 4) return this.tooShort();
        const from = this.interfaceOf(view.getUint16(at + 8, little));
        from.clock.set(view.getUint32(at + 12, little), view.getUint32(at + 16, little));
        const captured = view.getUint32(at + 20, little);
        this.layout = null;
        return this.found(from, at + OLD_DATA, captured, view.getUint32(at + 24, little), at + length - 4, size);
      }
      case SECTION:
        return this.section(view, at, length, size);
      case INTERFACE:
        if (length < MIN_INTERFACE) return this.tooShort();
        if (this.interfaces.length < MAX_INTERFACES) {
          const described = readInterface(view, at + 8, at + length - 4, little);
          const id = this.interfaces.push(described) - 1;
          described.layout = blocksOf(described, little, id, this.earlier + id);
        }
        return size;
      case NAMES:
        addNames(this.names, bytes, view, at + 8, at + length - 4, little);
        return size;
      default:
        return size;
    }
  }

  passed(seconds: number, nanoseconds: number): void {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }

  upcoming(view: DataView, at: number, end: number, into: Int32Array): number {
    const { little } = this;
    let count = 0;
    for (let next = at; 2 * count + 1 < into.length && end - next >= ENHANCED_DATA + 4; count++) {
      if (view.getUint32(next, little) !== ENHANCED_PACKET) break;
      const length = view.getUint32(next + 4, little);
      const captured = view.getUint32(next + 20, little);
      if (length > end - next || length < ENHANCED_DATA + 4 || captured > length - ENHANCED_DATA - 4) break;
      into[2 * count] = next + ENHANCED_DATA;
      into[2 * count + 1] = next + ENHANCED_DATA + captured;
      next += (length + 3) & ~3;
    }
    return count;
  }

  private interfaceOf(id: number): Interface {
    this.interfaceId = this.earlier + id;
    return id < this.interfaces.length ? (this.interfaces[id] as Interface) : this.unknown;
  }

  /** Takes over a packet with its interface's clock already set to its time. `limit` is where its bytes end at the latest. */
  private found(from: Interface, at: number, captured: number, original: number, limit: number, size: number): number {
    if (captured > limit - at) return this.damaged(`a block claims ${captured} captured bytes, more than it has`);
    this.seconds = from.clock.seconds;
    this.nanoseconds = from.clock.nanoseconds;
    this.decimals = from.clock.decimals;
    this.linkType = from.linkType;
    this.dataAt = at;
    this.captured = captured;
    this.original = original > captured ? original : captured;
    this.packet = true;
    return size;
  }

  /** Has no interface (it is the first) and no time: that of the packet before it is kept, 0 for the first. */
  private simplePacket(view: DataView, at: number, length: number, size: number): number {
    if (length < SIMPLE_DATA + 4) return this.tooShort();
    const from = this.interfaceOf(0);
    this.layout = null;
    const original = view.getUint32(at + 8, this.little);
    const captured = from.snaplen === 0 ? original : Math.min(original, from.snaplen);
    const room = length - SIMPLE_DATA - 4;
    if (captured > room) return this.damaged(`a block claims ${captured} captured bytes, more than it has`);
    this.decimals = from.clock.decimals;
    this.linkType = from.linkType;
    this.dataAt = at + SIMPLE_DATA;
    this.captured = captured;
    this.original = original;
    this.packet = true;
    return size;
  }

  private section(view: DataView, at: number, length: number, size: number): number {
    if (length < MIN_SECTION) return this.tooShort();
    const major = view.getUint16(at + 12, this.little);
    if (major !== 1) return this.damaged(`a section is of version ${major} of pcapng, which nobody has described yet`);
    this.earlier += this.interfaces.length;
    this.interfaces = [];
    this.open = true;
    return size;
  }

  private tooShort(): number {
    return this.damaged('a block is too short for what it should hold');
  }

  private damaged(text: string): number {
    this.damage = { code: 'bad-block', text };
    return -1;
  }

  finish(left: number): Damage | null {
    if (!this.open) return { code: 'cut-short', text: 'the section header is not complete' };
    return left === 0 ? null : { code: 'cut-short', text: 'the last block is not complete' };
  }
}
