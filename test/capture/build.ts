/** Captures put together by hand, byte by byte, for the tests of the readers. */

export interface Layout {
  readonly little?: boolean;
}

/** Numbers of 1, 2, 4 or 8 bytes, text and bytes, one after the other. */
export class Bytes {
  private readonly parts: Uint8Array[] = [];
  private readonly little: boolean;

  constructor(little = true) {
    this.little = little;
  }

  u8(...values: number[]): this {
    this.parts.push(Uint8Array.from(values));
    return this;
  }

  u16(...values: number[]): this {
    for (const value of values) this.number(2, (view) => view.setUint16(0, value, this.little));
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) this.number(4, (view) => view.setUint32(0, value, this.little));
    return this;
  }

  i64(value: bigint): this {
    return this.number(8, (view) => view.setBigInt64(0, value, this.little));
  }

  bytes(value: Uint8Array | string): this {
    this.parts.push(typeof value === 'string' ? new TextEncoder().encode(value) : value);
    return this;
  }

  /** Zeros up to a multiple of 4. */
  pad(): this {
    const { length } = this.done();
    return this.bytes(new Uint8Array(-length & 3));
  }

  done(): Uint8Array<ArrayBuffer> {
    return join(...this.parts);
  }

  private number(width: number, set: (view: DataView) => void): this {
    const bytes = new Uint8Array(width);
    set(new DataView(bytes.buffer));
    this.parts.push(bytes);
    return this;
  }
}

export function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** `length` bytes that differ from place to place and from `seed` to `seed`. */
export function payload(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export interface PcapHeader extends Layout {
  readonly magic?: number;
  readonly version?: readonly [number, number];
  readonly snaplen?: number;
  readonly linkType?: number;
}

export function pcapHeader(header: PcapHeader = {}): Uint8Array {
  const { little = true, magic = 0xa1b2c3d4, version = [2, 4], snaplen = 262_144, linkType = 1 } = header;
  return new Bytes(little)
    .u32(magic)
    .u16(...version)
    .u32(0, 0, snaplen, linkType)
    .done();
}

export interface PcapRecord extends Layout {
  readonly seconds?: number;
  readonly fraction?: number;
  readonly captured?: number;
  readonly original?: number;
  readonly data?: Uint8Array;
  /** Bytes between the record header and the data (the modified format has 8). */
  readonly extra?: number;
}

export function pcapRecord(record: PcapRecord = {}): Uint8Array {
  const { little = true, seconds = 1_700_000_000, fraction = 123_456, data = payload(60), extra = 0 } = record;
  const { captured = data.length, original = data.length } = record;
  return new Bytes(little).u32(seconds, fraction, captured, original).bytes(new Uint8Array(extra)).bytes(data).done();
}

export interface BlockLies extends Layout {
  readonly length?: number;
  readonly trailer?: number;
  readonly unpadded?: boolean;
}

/** A pcapng block; `lies` are lengths that are not the real ones. */
export function block(type: number, body: Uint8Array, lies: BlockLies = {}): Uint8Array {
  const padded = lies.unpadded === true ? body : new Bytes().bytes(body).pad().done();
  const { little = true, length = padded.length + 12 } = lies;
  const { trailer = length } = lies;
  return new Bytes(little).u32(type, length).bytes(padded).u32(trailer).done();
}

export function section({
  little = true,
  version = [1, 0],
}: Layout & { readonly version?: readonly [number, number] } = {}): Uint8Array {
  const body = new Bytes(little)
    .u32(0x1a2b3c4d)
    .u16(...version)
    .i64(-1n)
    .done();
  return block(0x0a0d0d0a, body, { little });
}

export function option(code: number, value: Uint8Array, { little = true }: Layout = {}): Uint8Array {
  return new Bytes(little).u16(code, value.length).bytes(value).pad().done();
}

export interface InterfaceBlock extends Layout {
  readonly linkType?: number;
  readonly snaplen?: number;
  readonly options?: Uint8Array;
}

export function interfaceBlock({ little = true, linkType = 1, snaplen = 0, options }: InterfaceBlock = {}): Uint8Array {
  const body = new Bytes(little)
    .u16(linkType, 0)
    .u32(snaplen)
    .bytes(options ?? new Uint8Array(0))
    .done();
  return block(1, body, { little });
}

export const resolution = (byte: number): Uint8Array => option(9, Uint8Array.of(byte));
export const timeOffset = (seconds: bigint): Uint8Array => option(14, new Bytes().i64(seconds).done());

/** 1700000000.123456 as microseconds. */
export const NOON = 1_700_000_000_123_456n;

export interface Enhanced extends BlockLies {
  readonly id?: number;
  readonly ticks?: bigint;
  readonly captured?: number;
  readonly original?: number;
  readonly data?: Uint8Array;
}

export function enhanced(packet: Enhanced = {}): Uint8Array {
  const { little = true, id = 0, ticks = NOON, data = payload(60) } = packet;
  const { captured = data.length, original = data.length } = packet;
  const body = new Bytes(little)
    .u32(id, Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), captured, original)
    .bytes(data)
    .done();
  return block(6, body, packet);
}

export function simple(data: Uint8Array, original = data.length, little = true): Uint8Array {
  return block(3, new Bytes(little).u32(original).bytes(data).done(), { little });
}
