/**
 * Programs for WebAssembly that hash four messages side by side, a word of each in every vector: MD5 (RFC 1321), SHA-1
 * (RFC 3174), SHA-256 (RFC 6234). What OpenSSL's HMAC costs for a short packet is the objects that Node makes for it,
 * several times the hashing; here there are none. OpenSSL stays the judge: see four-macs.ts.
 *
 * A program has three functions: `blocks(most)` hashes up to `most` blocks of 64 bytes of each message, `outer()` makes an
 * HMAC of that, `single()` hashes one block that stands at `Place.Words`. All work on the memory they are given. Rounds
 * are written out, with their words in locals: as loops they take half as long again.
 */
import {
  branchIf,
  call,
  END,
  flat,
  get,
  I32,
  i32,
  list,
  load,
  LOOP,
  MAGIC,
  name,
  section,
  set,
  sized,
  store,
  tee,
  V128,
  vector,
  type Code,
} from '../bytes/wasm-code.ts';
import { hashKinds, type HashKind, type HashName } from './hash-kinds.ts';

/** Bytes of a vector: what belongs to four messages is one, four words of 32 bits. */
export const VECTOR = 16;

/** Where things stand in memory, in bytes. */
export const Place = {
  /** Where each message begins, and how many blocks it has. */
  Addresses: 0,
  Counts: 16,
  /** What hashing begins with, inside and outside of an HMAC: the words one after the other. */
  Inner: 32,
  Outer: 160,
  /** What comes out. */
  State: 288,
  /** The block at hand, 16 words. */
  Words: 416,
  /** The constants of the hash, each four times. */
  Constants: 672,
  /** From here on memory is free for others. */
  End: 1696,
} as const;

/* Locals of `compress` behind the words of the state, 16 of the block at hand last. */
const [SCRATCH, MASK, CONSTANT, WORDS, LOCALS] = [8, 9, 10, 11, 26];

const SHUFFLE = vector(0x0d);
const SPLAT = vector(0x11);
const GREATER = vector(0x3b);
const NOT = vector(0x4d);
const OR = vector(0x50);
const XOR = vector(0x51);
const SELECT = vector(0x52);
const SHIFT_LEFT = vector(0xab);
const SHIFT_RIGHT = vector(0xad);
const ADD = vector(0xae);
const LOAD_NUMBER: Code = [0x28, 2];
const LESS_NUMBER = 0x48;
const ADD_NUMBER = 0x6a;
const SHIFT_NUMBER = 0x74;

const xor = (a: Code, b: Code): Code => [a, b, XOR];
const or = (a: Code, b: Code): Code => [a, b, OR];
/** In this order: what is known last comes last, so that nothing waits for it. */
const sum = (first: Code, ...others: Code[]): Code => [first, others.map((one) => [one, ADD])];
/** `yes` where the bits of `bits` are 1, else `no`. */
const select = (bits: Code, yes: Code, no: Code): Code => [yes, no, bits, SELECT];
const shifted = (local: number, bits: number): Code => [get(local), i32(bits), SHIFT_RIGHT];
/** What a local holds, turned to the left. */
const turned = (local: number, bits: number): Code =>
  or([get(local), i32(bits), SHIFT_LEFT], shifted(local, 32 - bits));
const turnedRight = (local: number, bits: number): Code => turned(local, 32 - bits);
const majority = (a: number, b: number, c: number): Code => select(xor(get(a), get(b)), get(c), get(a));
const same = (value: number): Code => [i32(value | 0), SPLAT];

const at = (place: number): Code => [i32(0), load(place)];
const put = (place: number, value: Code): Code => [i32(0), value, store(place)];
/** The local of a word of the block; words that are made of it take the places of those that are not needed any more. */
const word = (number: number): number => WORDS + (number & 15);
const constant = (number: number): Code => at(Place.Constants + VECTOR * number);
const each = (count: number, code: (number: number) => Code): Code => Array.from({ length: count }, (_, i) => code(i));

/** The local of a letter (a is 0) in a round: each round turns the letters by one. */
const letter = (count: number, round: number, number: number): number => (number + 128 * count - round) % count;

function md5(round: number): Code {
  const quarter = round >> 4;
  const turns = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
  ][quarter] as number[];
  const number = [round, 5 * round + 1, 3 * round + 5, 7 * round][quarter] as number;
  const [a, b, c, d] = [letter(4, round, 0), letter(4, round, 1), letter(4, round, 2), letter(4, round, 3)];
  const mixed = [
    select(get(b), get(c), get(d)),
    select(get(d), get(b), get(c)),
    xor(xor(get(c), get(d)), get(b)),
    xor(get(c), or([get(d), NOT], get(b))),
  ][quarter] as Code;
  return [
    [sum(get(word(number)), constant(round), get(a), mixed), set(SCRATCH)],
    [sum(turned(SCRATCH, turns[round & 3] as number), get(b)), set(a)],
  ];
}

function sha1(round: number): Code {
  const quarter = Math.floor(round / 20);
  const [a, b, c, d] = [letter(5, round, 0), letter(5, round, 1), letter(5, round, 2), letter(5, round, 3)];
  const e = letter(5, round, 4);
  const mixed = [select(get(b), get(c), get(d)), majority(c, d, b)][quarter / 2] ?? xor(xor(get(c), get(d)), get(b));
  const older = xor(xor(get(word(round)), get(word(round - 14))), xor(get(word(round - 8)), get(word(round - 3))));
  return [
    round % 20 === 0 ? [constant(quarter), set(CONSTANT)] : [],
    round < 16 ? [] : [older, set(SCRATCH), turned(SCRATCH, 1), set(word(round))],
    [sum(get(word(round)), get(CONSTANT), get(e), mixed, turned(a, 5)), set(e)],
    [turned(b, 30), set(b)],
  ];
}

function sha256(round: number): Code {
  const [a, b, c, d] = [letter(8, round, 0), letter(8, round, 1), letter(8, round, 2), letter(8, round, 3)];
  const [e, f, g, h] = [letter(8, round, 4), letter(8, round, 5), letter(8, round, 6), letter(8, round, 7)];
  const three = (local: number, first: number, second: number, third: Code): Code =>
    xor(xor(turnedRight(local, first), turnedRight(local, second)), third);
  const [early, late] = [word(round - 15), word(round - 2)];
  const next = sum(
    get(word(round)),
    get(word(round - 7)),
    three(early, 7, 18, shifted(early, 3)),
    three(late, 17, 19, shifted(late, 10)),
  );
  const chosen = select(get(e), get(f), get(g));
  return [
    round < 16 ? [] : [next, set(word(round))],
    [sum(get(word(round)), constant(round), get(h), chosen, three(e, 6, 11, turnedRight(e, 25))), tee(SCRATCH)],
    [get(d), ADD, set(d)],
    [sum(majority(a, b, c), three(a, 2, 13, turnedRight(a, 22)), get(SCRATCH)), set(h)],
  ];
}

/** How many rounds there are, and each. */
const rounds: Readonly<Record<HashName, readonly [number, (round: number) => Code]>> = {
  md5: [64, md5],
  sha1: [80, sha1],
  sha256: [64, sha256],
};

/** Sixteen bytes of two vectors, those of the second from 16 on; and the same by words. */
const bytesOf = (...bytes: number[]): Code => [SHUFFLE, bytes];
const wordsOf = (...numbers: number[]): Code =>
  bytesOf(...numbers.flatMap((one) => [4 * one, 4 * one + 1, 4 * one + 2, 4 * one + 3]));

/** Puts the block of each message whose number is in local 0 to `Place.Words`: the same word of all four side by side. */
function gather(isLittle: boolean): Code {
  const [address, part, pair] = [1, 5, 9];
  const swapped = bytesOf(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  const low = wordsOf(0, 4, 1, 5);
  const high = wordsOf(2, 6, 3, 7);
  const find = (lane: number): Code => [
    [i32(0), LOAD_NUMBER, Place.Addresses + 4 * lane],
    [get(0), i32(6), SHIFT_NUMBER, ADD_NUMBER, set(address + lane)],
  ];
  const read = (lane: number, place: number): Code => [
    [get(address + lane), load(place), set(part + lane)],
    isLittle ? [] : [get(part + lane), get(part + lane), swapped, set(part + lane)],
  ];
  const weave = (a: number, into: number): Code => [
    [get(a), get(a + 1), low, set(into)],
    [get(a), get(a + 1), high, set(into + 1)],
  ];
  const write = (i: number, place: number): Code => {
    const from = pair + (i >> 1);
    const half = 2 * (i & 1);
    return put(place + VECTOR * i, [get(from), get(from + 2), wordsOf(half, half + 1, half + 4, half + 5)]);
  };
  const group = (number: number): Code => [
    each(4, (lane) => read(lane, VECTOR * number)),
    weave(part, pair),
    weave(part + 2, pair + 2),
    each(4, (i) => write(i, Place.Words + 4 * VECTOR * number)),
  ];
  return [each(4, find), each(4, group), END];
}

/** Hashes the block at `Place.Words` into `Place.State`, where the bits of local 0 are 1. */
function compress({ name: hash, begin }: HashKind): Code {
  const { length } = begin;
  const [count, round] = rounds[hash];
  return [
    [get(0), set(MASK)],
    each(length, (i) => [at(Place.State + VECTOR * i), set(i)]),
    each(16, (i) => [at(Place.Words + VECTOR * i), set(word(i))]),
    each(count, round),
    each(length, (i) => {
      const before = at(Place.State + VECTOR * i);
      return put(Place.State + VECTOR * i, select(get(MASK), sum(before, get(i)), before));
    }),
    END,
  ];
}

const copied = (from: number, to: number, count: number): Code =>
  each(count, (i) => put(to + VECTOR * i, at(from + VECTOR * i)));

/* Numbers of the functions. */
const [GATHER, COMPRESS, BLOCKS, OUTER, SINGLE] = [0, 1, 2, 3, 4];

/** All of each message; the longest has as many blocks as local 0 says. */
function blocks({ begin }: HashKind): Code {
  return [
    copied(Place.Inner, Place.State, begin.length),
    LOOP,
    [get(1), call(GATHER)],
    [at(Place.Counts), get(1), SPLAT, GREATER, call(COMPRESS)],
    [get(1), i32(1), ADD_NUMBER, tee(1), get(0), LESS_NUMBER, branchIf(0)],
    [END, END],
  ];
}

/** The second hash of an HMAC (RFC 2104 2.): behind a block of the key, which `Place.Outer` has in it, stands what came out of the first. */
function outer({ begin, isLittle }: HashKind): Code {
  const { length } = begin;
  const bits = 8 * (64 + 4 * length);
  const padding = (i: number): number => {
    if (i === length) return isLittle ? 0x80 : 0x8000_0000;
    return i === (isLittle ? 14 : 15) ? bits : 0;
  };
  return [
    copied(Place.State, Place.Words, length),
    each(16 - length, (i) => put(Place.Words + VECTOR * (length + i), same(padding(length + i)))),
    copied(Place.Outer, Place.State, length),
    [same(-1), call(COMPRESS), END],
  ];
}

/** The program of a hash; the memory it works on is its import `e.m`. */
export function hashProgram(hash: HashName): Uint8Array<ArrayBuffer> {
  const kind = hashKinds[hash];
  const types: Code[] = [
    [0x60, list([[I32]]), list([])],
    [0x60, list([[V128]]), list([])],
    [0x60, list([]), list([])],
  ];
  const vectors: Code = [8, V128];
  const bodies: Code[] = [
    [list([[4, I32], vectors]), gather(kind.isLittle)],
    [list([[LOCALS, V128]]), compress(kind)],
    [list([[1, I32]]), blocks(kind)],
    [list([]), outer(kind)],
    [list([]), same(-1), call(COMPRESS), END],
  ];
  const named: Code[] = [
    [name('blocks'), 0, BLOCKS],
    [name('outer'), 0, OUTER],
    [name('single'), 0, SINGLE],
  ];
  const code: Code = [
    MAGIC,
    section(1, list(types)),
    section(2, list([[name('e'), name('m'), 2, 0, 1]])),
    section(3, list([[0], [1], [0], [2], [2]])),
    section(7, list(named)),
    section(10, list(bodies.map(sized))),
  ];
  return new Uint8Array(flat(code));
}
