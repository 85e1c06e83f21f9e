/** Looking for one byte, eight bytes at a step: line ends are what a scanner of SIP spends most of its time on. */

/* The byte that is looked for, four times. */
export const LINE_FEEDS = 0x0a0a_0a0a;
export const COMMAS = 0x2c2c_2c2c;
export const SEMICOLONS = 0x3b3b_3b3b;

/**
 * The next place at or behind `at` that holds the byte of which `four` has four, or `end`: eight bytes at a step, two
 * thirds of the time of one by one. `view` shows the same bytes. `| 0` here and in SipHead tells the compiler that
 * offsets are 32-bit numbers; without it the loops count in floating point, which costs as much again.
 */
export function findByte(bytes: Uint8Array, view: DataView, at: number, end: number, four: number): number {
  let next = at | 0;
  const last = (end - 8) | 0;
  while (next <= last) {
    const a = view.getInt32(next, true) ^ four;
    const hitA = (a - 0x0101_0101) & ~a & 0x8080_8080;
    if (hitA !== 0) return next + ((31 - Math.clz32(hitA & -hitA)) >> 3);
    const b = view.getInt32(next + 4, true) ^ four;
    const hitB = (b - 0x0101_0101) & ~b & 0x8080_8080;
    if (hitB !== 0) return next + 4 + ((31 - Math.clz32(hitB & -hitB)) >> 3);
    next = (next + 8) | 0;
  }
  const one = four & 0xff;
  while (next < end && bytes[next] !== one) next++;
  return next;
}
