/**
 * Words of WebAssembly's binary format, for the few loops that are written in it by hand: there is nothing to translate
 * them with.
 */

/** Bytes, in pieces. */
export type Code = readonly (number | Code)[];

/** Bytes of a page of memory. */
export const PAGE = 1 << 16;

/** All bytes of the pieces, in order. */
export function flat(code: Code): number[] {
  const bytes: number[] = [];
  append(code, bytes);
  return bytes;
}

/** It runs once, while nothing is compiled yet: an index is several times as fast then as an iterator. */
function append(code: Code, bytes: number[]): void {
  const { length } = code;
  for (let i = 0; i < length; i++) {
    const part = code[i] as number | Code;
    if (typeof part === 'number') bytes.push(part);
    else append(part, bytes);
  }
}

/** Numbers below 128 are a byte of their own; others go by seven bits, the lowest first. */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, unsigned(value >>> 7)];
}

/** The same for numbers with a sign: it is bit 6 of the last byte. */
export function signed(value: number): Code {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, signed(value >> 7)];
}

export const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
export const section = (id: number, content: Code): Code => [id, sized(content)];
export const name = (text: string): Code => [unsigned(text.length), Array.from(text, (sign) => sign.charCodeAt(0))];

/** Behind how many bytes it has. */
export function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

/** What a module begins with. */
export const MAGIC: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Kinds of values. */
export const I32 = 0x7f;
export const V128 = 0x7b;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number): Code => [0x21, local];
export const tee = (local: number): Code => [0x22, local];
export const i32 = (value: number): Code => [0x41, signed(value)];
export const BLOCK: Code = [0x02, 0x40];
export const LOOP: Code = [0x03, 0x40];
export const IF: Code = [0x04, 0x40];
export const END: Code = [0x0b];
export const RETURN: Code = [0x0f];
export const branch = (depth: number): Code => [0x0c, depth];
export const branchIf = (depth: number): Code => [0x0d, depth];
export const call = (number: number): Code => [0x10, number];

/** An operation on 16 bytes. */
export const vector = (operation: number): Code => [0xfd, unsigned(operation)];
/** 16 bytes from the address on the stack plus `offset`, wherever they lie. */
export const load = (offset = 0): Code => [vector(0), 0, unsigned(offset)];
/** One byte from there, 16 times. */
export const loadOne = (offset = 0): Code => [vector(7), 0, unsigned(offset)];
/** 16 bytes from the stack to the address below them plus `offset`. */
export const store = (offset = 0): Code => [vector(11), 0, unsigned(offset)];
