/** Reading and writing the memory, for the program for media (AssemblyScript). */
import { REALS_AT } from './record';
import { NEXT } from '../room';

/** Pages by which memory grows at least. */
const PAGES: i32 = 256;

/** So many bytes of zeros; 0 where there is no more. */
export function take(bytes: usize): usize {
  const at = load<usize>(NEXT);
  const end = at + bytes;
  const have = usize(memory.size()) << 16;
  if (end > have) {
    const pages = i32((end - have + 0xffff) >>> 16);
    if (memory.grow(max(pages, PAGES)) < 0 && memory.grow(pages) < 0) return 0;
  }
  store<usize>(NEXT, (end + 63) & ~63);
  return at;
}

/** A list of things as wide as each other, told of at `list` (see state.ts): has room for one more; where there is none, false. */
export function hasRoom(list: usize, width: usize, least: i32): bool {
  const count = load<i32>(list, 4);
  const room = load<i32>(list, 8);
  if (count < room) return true;
  const more = room == 0 ? least : 2 * room;
  const to = take(usize(more) * width);
  if (to == 0) return false;
  memory.copy(to, load<usize>(list), usize(count) * width);
  store<usize>(list, to);
  store<i32>(list, more, 8);
  return true;
}

/**
 * A list in segments, whose addresses stand in a list of their own: the address of the thing of this number, from 0. There
 * is room for it, or is made; 0 where there is none.
 */
export function inSegments(list: usize, number: i32, shift: i32, width: usize): usize {
  const segment = number >>> shift;
  const within = usize(number & ((1 << shift) - 1)) * width;
  if (segment < load<i32>(list, 4)) return load<usize>(load<usize>(list) + (segment << 2)) + within;
  if (!hasRoom(list, 4, 64)) return 0;
  const to = take(width << shift);
  if (to == 0) return 0;
  store<usize>(load<usize>(list) + (segment << 2), to);
  store<i32>(list, segment + 1, 4);
  return to + within;
}

/** Adds 1 to a double. */
export function count(at: usize): void {
  store<f64>(at, load<f64>(at) + 1);
}

export function word(record: usize, field: i32): i32 {
  return load<i32>(record + (field << 2));
}

export function setWord(record: usize, field: i32, value: i32): void {
  store<i32>(record + (field << 2), value);
}

export function addWord(record: usize, field: i32, value: i32): void {
  setWord(record, field, word(record, field) + value);
}

export function real(record: usize, field: i32): f64 {
  return load<f64>(record + (field << 3), REALS_AT);
}

export function setReal(record: usize, field: i32, value: f64): void {
  store<f64>(record + (field << 3), value, REALS_AT);
}

export function addReal(record: usize, field: i32, value: f64): void {
  setReal(record, field, real(record, field) + value);
}
