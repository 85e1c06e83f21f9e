import { formats } from './formats.ts';
import type { Input } from './input.ts';
import type { CaptureReader } from './reader.ts';

/** Bytes read at a time on the way to a packet. */
const CHUNK = 64 << 10;

/** A packet as it was captured. */
export interface CapturedPacket {
  readonly bytes: Uint8Array;
  /** Offset of its first byte in the input. */
  readonly at: number;
  /** Bytes it had on the wire. */
  readonly original: number;
  readonly linkType: number;
  readonly interfaceId: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

/**
 * The packet of `input` that holds the byte at `offset`, which was read before. Read again from the nearest place that
 * is known as the beginning of a record: some megabytes at most, whatever the capture's length. Null where no packet
 * does. Throws CaptureError where the input became shorter or can be read only once.
 */
export function packetAt(input: Input, offset: number): CapturedPacket | null {
  const { start, headers } = input.places.before(offset);
  const reader = formats.find(({ name }) => name === input.reader.format)?.open();
  if (reader === undefined) return null;
  for (const { at, length } of headers) {
    const bytes = input.again(at, length);
    reader.next(bytes, viewOf(bytes), 0, bytes.length);
  }
  let from = start;
  let bytes = input.again(from, CHUNK);
  let at = 0;
  while (from + at <= offset) {
    const used = reader.next(bytes, viewOf(bytes), at, bytes.length);
    if (used < 0) return null;
    if (used === 0) {
      const wanted = Math.max(reader.need, CHUNK);
      from += at;
      at = 0;
      const more = input.again(from, wanted);
      // The end of what is there: nothing new, and the reader wants more.
      if (more.length < reader.need) return null;
      bytes = more;
      continue;
    }
    if (reader.packet && offset < from + at + used) return found(reader, bytes, from, offset);
    at += used;
  }
  return null;
}

function found(reader: CaptureReader, bytes: Uint8Array, from: number, offset: number): CapturedPacket | null {
  const { dataAt, captured, original, linkType, interfaceId, seconds, nanoseconds } = reader;
  const at = from + dataAt;
  if (offset < at || offset >= at + Math.max(captured, 1)) return null;
  return {
    bytes: bytes.slice(dataAt, dataAt + captured),
    at,
    original,
    linkType,
    interfaceId,
    seconds,
    nanoseconds,
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
