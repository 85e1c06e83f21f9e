/**
 * Words of WebAssembly's binary format, for the few loops that are written in it by hand: each is one loop, and there is
 * nothing to translate it with.
 */

export type Code = readonly number[];

/** Bytes of a page of memory. */
export const PAGE = 1 << 16;

/** Numbers below 128 are a byte of their own; others go by seven bits, the lowest first. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** The same for numbers with a sign: the last byte's bit 6 is the sign. */
export function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

/** One behind the other: many times as fast as `flat`. */
export const joined = (items: readonly Code[]): number[] => ([] as number[]).concat(...items);
export const list = (items: readonly Code[]): number[] => [...unsigned(items.length), ...joined(items)];
export const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
export const name = (text: string): number[] => [
  ...unsigned(text.length),
  ...Array.from(text, (sign) => sign.charCodeAt(0)),
];

/** What a module begins with. */
export const MAGIC: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Kinds of values. */
export const I32 = 0x7f;
export const V128 = 0x7b;

export const get = (local: number): number[] => [0x20, local];
export const set = (local: number): number[] => [0x21, local];
export const tee = (local: number): number[] => [0x22, local];
export const i32 = (value: number): number[] => [0x41, ...signed(value)];
export const BLOCK: Code = [0x02, 0x40];
export const LOOP: Code = [0x03, 0x40];
export const IF: Code = [0x04, 0x40];
export const END: Code = [0x0b];
export const RETURN: Code = [0x0f];
export const branch = (depth: number): number[] => [0x0c, depth];
export const branchIf = (depth: number): number[] => [0x0d, depth];
export const call = (number: number): number[] => [0x10, number];

/** An operation on 16 bytes. */
export const vector = (operation: number): number[] => [0xfd, ...unsigned(operation)];
/** 16 bytes from the address on the stack plus `offset`, wherever they lie. */
export const load = (offset = 0): number[] => [...vector(0), 0, ...unsigned(offset)];
/** One byte, or four, from there, as often as they fit in. */
export const loadByte = (offset = 0): number[] => [...vector(7), 0, ...unsigned(offset)];
export const loadWord = (offset = 0): number[] => [...vector(9), 0, ...unsigned(offset)];
/** 16 bytes from the stack to the address below them plus `offset`. */
export const store = (offset = 0): number[] => [...vector(11), 0, ...unsigned(offset)];
