import { md5 } from './md5';
import {
  AT,
  BLOCKS,
  END,
  FOUR,
  FROM,
  GOOD,
  HASH,
  ICV,
  INNER,
  KEY,
  LOCK,
  LOCK_NUMBER,
  LOCKS,
  MD5,
  OUTER,
  ROW,
  ROWS,
  SHA1,
  SHA256,
  STATE,
  TAILS,
  WHOLE,
  WORDS,
} from './places';
import { sha1 } from './sha1';
import { sha256 } from './sha256';

const V: u32 = 16;
/** Bytes of a block of the hashes here; two of them. */
const BLOCK: u32 = 64;
const TAIL: u32 = 128;
/** What they begin with: MD5 and SHA-1, SHA-256. */
const FIRST = <u32>memory.data<u32>([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
const FIRST_256 = <u32>(
  memory.data<u32>([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19])
);

/** Words of a hash. */
function wordsOf(hash: u32): u32 {
  if (hash === SHA1) return 5;
  return hash === MD5 ? 4 : 8;
}

function compress(hash: u32, mask: v128): void {
  if (hash === SHA1) sha1(mask);
  else if (hash === SHA256) sha256(mask);
  else md5(mask);
}

function swapped(bytes: v128): v128 {
  return i8x16.shuffle(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Where a block of a message begins. */
function blockOf(lane: u32, block: u32): u32 {
  const whole = load<u32>(WHOLE + 4 * lane);
  if (block < whole) return <u32>load<u32>(FROM + 4 * lane) + BLOCK * block;
  // Of a message that is over already nothing counts.
  const behind = block - whole;
  return TAILS + TAIL * lane + (behind < 2 ? BLOCK * behind : 0);
}

/** The block with this number of each message to WORDS: the same word of all four side by side. */
function gather(block: u32, isLittle: bool): void {
  const first = blockOf(0, block);
  const second = blockOf(1, block);
  const third = blockOf(2, block);
  const fourth = blockOf(3, block);
  for (let at: u32 = 0; at < BLOCK; at += V) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    const c = v128.load(third + at);
    const d = v128.load(fourth + at);
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const abBehind = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cdBehind = i32x4.shuffle(c, d, 2, 6, 3, 7);
    let w0 = i64x2.shuffle(ab, cd, 0, 2);
    let w1 = i64x2.shuffle(ab, cd, 1, 3);
    let w2 = i64x2.shuffle(abBehind, cdBehind, 0, 2);
    let w3 = i64x2.shuffle(abBehind, cdBehind, 1, 3);
    if (!isLittle) {
      w0 = swapped(w0);
      w1 = swapped(w1);
      w2 = swapped(w2);
      w3 = swapped(w3);
    }
    const to = WORDS + 4 * at;
    v128.store(to, w0);
    v128.store(to, w1, V);
    v128.store(to, w2, 2 * V);
    v128.store(to, w3, 3 * V);
  }
}

/** The states of the four messages’ keys into STATE: those at `place` of a key. */
function begin(words: u32, place: u32): void {
  for (let lane: u32 = 0; lane < 4; lane++) {
    const key = lockOf(lane) + place;
    for (let i: u32 = 0; i < words; i++) store<u32>(STATE + V * i + 4 * lane, load<u32>(key + 4 * i));
  }
}

function rowOf(lane: u32): u32 {
  return ROWS + ROW * load<u32>(FOUR + 4 * lane);
}

function lockOf(lane: u32): u32 {
  return LOCKS + LOCK * load<u32>(rowOf(lane) + LOCK_NUMBER);
}

/** Prepares the message of a row, `shift` bytes from where it says, for a lane. Returns its blocks. */
function take(lane: u32, shift: i32, isLittle: bool): u32 {
  const row = rowOf(lane);
  const from = load<u32>(row + AT) + shift;
  const length = load<u32>(row + END) + shift - load<u32>(lockOf(lane) + ICV) - from;
  const whole = length / BLOCK;
  const left = length % BLOCK;
  const count: u32 = left + 9 > BLOCK ? 2 : 1;
  const tail = TAILS + TAIL * lane;
  memory.fill(tail, 0, TAIL);
  memory.copy(tail, from + whole * BLOCK, left);
  store<u8>(tail + left, 0x80);
  const end = tail + count * BLOCK;
  const bits = 8 * (BLOCK + length);
  if (isLittle) store<u32>(end - 8, bits);
  else store<u32>(end - 4, bswap<u32>(bits));
  store<u32>(FROM + 4 * lane, from);
  store<u32>(WHOLE + 4 * lane, whole);
  store<u32>(BLOCKS + 4 * lane, whole + count);
  return whole + count;
}

/** The second hash of an HMAC (RFC 2104 2.): behind a block of the key stands what came out of the first. */
function outer(hash: u32, words: u32, isLittle: bool): void {
  for (let i: u32 = 0; i < words; i++) v128.store(WORDS + V * i, v128.load(STATE + V * i));
  for (let i: u32 = words; i < 16; i++) v128.store(WORDS + V * i, i32x4.splat(0));
  v128.store(WORDS + V * words, i32x4.splat(isLittle ? 0x80 : <i32>0x80000000));
  v128.store(WORDS + V * (isLittle ? 14 : 15), i32x4.splat(8 * (BLOCK + 4 * words)));
  begin(words, OUTER);
  compress(hash, i32x4.splat(-1));
}

/**
 * Checks the ICVs of the four rows at FOUR, whose keys have the same hash; the first `count` of them are told. `shift`
 * leads from where rows say that things stand to where they do.
 */
export function checkFour(hash: u32, count: u32, shift: i32): void {
  const words = wordsOf(hash);
  const isLittle = hash === MD5;
  let most: u32 = 0;
  for (let lane: u32 = 0; lane < 4; lane++) most = max(most, take(lane, shift, isLittle));
  begin(words, INNER);
  const counts = v128.load(BLOCKS);
  for (let block: u32 = 0; block < most; block++) {
    gather(block, isLittle);
    compress(hash, i32x4.gt_s(counts, i32x4.splat(block)));
  }
  outer(hash, words, isLittle);
  for (let lane: u32 = 0; lane < count; lane++) {
    const row = rowOf(lane);
    const icv = load<u32>(lockOf(lane) + ICV);
    const at = load<u32>(row + END) + shift - icv;
    let differing: u32 = 0;
    // All of it, whatever the first words are.
    for (let i: u32 = 0; i < icv >>> 2; i++) {
      const word = load<u32>(STATE + V * i + 4 * lane);
      differing |= load<u32>(at + 4 * i) ^ (isLittle ? word : bswap<u32>(word));
    }
    store<u32>(row + GOOD, differing === 0 ? 1 : 0);
  }
}

/** Works out what the block at KEY comes to for the HMACs of a key, its inside and its outside. */
export function expand(lock: u32): void {
  const place = LOCKS + LOCK * lock;
  pad(place + INNER, load<u32>(place + HASH), 0x36363636);
  pad(place + OUTER, load<u32>(place + HASH), 0x5c5c5c5c);
}

function pad(into: u32, hash: u32, bits: u32): void {
  const words = wordsOf(hash);
  const from = hash === SHA256 ? FIRST_256 : FIRST;
  for (let i: u32 = 0; i < 16; i++) {
    const word = load<u32>(KEY + 4 * i) ^ bits;
    v128.store(WORDS + V * i, i32x4.splat(hash === MD5 ? word : bswap<u32>(word)));
  }
  for (let i: u32 = 0; i < words; i++) v128.store(STATE + V * i, i32x4.splat(load<u32>(from + 4 * i)));
  compress(hash, i32x4.splat(-1));
  for (let i: u32 = 0; i < words; i++) store<u32>(into + 4 * i, load<u32>(STATE + V * i));
}
