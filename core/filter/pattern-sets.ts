/** Sets of UTF-16 code units as sorted, disjoint ranges: [from, to, from, to …], both ends included. */
export type Ranges = readonly number[];

const LAST = 0xffff;

export const digits: Ranges = [0x30, 0x39];
export const wordSigns: Ranges = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
/** What `\s` is in ECMAScript. */
export const spaces: Ranges = [
  9, 13, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000,
  0x3000, 0xfeff, 0xfeff,
];
/** What ends a line: `.` does not match these. */
export const lineEnds: Ranges = [10, 10, 13, 13, 0x2028, 0x2029];

/** Classes of POSIX (`[[:digit:]]`), which Kamailio's patterns use, for ASCII. */
export const posix: ReadonlyMap<string, Ranges> = new Map([
  ['alpha', [0x41, 0x5a, 0x61, 0x7a]],
  ['digit', digits],
  ['alnum', [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a]],
  ['upper', [0x41, 0x5a]],
  ['lower', [0x61, 0x7a]],
  ['xdigit', [0x30, 0x39, 0x41, 0x46, 0x61, 0x66]],
  ['space', [9, 13, 0x20, 0x20]],
  ['blank', [9, 9, 0x20, 0x20]],
  ['punct', [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e]],
]);

/** Sorted and disjoint again. */
export function union(...sets: readonly Ranges[]): Ranges {
  const pairs: [number, number][] = [];
  for (const set of sets) for (let i = 0; i < set.length; i += 2) pairs.push([set[i] as number, set[i + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  const made: number[] = [];
  for (const [from, to] of pairs) {
    const last = made.at(-1);
    if (last !== undefined && from <= last + 1) made[made.length - 1] = Math.max(last, to);
    else made.push(from, to);
  }
  return made;
}

export function complement(set: Ranges): Ranges {
  const made: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    const from = set[i] as number;
    if (from > next) made.push(next, from - 1);
    next = (set[i + 1] as number) + 1;
  }
  if (next <= LAST) made.push(next, LAST);
  return made;
}

/** With the other case of each ASCII letter. */
export function bothCases(set: Ranges): Ranges {
  const more: number[][] = [];
  for (let i = 0; i < set.length; i += 2) {
    const [from, to] = [set[i] as number, set[i + 1] as number];
    const upper = [Math.max(from, 0x41), Math.min(to, 0x5a)] as const;
    const lower = [Math.max(from, 0x61), Math.min(to, 0x7a)] as const;
    if (upper[0] <= upper[1]) more.push([upper[0] + 32, upper[1] + 32]);
    if (lower[0] <= lower[1]) more.push([lower[0] - 32, lower[1] - 32]);
  }
  return more.length === 0 ? set : union(set, ...more);
}

export function has(set: Ranges, unit: number): boolean {
  for (let i = 0; i < set.length; i += 2) if (unit >= (set[i] as number) && unit <= (set[i + 1] as number)) return true;
  return false;
}
