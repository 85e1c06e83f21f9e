/** Hashes that are worked out without OpenSSL (see hash-program.ts), as OpenSSL calls them. */
export type HashName = 'md5' | 'sha1' | 'sha256';

/** A hash and its numbers. */
export interface HashKind {
  readonly name: HashName;
  /** Whether its words begin with their lowest byte. */
  readonly isLittle: boolean;
  /** What it begins with; constants of its rounds. */
  readonly begin: readonly number[];
  readonly constants: readonly number[];
}

const firstWords = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

/** The first bits behind the point of the cube roots of the first 64 primes. */
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

export const hashKinds: Readonly<Record<HashName, HashKind>> = {
  md5: {
    name: 'md5',
    isLittle: true,
    begin: firstWords,
    constants: Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32)),
  },
  sha1: {
    name: 'sha1',
    isLittle: false,
    begin: [...firstWords, 0xc3d2e1f0],
    constants: [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6],
  },
  sha256: {
    name: 'sha256',
    isLittle: false,
    begin: [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
    constants: cubeRoots,
  },
};

/** The hash that OpenSSL calls so; null where it is none of these. */
export function hashKind(name: string): HashKind | null {
  return Object.values(hashKinds).find((kind) => kind.name === name) ?? null;
}
