/**
 * Writes pcapng (draft-ietf-opsawg-pcapng): one section, an interface for each link type and clock that occurs, packets
 * as Enhanced Packet Blocks. All interfaces have the same snapshot length, so that libpcap (tcpdump, sngrep) takes the
 * file as long as there is one link type; Wireshark takes any number of them.
 */

/** A packet as it is to be written. */
export interface PacketOut {
  /** Whole seconds since 1970; before that, 1970 is written, as the format has no earlier time. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
  /** Decimals of a second that the clock has: up to 6 is written as microseconds, more as nanoseconds. */
  readonly decimals: number;
  /** LINKTYPE_ number; -1 (unknown) is written as one for private use. */
  readonly linkType: number;
  /** Bytes of the packet; beyond 262,144, what no other program would read, they are cut. */
  readonly bytes: Uint8Array;
  /** Bytes it had on the wire; `bytes.length` at the least. */
  readonly original: number;
  /** A note for those who look at the packet; cut at 65,535 bytes of UTF-8. */
  readonly comment?: string;
}

const SNAPLEN = 262_144;
const LINKTYPE_USER0 = 147;
const MAX_OPTION = 65_535;
const BYTE_ORDER_MARK = 0x1a2b3c4d;
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const ENHANCED_PACKET = 6;
const OPT_END = 0;
const OPT_COMMENT = 1;
const IF_TSRESOL = 9;
const SHB_USERAPPL = 4;

const encoder = new TextEncoder();

export class PcapngWriter {
  private bytes = new Uint8Array(64 << 10);
  private view = new DataView(this.bytes.buffer);
  private end = 0;
  /** Number of each interface written so far, by link type and decimals. */
  private readonly interfaces = new Map<string, number>();
  private readonly links = new Set<number>();

  /** `application`: what wrote the file. */
  constructor(application = 'sipglass') {
    const name = encoder.encode(application).subarray(0, MAX_OPTION);
    const at = this.begin(SECTION, 16 + option(name) + 4);
    this.view.setUint32(at, BYTE_ORDER_MARK, true);
    this.view.setUint16(at + 4, 1, true);
    this.view.setUint16(at + 6, 0, true);
    // The length of the section is not known beforehand: -1.
    this.view.setBigInt64(at + 8, -1n, true);
    this.finish(this.option(at + 16, SHB_USERAPPL, name));
  }

  /** Bytes that wait for `take`; a megabyte or so is a good moment. */
  get waiting(): number {
    return this.end;
  }

  /** Whether the packets are of several link types: Wireshark reads such a file, libpcap (tcpdump, sngrep) does not. */
  get mixed(): boolean {
    return this.links.size > 1;
  }

  /** What was written since the last `take`, and at the beginning the file's header. May be empty. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.end);
    this.end = 0;
    return taken;
  }

  add(packet: PacketOut): void {
    const decimals = packet.decimals > 6 ? 9 : 6;
    const id = this.interfaceOf(packet.linkType < 0 ? LINKTYPE_USER0 : packet.linkType, decimals);
    const bytes = packet.bytes.length > SNAPLEN ? packet.bytes.subarray(0, SNAPLEN) : packet.bytes;
    const comment = packet.comment === undefined ? null : cut(encoder.encode(packet.comment));
    const options = comment === null ? 0 : option(comment) + 4;
    const at = this.begin(ENHANCED_PACKET, 20 + padded(bytes.length) + options);
    this.view.setUint32(at, id, true);
    this.time(at + 4, packet, decimals);
    this.view.setUint32(at + 12, bytes.length, true);
    this.view.setUint32(at + 16, Math.max(packet.original, packet.bytes.length), true);
    const behind = this.put(at + 20, bytes);
    this.finish(comment === null ? behind : this.option(behind, OPT_COMMENT, comment));
  }

  private interfaceOf(linkType: number, decimals: 6 | 9): number {
    const key = `${linkType} ${decimals}`;
    const known = this.interfaces.get(key);
    if (known !== undefined) return known;
    const id = this.interfaces.size;
    this.interfaces.set(key, id);
    this.links.add(linkType);
    const at = this.begin(INTERFACE, 8 + 8 + 4);
    this.view.setUint16(at, linkType, true);
    this.view.setUint16(at + 2, 0, true);
    this.view.setUint32(at + 4, SNAPLEN, true);
    this.finish(this.option(at + 8, IF_TSRESOL, Uint8Array.of(decimals)));
    return id;
  }

  /** 64 bits of micro- or nanoseconds as two halves: each product stays below 2^53. */
  private time(at: number, { seconds, nanoseconds }: PacketOut, decimals: 6 | 9): void {
    const early = seconds < 0;
    const units = 10 ** decimals;
    const fraction = early ? 0 : decimals === 9 ? nanoseconds : Math.floor(nanoseconds / 1000);
    const whole = early ? 0 : seconds;
    const upper = Math.floor(whole / 65_536) * units;
    const lower = (whole % 65_536) * units + fraction;
    const low = (upper % 65_536) * 65_536 + (lower % 2 ** 32);
    const high = Math.floor(upper / 65_536) + Math.floor(lower / 2 ** 32) + Math.floor(low / 2 ** 32);
    this.view.setUint32(at, high, true);
    this.view.setUint32(at + 4, low % 2 ** 32, true);
  }

  /** Begins a block with a body of `length` bytes, a multiple of 4, and returns where the body begins. */
  private begin(type: number, length: number): number {
    const total = length + 12;
    this.grow(this.end + total);
    this.view.setUint32(this.end, type, true);
    this.view.setUint32(this.end + 4, total, true);
    return this.end + 8;
  }

  /** Ends the block whose body ends at `at`. */
  private finish(at: number): void {
    this.view.setUint32(at, at + 4 - this.end, true);
    this.end = at + 4;
  }

  private grow(needed: number): void {
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  /** Writes an option and the end of options, and returns where that ends. */
  private option(at: number, code: number, value: Uint8Array): number {
    this.view.setUint16(at, code, true);
    this.view.setUint16(at + 2, value.length, true);
    const behind = this.put(at + 4, value);
    this.view.setUint32(behind, OPT_END, true);
    return behind + 4;
  }

  /** Writes bytes, padded to a multiple of 4 with zeros, and returns where that ends. */
  private put(at: number, value: Uint8Array): number {
    this.bytes.set(value, at);
    const behind = at + padded(value.length);
    this.bytes.fill(0, at + value.length, behind);
    return behind;
  }
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

/** Bytes an option takes. */
function option(value: Uint8Array): number {
  return 4 + padded(value.length);
}

/** At most MAX_OPTION bytes, without half a character at the end. */
function cut(text: Uint8Array): Uint8Array {
  if (text.length <= MAX_OPTION) return text;
  let end = MAX_OPTION;
  while (end > 0 && ((text[end] as number) & 0xc0) === 0x80) end -= 1;
  return text.subarray(0, end);
}
