import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashIndex, mix } from '../../core/analysis/hash-index.ts';

describe('numbers found again by hash', () => {
  it('finds all numbers stored under a hash, through growing and collisions', () => {
    const hashes = fc.array(fc.oneof(fc.integer({ min: 0, max: 7 }), fc.nat(0xffff_ffff)), { maxLength: 400 });
    fc.assert(
      fc.property(hashes, (list) => {
        const index = new HashIndex(4);
        const model = new Map<number, number[]>();
        for (const [at, hash] of list.entries()) {
          // A search to the end comes before each addition.
          expect(all(index, hash)).toStrictEqual(model.get(hash) ?? []);
          index.add(hash, at + 1);
          model.set(hash, [...(model.get(hash) ?? []), at + 1]);
        }
        for (const [hash, numbers] of model) expect(all(index, hash).toSorted((a, b) => a - b)).toStrictEqual(numbers);
      }),
      { seed: 17, numRuns: 60 },
    );
  });

  it('one hash for everything costs a bounded search, and the rest counts as not seen', () => {
    const index = new HashIndex();
    for (let number = 1; number <= 3000; number++) {
      let found = index.first(1);
      while (found !== 0) found = index.next(1);
      index.add(1, number);
    }
    expect(all(index, 1)).toHaveLength(1024);
  });

  it('mixes small numbers well enough for the low bits', () => {
    const places = new Set(Array.from({ length: 4096 }, (_, value) => (mix(mix(0, value), 5) >>> 0) & 4095));
    expect(places.size).toBeGreaterThan(2000);
  });
});

function all(index: HashIndex, hash: number): number[] {
  const found: number[] = [];
  for (let number = index.first(hash); number !== 0; number = index.next(hash)) found.push(number);
  return found;
}
