import { STATE, WORDS } from './places';

const V: u32 = 16;

function turned(a: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(a, bits), i32x4.shr_u(a, 32 - bits));
}

/** Word number 16 and up: of those 16, 14, 8 and 3 before it. */
function word(a: v128, b: v128, c: v128, d: v128): v128 {
  return turned(v128.xor(v128.xor(a, b), v128.xor(c, d)), 1);
}

/* What `e` becomes in a round: of rounds 0 to 19, 40 to 59, and the others. */

function choice(a: v128, b: v128, c: v128, d: v128, e: v128, k: v128, w: v128): v128 {
  return i32x4.add(i32x4.add(i32x4.add(i32x4.add(w, k), e), v128.bitselect(c, d, b)), turned(a, 5));
}

function majority(a: v128, b: v128, c: v128, d: v128, e: v128, k: v128, w: v128): v128 {
  return i32x4.add(i32x4.add(i32x4.add(i32x4.add(w, k), e), v128.bitselect(b, c, v128.xor(c, d))), turned(a, 5));
}

function parity(a: v128, b: v128, c: v128, d: v128, e: v128, k: v128, w: v128): v128 {
  return i32x4.add(i32x4.add(i32x4.add(i32x4.add(w, k), e), v128.xor(v128.xor(c, d), b)), turned(a, 5));
}

/**
 * SHA-1 (RFC 3174): the block of each of four messages at WORDS goes into STATE, where the bits of `mask` are 1. Rounds
 * are written out, with the words of the block in locals: as loops they take a quarter longer.
 */
export function sha1(mask: v128): void {
  let a = v128.load(STATE);
  let b = v128.load(STATE, V);
  let c = v128.load(STATE, 2 * V);
  let d = v128.load(STATE, 3 * V);
  let e = v128.load(STATE, 4 * V);
  let w0 = v128.load(WORDS);
  let w1 = v128.load(WORDS, V);
  let w2 = v128.load(WORDS, 2 * V);
  let w3 = v128.load(WORDS, 3 * V);
  let w4 = v128.load(WORDS, 4 * V);
  let w5 = v128.load(WORDS, 5 * V);
  let w6 = v128.load(WORDS, 6 * V);
  let w7 = v128.load(WORDS, 7 * V);
  let w8 = v128.load(WORDS, 8 * V);
  let w9 = v128.load(WORDS, 9 * V);
  let w10 = v128.load(WORDS, 10 * V);
  let w11 = v128.load(WORDS, 11 * V);
  let w12 = v128.load(WORDS, 12 * V);
  let w13 = v128.load(WORDS, 13 * V);
  let w14 = v128.load(WORDS, 14 * V);
  let w15 = v128.load(WORDS, 15 * V);
  let k = i32x4.splat(0x5a827999);
  e = choice(a, b, c, d, e, k, w0);
  b = turned(b, 30);
  d = choice(e, a, b, c, d, k, w1);
  a = turned(a, 30);
  c = choice(d, e, a, b, c, k, w2);
  e = turned(e, 30);
  b = choice(c, d, e, a, b, k, w3);
  d = turned(d, 30);
  a = choice(b, c, d, e, a, k, w4);
  c = turned(c, 30);
  e = choice(a, b, c, d, e, k, w5);
  b = turned(b, 30);
  d = choice(e, a, b, c, d, k, w6);
  a = turned(a, 30);
  c = choice(d, e, a, b, c, k, w7);
  e = turned(e, 30);
  b = choice(c, d, e, a, b, k, w8);
  d = turned(d, 30);
  a = choice(b, c, d, e, a, k, w9);
  c = turned(c, 30);
  e = choice(a, b, c, d, e, k, w10);
  b = turned(b, 30);
  d = choice(e, a, b, c, d, k, w11);
  a = turned(a, 30);
  c = choice(d, e, a, b, c, k, w12);
  e = turned(e, 30);
  b = choice(c, d, e, a, b, k, w13);
  d = turned(d, 30);
  a = choice(b, c, d, e, a, k, w14);
  c = turned(c, 30);
  e = choice(a, b, c, d, e, k, w15);
  b = turned(b, 30);
  w0 = word(w0, w2, w8, w13);
  d = choice(e, a, b, c, d, k, w0);
  a = turned(a, 30);
  w1 = word(w1, w3, w9, w14);
  c = choice(d, e, a, b, c, k, w1);
  e = turned(e, 30);
  w2 = word(w2, w4, w10, w15);
  b = choice(c, d, e, a, b, k, w2);
  d = turned(d, 30);
  w3 = word(w3, w5, w11, w0);
  a = choice(b, c, d, e, a, k, w3);
  c = turned(c, 30);
  k = i32x4.splat(0x6ed9eba1);
  w4 = word(w4, w6, w12, w1);
  e = parity(a, b, c, d, e, k, w4);
  b = turned(b, 30);
  w5 = word(w5, w7, w13, w2);
  d = parity(e, a, b, c, d, k, w5);
  a = turned(a, 30);
  w6 = word(w6, w8, w14, w3);
  c = parity(d, e, a, b, c, k, w6);
  e = turned(e, 30);
  w7 = word(w7, w9, w15, w4);
  b = parity(c, d, e, a, b, k, w7);
  d = turned(d, 30);
  w8 = word(w8, w10, w0, w5);
  a = parity(b, c, d, e, a, k, w8);
  c = turned(c, 30);
  w9 = word(w9, w11, w1, w6);
  e = parity(a, b, c, d, e, k, w9);
  b = turned(b, 30);
  w10 = word(w10, w12, w2, w7);
  d = parity(e, a, b, c, d, k, w10);
  a = turned(a, 30);
  w11 = word(w11, w13, w3, w8);
  c = parity(d, e, a, b, c, k, w11);
  e = turned(e, 30);
  w12 = word(w12, w14, w4, w9);
  b = parity(c, d, e, a, b, k, w12);
  d = turned(d, 30);
  w13 = word(w13, w15, w5, w10);
  a = parity(b, c, d, e, a, k, w13);
  c = turned(c, 30);
  w14 = word(w14, w0, w6, w11);
  e = parity(a, b, c, d, e, k, w14);
  b = turned(b, 30);
  w15 = word(w15, w1, w7, w12);
  d = parity(e, a, b, c, d, k, w15);
  a = turned(a, 30);
  w0 = word(w0, w2, w8, w13);
  c = parity(d, e, a, b, c, k, w0);
  e = turned(e, 30);
  w1 = word(w1, w3, w9, w14);
  b = parity(c, d, e, a, b, k, w1);
  d = turned(d, 30);
  w2 = word(w2, w4, w10, w15);
  a = parity(b, c, d, e, a, k, w2);
  c = turned(c, 30);
  w3 = word(w3, w5, w11, w0);
  e = parity(a, b, c, d, e, k, w3);
  b = turned(b, 30);
  w4 = word(w4, w6, w12, w1);
  d = parity(e, a, b, c, d, k, w4);
  a = turned(a, 30);
  w5 = word(w5, w7, w13, w2);
  c = parity(d, e, a, b, c, k, w5);
  e = turned(e, 30);
  w6 = word(w6, w8, w14, w3);
  b = parity(c, d, e, a, b, k, w6);
  d = turned(d, 30);
  w7 = word(w7, w9, w15, w4);
  a = parity(b, c, d, e, a, k, w7);
  c = turned(c, 30);
  k = i32x4.splat(0x8f1bbcdc);
  w8 = word(w8, w10, w0, w5);
  e = majority(a, b, c, d, e, k, w8);
  b = turned(b, 30);
  w9 = word(w9, w11, w1, w6);
  d = majority(e, a, b, c, d, k, w9);
  a = turned(a, 30);
  w10 = word(w10, w12, w2, w7);
  c = majority(d, e, a, b, c, k, w10);
  e = turned(e, 30);
  w11 = word(w11, w13, w3, w8);
  b = majority(c, d, e, a, b, k, w11);
  d = turned(d, 30);
  w12 = word(w12, w14, w4, w9);
  a = majority(b, c, d, e, a, k, w12);
  c = turned(c, 30);
  w13 = word(w13, w15, w5, w10);
  e = majority(a, b, c, d, e, k, w13);
  b = turned(b, 30);
  w14 = word(w14, w0, w6, w11);
  d = majority(e, a, b, c, d, k, w14);
  a = turned(a, 30);
  w15 = word(w15, w1, w7, w12);
  c = majority(d, e, a, b, c, k, w15);
  e = turned(e, 30);
  w0 = word(w0, w2, w8, w13);
  b = majority(c, d, e, a, b, k, w0);
  d = turned(d, 30);
  w1 = word(w1, w3, w9, w14);
  a = majority(b, c, d, e, a, k, w1);
  c = turned(c, 30);
  w2 = word(w2, w4, w10, w15);
  e = majority(a, b, c, d, e, k, w2);
  b = turned(b, 30);
  w3 = word(w3, w5, w11, w0);
  d = majority(e, a, b, c, d, k, w3);
  a = turned(a, 30);
  w4 = word(w4, w6, w12, w1);
  c = majority(d, e, a, b, c, k, w4);
  e = turned(e, 30);
  w5 = word(w5, w7, w13, w2);
  b = majority(c, d, e, a, b, k, w5);
  d = turned(d, 30);
  w6 = word(w6, w8, w14, w3);
  a = majority(b, c, d, e, a, k, w6);
  c = turned(c, 30);
  w7 = word(w7, w9, w15, w4);
  e = majority(a, b, c, d, e, k, w7);
  b = turned(b, 30);
  w8 = word(w8, w10, w0, w5);
  d = majority(e, a, b, c, d, k, w8);
  a = turned(a, 30);
  w9 = word(w9, w11, w1, w6);
  c = majority(d, e, a, b, c, k, w9);
  e = turned(e, 30);
  w10 = word(w10, w12, w2, w7);
  b = majority(c, d, e, a, b, k, w10);
  d = turned(d, 30);
  w11 = word(w11, w13, w3, w8);
  a = majority(b, c, d, e, a, k, w11);
  c = turned(c, 30);
  k = i32x4.splat(0xca62c1d6);
  w12 = word(w12, w14, w4, w9);
  e = parity(a, b, c, d, e, k, w12);
  b = turned(b, 30);
  w13 = word(w13, w15, w5, w10);
  d = parity(e, a, b, c, d, k, w13);
  a = turned(a, 30);
  w14 = word(w14, w0, w6, w11);
  c = parity(d, e, a, b, c, k, w14);
  e = turned(e, 30);
  w15 = word(w15, w1, w7, w12);
  b = parity(c, d, e, a, b, k, w15);
  d = turned(d, 30);
  w0 = word(w0, w2, w8, w13);
  a = parity(b, c, d, e, a, k, w0);
  c = turned(c, 30);
  w1 = word(w1, w3, w9, w14);
  e = parity(a, b, c, d, e, k, w1);
  b = turned(b, 30);
  w2 = word(w2, w4, w10, w15);
  d = parity(e, a, b, c, d, k, w2);
  a = turned(a, 30);
  w3 = word(w3, w5, w11, w0);
  c = parity(d, e, a, b, c, k, w3);
  e = turned(e, 30);
  w4 = word(w4, w6, w12, w1);
  b = parity(c, d, e, a, b, k, w4);
  d = turned(d, 30);
  w5 = word(w5, w7, w13, w2);
  a = parity(b, c, d, e, a, k, w5);
  c = turned(c, 30);
  w6 = word(w6, w8, w14, w3);
  e = parity(a, b, c, d, e, k, w6);
  b = turned(b, 30);
  w7 = word(w7, w9, w15, w4);
  d = parity(e, a, b, c, d, k, w7);
  a = turned(a, 30);
  w8 = word(w8, w10, w0, w5);
  c = parity(d, e, a, b, c, k, w8);
  e = turned(e, 30);
  w9 = word(w9, w11, w1, w6);
  b = parity(c, d, e, a, b, k, w9);
  d = turned(d, 30);
  w10 = word(w10, w12, w2, w7);
  a = parity(b, c, d, e, a, k, w10);
  c = turned(c, 30);
  w11 = word(w11, w13, w3, w8);
  e = parity(a, b, c, d, e, k, w11);
  b = turned(b, 30);
  w12 = word(w12, w14, w4, w9);
  d = parity(e, a, b, c, d, k, w12);
  a = turned(a, 30);
  w13 = word(w13, w15, w5, w10);
  c = parity(d, e, a, b, c, k, w13);
  e = turned(e, 30);
  w14 = word(w14, w0, w6, w11);
  b = parity(c, d, e, a, b, k, w14);
  d = turned(d, 30);
  w15 = word(w15, w1, w7, w12);
  a = parity(b, c, d, e, a, k, w15);
  c = turned(c, 30);
  keep(0, a, mask);
  keep(V, b, mask);
  keep(2 * V, c, mask);
  keep(3 * V, d, mask);
  keep(4 * V, e, mask);
}

function keep(place: u32, value: v128, mask: v128): void {
  v128.store(STATE + place, i32x4.add(v128.load(STATE + place), v128.and(value, mask)));
}
