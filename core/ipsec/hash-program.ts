/**
 * Programs for WebAssembly that hash four messages side by side, a word of each in every vector: MD5 (RFC 1321), SHA-1
 * (RFC 3174), SHA-256 (RFC 6234). What OpenSSL's HMAC costs for a short packet is the objects that Node makes for it,
 * several times the hashing; here there are none. OpenSSL stays the judge: see four-macs.ts.
 *
 * A program has three functions: `blocks(most)` hashes up to `most` blocks of 64 bytes of each message, `outer()` makes an
 * HMAC of that, `single()` hashes one block that stands at `Place.Words`. All work on the memory they are given.
 */
import {
  branchIf,
  call,
  END,
  get,
  I32,
  i32,
  joined,
  list,
  load,
  LOOP,
  MAGIC,
  name,
  section,
  set,
  store,
  tee,
  unsigned,
  V128,
  vector,
  type Code,
} from '../bytes/wasm-code.ts';

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
  /** The constants of the hash, each four times. */
  Constants: 416,
  /** The block at hand, 16 words, and behind it those that are made of them. */
  Words: 1440,
  /** From here on memory is free for others. */
  End: 2720,
} as const;

/** A hash and its numbers. */
export interface HashKind {
  /** As OpenSSL calls it. */
  readonly name: 'md5' | 'sha1' | 'sha256';
  /** Whether its words begin with their lowest byte. */
  readonly isLittle: boolean;
  /** What it begins with; constants of its rounds. */
  readonly begin: readonly number[];
  readonly constants: readonly number[];
  /** From the words at `Place.Words` to the next state, which is in the first locals. */
  readonly rounds: () => Code;
}

/* Locals of `compress` behind the words of the state; COUNTER is a number, of bytes. */
const [SCRATCH, MASK, COUNTER] = [16, 20, 21];

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
const LESS_NUMBER: Code = [0x48];
const ADD_NUMBER: Code = [0x6a];
const TIMES_NUMBER: Code = [0x6c];
const AND_NUMBER: Code = [0x71];
const SHIFT_NUMBER: Code = [0x74];

const xor = (a: Code, b: Code): Code => [...a, ...b, ...XOR];
/** In this order: what is known last comes last, so that nothing waits for it. */
const sum = (first: Code, ...others: Code[]): Code => joined([first, ...others.map((one) => [...one, ...ADD])]);
/** `yes` where the bits of `bits` are 1, else `no`. */
const select = (bits: Code, yes: Code, no: Code): Code => [...yes, ...no, ...bits, ...SELECT];
const shifted = (local: number, bits: number): Code => [...get(local), ...i32(bits), ...SHIFT_RIGHT];
/** What a local holds, turned to the left. */
const turned = (local: number, bits: number): Code => [
  ...[...get(local), ...i32(bits), ...SHIFT_LEFT],
  ...[...shifted(local, 32 - bits), ...OR],
];
const turnedRight = (local: number, bits: number): Code => turned(local, 32 - bits);
const majority = (a: number, b: number, c: number): Code => select(xor(get(a), get(b)), get(c), get(a));
const same = (value: number): Code => [...i32(value | 0), ...SPLAT];

const at = (place: number): Code => [...i32(0), ...load(place)];
const put = (place: number, value: Code): Code => [...i32(0), ...value, ...store(place)];
/** The word or constant so many behind that at COUNTER. */
const word = (behind: number): Code => [...get(COUNTER), ...load(Place.Words + VECTOR * behind)];
const constant = (behind: number): Code => [...get(COUNTER), ...load(Place.Constants + VECTOR * behind)];

/** As often as it takes COUNTER to get from where it is to `to` in steps of so many vectors. */
const until = (to: number, step: number, code: Code): Code => [
  ...LOOP,
  ...code,
  ...[...get(COUNTER), ...i32(VECTOR * step), ...ADD_NUMBER, ...tee(COUNTER)],
  ...[...i32(VECTOR * to), ...LESS_NUMBER, ...branchIf(0), ...END],
];
const fromZero: Code = [...i32(0), ...set(COUNTER)];
const each = (count: number, code: (number: number) => Code): Code =>
  joined(Array.from({ length: count }, (_, i) => code(i)));

/** The local of a letter (a is 0) in a round: each round turns the letters by one. */
const letter = (count: number, round: number, number: number): number => (number + 128 * count - round) % count;

function md5Rounds(): Code {
  const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
  const quarter = (number: number): Code => {
    const [times, plus] = [
      [1, 0],
      [5, 1],
      [3, 5],
      [7, 0],
    ][number] as [number, number];
    const round = (i: number): Code => {
      const [a, b, c, d] = [letter(4, i, 0), letter(4, i, 1), letter(4, i, 2), letter(4, i, 3)];
      const mixed = [
        (): Code => select(get(b), get(c), get(d)),
        (): Code => select(get(d), get(b), get(c)),
        (): Code => xor(xor(get(c), get(d)), get(b)),
        (): Code => xor(get(c), [...get(d), ...NOT, ...get(b), ...OR]),
      ][number] as () => Code;
      // Which word it is goes round: times the number of the round, plus something.
      const place = [
        ...[...get(COUNTER), ...i32(times), ...TIMES_NUMBER, ...i32(VECTOR * (times * i + plus)), ...ADD_NUMBER],
        ...[...i32(15 * VECTOR), ...AND_NUMBER, ...load(Place.Words)],
      ];
      return [
        ...[...sum(place, constant(i), get(a), mixed()), ...set(SCRATCH)],
        ...[...sum(turned(SCRATCH, turns[4 * number + i] as number), get(b)), ...set(a)],
      ];
    };
    return until(16 * (number + 1), 4, each(4, round));
  };
  return [...fromZero, ...each(4, quarter)];
}

function sha1Rounds(): Code {
  const next = (i: number): Code => [
    ...[...xor(xor(word(i), word(i + 2)), xor(word(i + 8), word(i + 13))), ...set(SCRATCH)],
    ...[...get(COUNTER), ...turned(SCRATCH, 1), ...store(Place.Words + VECTOR * (i + 16))],
  ];
  const quarter = (number: number): Code => {
    const round = (i: number): Code => {
      const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((one) => letter(5, i, one)) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const parity = (): Code => xor(xor(get(c), get(d)), get(b));
      const mixed = [(): Code => select(get(b), get(c), get(d)), parity, (): Code => majority(c, d, b), parity][
        number
      ] as () => Code;
      return [
        ...sum(word(i), at(Place.Constants + VECTOR * number), get(e), mixed(), turned(a, 5)),
        ...[...set(e), ...turned(b, 30), ...set(b)],
      ];
    };
    return until(20 * (number + 1), 5, each(5, round));
  };
  return [...fromZero, ...until(64, 4, each(4, next)), ...fromZero, ...each(4, quarter)];
}

function sha256Rounds(): Code {
  const small = (behind: number, first: number, second: number, third: number): Code => [
    ...[...word(behind), ...set(SCRATCH)],
    ...xor(xor(turnedRight(SCRATCH, first), turnedRight(SCRATCH, second)), shifted(SCRATCH, third)),
  ];
  const next = (i: number): Code => [
    ...[...get(COUNTER), ...sum(word(i), word(i + 9), small(i + 1, 7, 18, 3), small(i + 14, 17, 19, 10))],
    ...store(Place.Words + VECTOR * (i + 16)),
  ];
  const large = (local: number, first: number, second: number, third: number): Code =>
    xor(xor(turnedRight(local, first), turnedRight(local, second)), turnedRight(local, third));
  const round = (i: number): Code => {
    const [a, b, c, d, e, f, g, h] = [0, 1, 2, 3, 4, 5, 6, 7].map((one) => letter(8, i, one)) as [
      ...[number, number, number, number],
      ...[number, number, number, number],
    ];
    return [
      ...sum(word(i), constant(i), get(h), select(get(e), get(f), get(g)), large(e, 6, 11, 25)),
      ...[...tee(SCRATCH), ...get(d), ...ADD, ...set(d)],
      ...[...sum(majority(a, b, c), large(a, 2, 13, 22), get(SCRATCH)), ...set(h)],
    ];
  };
  return [...fromZero, ...until(48, 4, each(4, next)), ...fromZero, ...until(64, 8, each(8, round))];
}

const firstWords = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
/** The first bits behind the point of the cube roots of the first primes. */
const cubeRoots = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
];
const sines = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

export const hashKinds: readonly HashKind[] = [
  { name: 'md5', isLittle: true, begin: firstWords, constants: sines, rounds: md5Rounds },
  {
    name: 'sha1',
    isLittle: false,
    begin: [...firstWords, 0xc3d2e1f0],
    constants: [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6],
    rounds: sha1Rounds,
  },
  {
    name: 'sha256',
    isLittle: false,
    begin: [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
    constants: cubeRoots,
    rounds: sha256Rounds,
  },
];

/** Sixteen bytes of two vectors, those of the second from 16 on; and the same by words. */
const bytesOf = (...bytes: number[]): Code => [...SHUFFLE, ...bytes];
const wordsOf = (...numbers: number[]): Code =>
  bytesOf(...numbers.flatMap((one) => [4 * one, 4 * one + 1, 4 * one + 2, 4 * one + 3]));

/** Puts the block of each message whose number is in local 0 to `Place.Words`: the same word of all four side by side. */
function gather(isLittle: boolean): Code {
  const [address, part, pair] = [1, 5, 9];
  const find = (lane: number): Code => [
    ...[...i32(0), ...LOAD_NUMBER, Place.Addresses + 4 * lane],
    ...[...get(0), ...i32(6), ...SHIFT_NUMBER, ...ADD_NUMBER, ...set(address + lane)],
  ];
  const swap = (local: number): Code =>
    isLittle
      ? []
      : [...get(local), ...get(local), ...bytesOf(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12), ...set(local)];
  const weave = (a: number, b: number, first: Code, second: Code, into: number): Code => [
    ...[...get(a), ...get(b), ...first, ...set(into)],
    ...[...get(a), ...get(b), ...second, ...set(into + 1)],
  ];
  const low = wordsOf(0, 4, 1, 5);
  const high = wordsOf(2, 6, 3, 7);
  const group = (number: number): Code => {
    const read = (lane: number): Code => [
      ...[...get(address + lane), ...load(VECTOR * number), ...set(part + lane)],
      ...swap(part + lane),
    ];
    const write = (i: number): Code => {
      const from = pair + (i >> 1);
      const half = 2 * (i & 1);
      const value = [...get(from), ...get(from + 2), ...wordsOf(half, half + 1, half + 4, half + 5)];
      return put(Place.Words + VECTOR * (4 * number + i), value);
    };
    return [
      ...each(4, read),
      ...weave(part, part + 1, low, high, pair),
      ...weave(part + 2, part + 3, low, high, pair + 2),
      ...each(4, write),
    ];
  };
  return [...each(4, find), ...each(4, group), ...END];
}

/** Hashes the block at `Place.Words` into `Place.State`, where the bits of local 0 are 1. */
function compress({ begin, rounds }: HashKind): Code {
  const { length } = begin;
  return [
    ...[...get(0), ...set(MASK)],
    ...each(length, (i) => [...at(Place.State + VECTOR * i), ...set(i)]),
    ...rounds(),
    ...each(length, (i) => {
      const before = at(Place.State + VECTOR * i);
      return put(Place.State + VECTOR * i, select(get(MASK), sum(before, get(i)), before));
    }),
    ...END,
  ];
}

const copied = (from: number, to: number, count: number): Code =>
  each(count, (i) => put(to + VECTOR * i, at(from + VECTOR * i)));

/* Numbers of the functions. */
const [GATHER, COMPRESS, BLOCKS, OUTER, SINGLE] = [0, 1, 2, 3, 4];

/** All of each message; the longest has as many blocks as local 0 says. */
function blocks({ begin }: HashKind): Code {
  return [
    ...copied(Place.Inner, Place.State, begin.length),
    ...LOOP,
    ...[...get(1), ...call(GATHER)],
    ...[...at(Place.Counts), ...get(1), ...SPLAT, ...GREATER, ...call(COMPRESS)],
    ...[...get(1), ...i32(1), ...ADD_NUMBER, ...tee(1), ...get(0), ...LESS_NUMBER, ...branchIf(0)],
    ...[...END, ...END],
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
    ...copied(Place.State, Place.Words, length),
    ...each(16 - length, (i) => put(Place.Words + VECTOR * (length + i), same(padding(length + i)))),
    ...copied(Place.Outer, Place.State, length),
    ...[...same(-1), ...call(COMPRESS), ...END],
  ];
}

/** The program of a hash; the memory it works on is its import `e.m`. */
export function hashProgram(kind: HashKind): Uint8Array<ArrayBuffer> {
  const types = [
    [0x60, ...list([[I32]]), ...list([])],
    [0x60, ...list([[V128]]), ...list([])],
    [0x60, ...list([]), ...list([])],
  ];
  const bodies = [
    [
      ...list([
        [4, I32],
        [8, V128],
      ]),
      ...gather(kind.isLittle),
    ],
    [
      ...list([
        [MASK, V128],
        [1, I32],
      ]),
      ...compress(kind),
    ],
    [...list([[1, I32]]), ...blocks(kind)],
    [...list([]), ...outer(kind)],
    [...list([]), ...same(-1), ...call(COMPRESS), ...END],
  ];
  const named = [
    [...name('blocks'), 0, BLOCKS],
    [...name('outer'), 0, OUTER],
    [...name('single'), 0, SINGLE],
  ];
  return new Uint8Array([
    ...MAGIC,
    ...section(1, list(types)),
    ...section(2, list([[...name('e'), ...name('m'), 2, 0, 1]])),
    ...section(3, list([[0], [1], [0], [2], [2]])),
    ...section(7, list(named)),
    ...section(10, list(bodies.map((body) => [...unsigned(body.length), ...body]))),
  ]);
}
