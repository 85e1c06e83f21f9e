import { STATE, WORDS } from './places';

const V: u32 = 16;

/** What the rounds add: the first bits behind the point of the cube roots of the first 64 primes. */
const CONSTANTS = <u32>(
  memory.data<u32>([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
  ])
);
/** Bytes of those for 16 rounds, and of all. */
const TURN: u32 = 64;
const ALL: u32 = 256;

function turned(a: v128, bits: i32): v128 {
  return v128.or(i32x4.shr_u(a, bits), i32x4.shl(a, 32 - bits));
}

/** What of a round goes into `d` as well. */
function first(e: v128, f: v128, g: v128, h: v128, w: v128, constant: u32): v128 {
  const sum = i32x4.add(i32x4.add(i32x4.add(w, v128.load32_splat(constant)), h), v128.bitselect(f, g, e));
  return i32x4.add(sum, v128.xor(v128.xor(turned(e, 6), turned(e, 11)), turned(e, 25)));
}

/** What of a round does not. */
function second(a: v128, b: v128, c: v128): v128 {
  const sum = v128.xor(v128.xor(turned(a, 2), turned(a, 13)), turned(a, 22));
  return i32x4.add(sum, v128.bitselect(c, a, v128.xor(a, b)));
}

/** Word number 16 and up: of those 16, 15, 7 and 2 before it. */
function word(a: v128, b: v128, c: v128, d: v128): v128 {
  const early = v128.xor(v128.xor(turned(b, 7), turned(b, 18)), i32x4.shr_u(b, 3));
  const late = v128.xor(v128.xor(turned(d, 17), turned(d, 19)), i32x4.shr_u(d, 10));
  return i32x4.add(i32x4.add(a, c), i32x4.add(early, late));
}

/** SHA-256 (RFC 6234): the block of each of four messages at WORDS goes into STATE, where the bits of `mask` are 1. */
export function sha256(mask: v128): void {
  let a = v128.load(STATE);
  let b = v128.load(STATE, V);
  let c = v128.load(STATE, 2 * V);
  let d = v128.load(STATE, 3 * V);
  let e = v128.load(STATE, 4 * V);
  let f = v128.load(STATE, 5 * V);
  let g = v128.load(STATE, 6 * V);
  let h = v128.load(STATE, 7 * V);
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
  let t: v128;
  let at = CONSTANTS;
  for (;;) {
    t = first(e, f, g, h, w0, at);
    d = i32x4.add(d, t);
    h = i32x4.add(second(a, b, c), t);
    t = first(d, e, f, g, w1, at + 4);
    c = i32x4.add(c, t);
    g = i32x4.add(second(h, a, b), t);
    t = first(c, d, e, f, w2, at + 8);
    b = i32x4.add(b, t);
    f = i32x4.add(second(g, h, a), t);
    t = first(b, c, d, e, w3, at + 12);
    a = i32x4.add(a, t);
    e = i32x4.add(second(f, g, h), t);
    t = first(a, b, c, d, w4, at + 16);
    h = i32x4.add(h, t);
    d = i32x4.add(second(e, f, g), t);
    t = first(h, a, b, c, w5, at + 20);
    g = i32x4.add(g, t);
    c = i32x4.add(second(d, e, f), t);
    t = first(g, h, a, b, w6, at + 24);
    f = i32x4.add(f, t);
    b = i32x4.add(second(c, d, e), t);
    t = first(f, g, h, a, w7, at + 28);
    e = i32x4.add(e, t);
    a = i32x4.add(second(b, c, d), t);
    t = first(e, f, g, h, w8, at + 32);
    d = i32x4.add(d, t);
    h = i32x4.add(second(a, b, c), t);
    t = first(d, e, f, g, w9, at + 36);
    c = i32x4.add(c, t);
    g = i32x4.add(second(h, a, b), t);
    t = first(c, d, e, f, w10, at + 40);
    b = i32x4.add(b, t);
    f = i32x4.add(second(g, h, a), t);
    t = first(b, c, d, e, w11, at + 44);
    a = i32x4.add(a, t);
    e = i32x4.add(second(f, g, h), t);
    t = first(a, b, c, d, w12, at + 48);
    h = i32x4.add(h, t);
    d = i32x4.add(second(e, f, g), t);
    t = first(h, a, b, c, w13, at + 52);
    g = i32x4.add(g, t);
    c = i32x4.add(second(d, e, f), t);
    t = first(g, h, a, b, w14, at + 56);
    f = i32x4.add(f, t);
    b = i32x4.add(second(c, d, e), t);
    t = first(f, g, h, a, w15, at + 60);
    e = i32x4.add(e, t);
    a = i32x4.add(second(b, c, d), t);
    at += TURN;
    if (at === CONSTANTS + ALL) break;
    w0 = word(w0, w1, w9, w14);
    w1 = word(w1, w2, w10, w15);
    w2 = word(w2, w3, w11, w0);
    w3 = word(w3, w4, w12, w1);
    w4 = word(w4, w5, w13, w2);
    w5 = word(w5, w6, w14, w3);
    w6 = word(w6, w7, w15, w4);
    w7 = word(w7, w8, w0, w5);
    w8 = word(w8, w9, w1, w6);
    w9 = word(w9, w10, w2, w7);
    w10 = word(w10, w11, w3, w8);
    w11 = word(w11, w12, w4, w9);
    w12 = word(w12, w13, w5, w10);
    w13 = word(w13, w14, w6, w11);
    w14 = word(w14, w15, w7, w12);
    w15 = word(w15, w0, w8, w13);
  }
  keep(0, a, mask);
  keep(V, b, mask);
  keep(2 * V, c, mask);
  keep(3 * V, d, mask);
  keep(4 * V, e, mask);
  keep(5 * V, f, mask);
  keep(6 * V, g, mask);
  keep(7 * V, h, mask);
}

function keep(place: u32, value: v128, mask: v128): void {
  v128.store(STATE + place, i32x4.add(v128.load(STATE + place), v128.and(value, mask)));
}
