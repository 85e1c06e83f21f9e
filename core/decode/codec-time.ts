/**
 * How long a payload lasts, for codecs that say so by its size or its first bytes: samples and fixed frames (RFC 3551
 * 4.5), iLBC (RFC 3952), AMR and AMR-WB (RFC 4867 4.3, 4.4), EVS (3GPP TS 26.445 A.2), Opus (RFC 6716 3.). Null where the
 * codec does not tell, or the size fits none of its frames.
 */
import type { Codec } from './sdp-codecs.ts';

export interface PayloadTime {
  readonly ms: number;
  /** Frames in the packet; null for codecs of samples. */
  readonly frames: number | null;
}

/** @param length bytes of the whole payload; `head` holds the first of them. */
export function payloadTime(codec: Codec, length: number, head: Uint8Array): PayloadTime | null {
  if (length <= 0) return null;
  const name = codec.name.toUpperCase();
  const perMs = samplesPerMs(name, codec);
  if (perMs > 0) return { ms: length / perMs, frames: null };
  switch (name) {
    case 'G729':
    case 'G729A':
      return frames(Math.floor(length / 10) + (length % 10 === 2 ? 1 : 0), 10, length % 10 === 0 || length % 10 === 2);
    case 'GSM':
      return frames(length / 33, 20);
    case 'GSM-EFR':
      return frames(length / 31, 20);
    case 'ILBC':
      return frames(length / 50, 30) ?? frames(length / 38, 20);
    case 'G723':
      return g723(length, head);
    case 'DVI4':
      return length > 4 ? { ms: ((length - 4) * 2 * 1000) / codec.clockRate, frames: null } : null;
    case 'AMR':
      return amr(codec, head, amrBits);
    case 'AMR-WB':
      return amr(codec, head, amrWbBits);
    case 'EVS':
      return evs(length, head);
    case 'OPUS':
      return opus(head);
    default:
      return null;
  }
}

/** Bytes of a millisecond for codecs whose payload grows evenly; 0 for others. */
function samplesPerMs(name: string, { clockRate, channels }: Codec): number {
  const wide = Math.max(1, channels);
  switch (name) {
    case 'PCMU':
    case 'PCMA':
      return (clockRate / 1000) * wide;
    case 'G722':
      return 8 * wide;
    case 'L8':
      return (clockRate / 1000) * wide;
    case 'L16':
      return (clockRate / 1000) * 2 * wide;
    case 'L24':
      return (clockRate / 1000) * 3 * wide;
    case 'G726-16':
      return 2;
    case 'G726-24':
      return 3;
    case 'G726-32':
      return 4;
    case 'G726-40':
      return 5;
    default:
      return 0;
  }
}

function frames(count: number, ms: number, fits = Number.isInteger(count)): PayloadTime | null {
  return fits && count > 0 ? { ms: count * ms, frames: count } : null;
}

/** Bytes of a frame by the last two bits of its first byte. */
const g723Sizes = [24, 20, 4, 1];

/** Later frames may be of another size; the head is long enough for the first of 30 ms or 60 ms. */
function g723(length: number, head: Uint8Array): PayloadTime | null {
  let at = 0;
  let count = 0;
  while (at < length && at < head.length) {
    at += g723Sizes[(head[at] as number) & 3] as number;
    count += 1;
  }
  return at === length ? frames(count, 30) : frames(length / 24, 30);
}

/** Bits of speech by frame type; types that are not there carry none. */
const amrBits = [95, 103, 118, 134, 148, 159, 204, 244, 39];
const amrWbBits = [132, 177, 253, 285, 317, 365, 397, 461, 477, 40];

/** Counts the entries of the table of contents. Without `octet-align=1` the layout is dense: a request of 4 bits, entries of 6. */
function amr(codec: Codec, head: Uint8Array, bits: readonly number[]): PayloadTime | null {
  const isAligned = /(?:^|[;\s])octet-align\s*=\s*1/iu.test(codec.parameters ?? '');
  const width = isAligned ? 8 : 6;
  let at = isAligned ? 8 : 4;
  for (let count = 1; at + width <= head.length * 8; count++, at += width) {
    const entry = bitsAt(head, at, 6);
    const type = (entry >>> 1) & 15;
    if (type >= bits.length && type < 14) return null;
    if (entry >>> 5 === 0) return frames(count, 20);
  }
  return null;
}

/** Mode of the first frame of AMR (0 to 7) or AMR-WB (0 to 8); null for silence, no data, and what is neither. */
export function amrMode(codec: Codec, head: Uint8Array): number | null {
  const isWide = codec.name.toUpperCase() === 'AMR-WB';
  const isAligned = /(?:^|[;\s])octet-align\s*=\s*1/iu.test(codec.parameters ?? '');
  if (head.length < 2) return null;
  const type = (bitsAt(head, isAligned ? 8 : 4, 6) >>> 1) & 15;
  return type < (isWide ? amrWbBits : amrBits).length - 1 ? type : null;
}

function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let bit = at; bit < at + count; bit++) {
    value = (value << 1) | (((bytes[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1);
  }
  return value;
}

/** Bytes of the payloads that have no header: one frame each (A.2.1.3). */
const evsCompact = new Set([6, 7, 17, 18, 20, 23, 24, 32, 33, 36, 40, 41, 46, 50, 58, 60, 61, 80, 120, 160, 240, 320]);

function evs(length: number, head: Uint8Array): PayloadTime | null {
  if (evsCompact.has(length)) return frames(1, 20);
  // A mode request has the first bit set, entries of the table of contents have not; their second bit says whether more follow.
  let at = (head[0] ?? 0) >= 0x80 ? 1 : 0;
  for (let count = 1; at < head.length; count++, at++) {
    const entry = head[at] as number;
    if (entry >= 0x80) return null;
    if ((entry & 0x40) === 0) return frames(count, 20);
  }
  return null;
}

const silk = [10, 20, 40, 60];
const hybrid = [10, 20];
const celt = [2.5, 5, 10, 20];

function opus(head: Uint8Array): PayloadTime | null {
  const [toc = 0, second = 0] = head;
  const config = toc >>> 3;
  const ms = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1] : celt[config & 3];
  const code = toc & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : second & 63;
  // RFC 6716 3.2.5: 120 ms at most.
  return ms === undefined || count === 0 || ms * count > 120 ? null : { ms: ms * count, frames: count };
}
