import { Clock } from './clock.ts';
import { UNKNOWN_LINK, type RecordLayout } from './reader.ts';

const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const MICROSECONDS = 6;

/** What a pcapng interface says of its packets. */
export class Interface {
  readonly linkType: number;
  /** Bytes of a packet that are kept at most; 0 is no limit. */
  readonly snaplen: number;
  readonly clock: Clock;
  /** The form of its Enhanced Packet Blocks; null where programs do not know it. */
  layout: RecordLayout | null = null;

  constructor(linkType: number, snaplen: number, clock: Clock) {
    this.linkType = linkType;
    this.snaplen = snaplen;
    this.clock = clock;
  }
}

/** Stands in for the interface a packet names and nobody described. */
export function unknownInterface(): Interface {
  return new Interface(UNKNOWN_LINK, 0, new Clock(MICROSECONDS, 0));
}

/**
 * Reads an Interface Description Block whose body (behind type and length, before the trailing length) is `[at, end)`,
 * 8 bytes at the least. An option that reaches beyond the end is the last one looked at.
 */
export function readInterface(view: DataView, at: number, end: number, little: boolean): Interface {
  const linkType = view.getUint16(at, little);
  const snaplen = view.getUint32(at + 4, little);
  let resolution = MICROSECONDS;
  let offset = 0;
  for (let option = at + 8; end - option >= 4;) {
    const code = view.getUint16(option, little);
    const length = view.getUint16(option + 2, little);
    const value = option + 4;
    if (code === 0 || value + length > end) break;
    if (code === IF_TSRESOL && length >= 1) resolution = view.getUint8(value);
    if (code === IF_TSOFFSET && length === 8) offset = Number(view.getBigInt64(value, little));
    option = value + ((length + 3) & ~3);
  }
  return new Interface(linkType, snaplen, new Clock(resolution, offset));
}
