import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findText, needle, Needle } from '../../../core/filter/index.ts';
import { BlockFinder, MOST_TEXTS } from '../../../core/host/filter/block-finder.ts';

/** Both ways to look, one of which every machine has. */
const ways = [
  ['by the machine', () => new BlockFinder()],
  ['without it', () => new BlockFinder(null)],
] as const;

/** Bytes that are easily taken for each other: letters in both cases, what differs from others by the bit of the case, and others. */
const byte = fc.constantFrom(0x61, 0x41, 0x62, 0x42, 0x5b, 0x7b, 0x40, 0x60, 0x31, 0x11, 0, 0xc3, 0xe9, 0xc9);

/** A piece of the room with these bytes in it, and rubbish behind. */
function piece(finder: BlockFinder, at: number, bytes: readonly number[], rubbish: readonly number[]): Uint8Array {
  finder.room.set([...bytes, ...rubbish], at);
  return finder.room.subarray(at, at + bytes.length);
}

/** What may lie at its end matters: a step looks at 16 places. */
const PAGE = 65_536;

describe.each(ways)('%s', (_, make) => {
  it('finds what looking at every place finds, however long the text is and wherever it lies', () => {
    const finder = make();
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 120 }),
        fc.array(byte, { minLength: 1, maxLength: 40 }),
        fc.nat(100),
        fc.nat(100),
        fc.nat(40),
        fc.boolean(),
        (around, wanted, place, from, behind, exact) => {
          finder.clear();
          const text = new Needle(Uint8Array.from(wanted), exact);
          // In the other case where that makes no difference, so that there is something to find.
          const other = wanted.map((one) => (!exact && /[a-b]/iu.test(String.fromCharCode(one)) ? one ^ 0x20 : one));
          const all = [...around.slice(0, place), ...other, ...around.slice(place)];
          const bytes = piece(finder, place, all, wanted);
          const begin = Math.min(from, bytes.length);
          const end = Math.max(begin, bytes.length - behind);
          const sought = finder.seek(text);
          for (let at = begin, steps = 0; steps < 10; steps++) {
            const found = finder.findIn(bytes, at, end, sought);
            expect(found).toBe(findText(bytes, at, end, text));
            if (found < 0) break;
            at = found + 1;
          }
        },
      ),
      { seed: 11, numRuns: 3000 },
    );
  });

  it('keeps to its piece: what stands half in it does not count', () => {
    const finder = make();
    const sought = finder.seek(needle('needle'));
    finder.room.fill(0x2e);
    finder.room.set(new TextEncoder().encode('needle'), 3 * PAGE - 3);
    expect(finder.findIn(finder.room.subarray(0, 3 * PAGE), 0, 3 * PAGE, sought)).toBe(-1);
    expect(finder.findIn(finder.room, 0, 3 * PAGE + 2, sought)).toBe(-1);
    expect(finder.findIn(finder.room, 0, 3 * PAGE + 3, sought)).toBe(3 * PAGE - 3);
    expect(finder.findIn(finder.room, 3 * PAGE - 2, 4 * PAGE, sought)).toBe(-1);
    const { length } = finder.room;
    finder.room.set(new TextEncoder().encode('NEEDLE'), length - 6);
    expect(finder.findIn(finder.room, 4 * PAGE, length, sought)).toBe(length - 6);
    expect(finder.findIn(finder.room, length - 5, length, sought)).toBe(-1);
  });

  it('forgets its texts, and takes no more than it has room for', () => {
    const finder = make();
    const bytes = piece(finder, 0, [...new TextEncoder().encode('one two')], []);
    expect(finder.findIn(bytes, 0, 7, finder.seek(needle('a longer text')))).toBe(-1);
    finder.clear();
    expect(finder.findIn(bytes, 0, 7, finder.seek(needle('two')))).toBe(4);
    for (let i = 1; i < MOST_TEXTS; i++) finder.seek(needle(`text ${i}`));
    expect(() => finder.seek(needle('one more'))).toThrow('too many');
  });

  it('finds the empty text everywhere', () => {
    const finder = make();
    expect(finder.findIn(finder.room, 5, 9, finder.seek(needle('')))).toBe(5);
  });
});
