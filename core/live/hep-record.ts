const LINKTYPE_RAW = 101;
const SNAPLEN = 262_144;
const RECORD = 16;
const UDP = 8;
const TIME_SECONDS = 9;
const TIME_MICROSECONDS = 10;

/** Of a pcap file with nanoseconds, little-endian, of IP packets. */
export const PCAP_HEADER = header();

export interface End {
  readonly address: string;
  readonly port: number;
}

function header(): Uint8Array {
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xa1b23c4d, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAPLEN, true);
  view.setUint32(20, LINKTYPE_RAW, true);
  return bytes;
}

/**
 * A HEP3 packet as a record of a capture: in UDP, in IP, from the agent to where it was heard, at the time its chunks
 * give (9 and 10), else now. Null where it is no HEP3.
 */
export function recordOf(hep: Uint8Array, from: End, to: End): Uint8Array | null {
  if (hep.length < 6 || hep[0] !== 0x48 || hep[1] !== 0x45 || hep[2] !== 0x50 || hep[3] !== 0x33) return null;
  const source = numbers(from.address);
  const target = numbers(to.address);
  const six = source.length === 16 || target.length === 16;
  const ip = six ? 40 : 20;
  const length = ip + UDP + hep.length;
  if (length > 65_535) return null;
  const bytes = new Uint8Array(RECORD + length);
  const view = new DataView(bytes.buffer);
  const { seconds, nanoseconds } = timeOf(hep);
  view.setUint32(0, seconds, true);
  view.setUint32(4, nanoseconds, true);
  view.setUint32(8, length, true);
  view.setUint32(12, length, true);
  if (six) ipv6(bytes, view, wide(source), wide(target), UDP + hep.length);
  else ipv4(bytes, view, source, target, length);
  const udp = RECORD + ip;
  view.setUint16(udp, from.port);
  view.setUint16(udp + 2, to.port);
  view.setUint16(udp + 4, UDP + hep.length);
  // No checksum: the datagram is ours, and IPv4 allows none; in IPv6 nobody below us checks it.
  bytes.set(hep, udp + UDP);
  return bytes;
}

function timeOf(hep: Uint8Array): { readonly seconds: number; readonly nanoseconds: number } {
  const view = new DataView(hep.buffer, hep.byteOffset, hep.length);
  let seconds = -1;
  let micros = 0;
  for (let at = 6; hep.length - at >= 6;) {
    const length = view.getUint16(at + 4);
    if (length < 6) break;
    const fits = view.getUint16(at) === 0 && length === 10 && hep.length - at >= 10;
    if (fits && view.getUint16(at + 2) === TIME_SECONDS) seconds = view.getUint32(at + 6);
    if (fits && view.getUint16(at + 2) === TIME_MICROSECONDS) micros = view.getUint32(at + 6);
    at += length;
  }
  if (seconds >= 0) return { seconds, nanoseconds: Math.min(micros, 999_999) * 1000 };
  const now = Date.now();
  return { seconds: Math.floor(now / 1000), nanoseconds: (now % 1000) * 1e6 };
}

function ipv4(bytes: Uint8Array, view: DataView, source: Uint8Array, target: Uint8Array, length: number): void {
  view.setUint8(RECORD, 0x45);
  view.setUint16(RECORD + 2, length);
  view.setUint8(RECORD + 8, 64);
  view.setUint8(RECORD + 9, 17);
  bytes.set(source, RECORD + 12);
  bytes.set(target, RECORD + 16);
  let sum = 0;
  for (let at = 0; at < 20; at += 2) sum += view.getUint16(RECORD + at);
  sum = (sum & 0xffff) + (sum >>> 16);
  sum = (sum & 0xffff) + (sum >>> 16);
  view.setUint16(RECORD + 10, ~sum & 0xffff);
}

function ipv6(bytes: Uint8Array, view: DataView, source: Uint8Array, target: Uint8Array, payload: number): void {
  view.setUint8(RECORD, 0x60);
  view.setUint16(RECORD + 4, payload);
  view.setUint8(RECORD + 6, 17);
  view.setUint8(RECORD + 7, 64);
  bytes.set(source, RECORD + 8);
  bytes.set(target, RECORD + 24);
}

/** `::ffff:a.b.c.d` for IPv4. */
function wide(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  const bytes = new Uint8Array(16);
  bytes.set([0xff, 0xff], 10);
  bytes.set(address, 12);
  return bytes;
}

/** Bytes of an address as Node writes it; 0.0.0.0 for what is none. */
function numbers(text: string): Uint8Array {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(text)?.[1] ?? text;
  if (/^\d+(?:\.\d+){3}$/u.test(mapped)) return Uint8Array.from(mapped.split('.').map(Number));
  const bare = text.replace(/%.*/u, '');
  if (!bare.includes(':')) return new Uint8Array(4);
  const [before = '', after] = bare.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const middle =
    after === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [i, group] of [...left, ...middle, ...right].slice(0, 8).entries())
    view.setUint16(i * 2, Number.parseInt(group, 16) || 0);
  return bytes;
}
