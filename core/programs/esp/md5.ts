import { STATE, WORDS } from './places';

const V: u32 = 16;

/** What the rounds add: the sines of 1 to 64. */
const CONSTANTS = <u32>(
  memory.data<u32>([
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
    0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
    0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
    0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
    0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
    0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
    0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
    0xeb86d391,
  ])
);

/** The sum, turned to the left, and `b`. */
function stirred(sum: v128, b: v128, bits: i32): v128 {
  return i32x4.add(v128.or(i32x4.shl(sum, bits), i32x4.shr_u(sum, 32 - bits)), b);
}

function constant(round: u32): v128 {
  return v128.load32_splat(CONSTANTS + 4 * round);
}

function sum(a: v128, mixed: v128, w: v128, round: u32): v128 {
  return i32x4.add(i32x4.add(i32x4.add(w, constant(round)), a), mixed);
}

/* What `a` becomes in a round, by quarters. */

function first(a: v128, b: v128, c: v128, d: v128, w: v128, round: u32, bits: i32): v128 {
  return stirred(sum(a, v128.bitselect(c, d, b), w, round), b, bits);
}

function second(a: v128, b: v128, c: v128, d: v128, w: v128, round: u32, bits: i32): v128 {
  return stirred(sum(a, v128.bitselect(b, c, d), w, round), b, bits);
}

function third(a: v128, b: v128, c: v128, d: v128, w: v128, round: u32, bits: i32): v128 {
  return stirred(sum(a, v128.xor(v128.xor(c, d), b), w, round), b, bits);
}

function fourth(a: v128, b: v128, c: v128, d: v128, w: v128, round: u32, bits: i32): v128 {
  return stirred(sum(a, v128.xor(c, v128.or(v128.not(d), b)), w, round), b, bits);
}

/** MD5 (RFC 1321): the block of each of four messages at WORDS goes into STATE, where the bits of `mask` are 1. */
export function md5(mask: v128): void {
  let a = v128.load(STATE);
  let b = v128.load(STATE, V);
  let c = v128.load(STATE, 2 * V);
  let d = v128.load(STATE, 3 * V);
  const w0 = v128.load(WORDS);
  const w1 = v128.load(WORDS, V);
  const w2 = v128.load(WORDS, 2 * V);
  const w3 = v128.load(WORDS, 3 * V);
  const w4 = v128.load(WORDS, 4 * V);
  const w5 = v128.load(WORDS, 5 * V);
  const w6 = v128.load(WORDS, 6 * V);
  const w7 = v128.load(WORDS, 7 * V);
  const w8 = v128.load(WORDS, 8 * V);
  const w9 = v128.load(WORDS, 9 * V);
  const w10 = v128.load(WORDS, 10 * V);
  const w11 = v128.load(WORDS, 11 * V);
  const w12 = v128.load(WORDS, 12 * V);
  const w13 = v128.load(WORDS, 13 * V);
  const w14 = v128.load(WORDS, 14 * V);
  const w15 = v128.load(WORDS, 15 * V);
  a = first(a, b, c, d, w0, 0, 7);
  d = first(d, a, b, c, w1, 1, 12);
  c = first(c, d, a, b, w2, 2, 17);
  b = first(b, c, d, a, w3, 3, 22);
  a = first(a, b, c, d, w4, 4, 7);
  d = first(d, a, b, c, w5, 5, 12);
  c = first(c, d, a, b, w6, 6, 17);
  b = first(b, c, d, a, w7, 7, 22);
  a = first(a, b, c, d, w8, 8, 7);
  d = first(d, a, b, c, w9, 9, 12);
  c = first(c, d, a, b, w10, 10, 17);
  b = first(b, c, d, a, w11, 11, 22);
  a = first(a, b, c, d, w12, 12, 7);
  d = first(d, a, b, c, w13, 13, 12);
  c = first(c, d, a, b, w14, 14, 17);
  b = first(b, c, d, a, w15, 15, 22);
  a = second(a, b, c, d, w1, 16, 5);
  d = second(d, a, b, c, w6, 17, 9);
  c = second(c, d, a, b, w11, 18, 14);
  b = second(b, c, d, a, w0, 19, 20);
  a = second(a, b, c, d, w5, 20, 5);
  d = second(d, a, b, c, w10, 21, 9);
  c = second(c, d, a, b, w15, 22, 14);
  b = second(b, c, d, a, w4, 23, 20);
  a = second(a, b, c, d, w9, 24, 5);
  d = second(d, a, b, c, w14, 25, 9);
  c = second(c, d, a, b, w3, 26, 14);
  b = second(b, c, d, a, w8, 27, 20);
  a = second(a, b, c, d, w13, 28, 5);
  d = second(d, a, b, c, w2, 29, 9);
  c = second(c, d, a, b, w7, 30, 14);
  b = second(b, c, d, a, w12, 31, 20);
  a = third(a, b, c, d, w5, 32, 4);
  d = third(d, a, b, c, w8, 33, 11);
  c = third(c, d, a, b, w11, 34, 16);
  b = third(b, c, d, a, w14, 35, 23);
  a = third(a, b, c, d, w1, 36, 4);
  d = third(d, a, b, c, w4, 37, 11);
  c = third(c, d, a, b, w7, 38, 16);
  b = third(b, c, d, a, w10, 39, 23);
  a = third(a, b, c, d, w13, 40, 4);
  d = third(d, a, b, c, w0, 41, 11);
  c = third(c, d, a, b, w3, 42, 16);
  b = third(b, c, d, a, w6, 43, 23);
  a = third(a, b, c, d, w9, 44, 4);
  d = third(d, a, b, c, w12, 45, 11);
  c = third(c, d, a, b, w15, 46, 16);
  b = third(b, c, d, a, w2, 47, 23);
  a = fourth(a, b, c, d, w0, 48, 6);
  d = fourth(d, a, b, c, w7, 49, 10);
  c = fourth(c, d, a, b, w14, 50, 15);
  b = fourth(b, c, d, a, w5, 51, 21);
  a = fourth(a, b, c, d, w12, 52, 6);
  d = fourth(d, a, b, c, w3, 53, 10);
  c = fourth(c, d, a, b, w10, 54, 15);
  b = fourth(b, c, d, a, w1, 55, 21);
  a = fourth(a, b, c, d, w8, 56, 6);
  d = fourth(d, a, b, c, w15, 57, 10);
  c = fourth(c, d, a, b, w6, 58, 15);
  b = fourth(b, c, d, a, w13, 59, 21);
  a = fourth(a, b, c, d, w4, 60, 6);
  d = fourth(d, a, b, c, w11, 61, 10);
  c = fourth(c, d, a, b, w2, 62, 15);
  b = fourth(b, c, d, a, w9, 63, 21);
  keep(0, a, mask);
  keep(V, b, mask);
  keep(2 * V, c, mask);
  keep(3 * V, d, mask);
}

function keep(place: u32, value: v128, mask: v128): void {
  v128.store(STATE + place, i32x4.add(v128.load(STATE + place), v128.and(value, mask)));
}
