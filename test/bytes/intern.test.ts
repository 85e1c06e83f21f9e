import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Interner } from '../../core/bytes/intern.ts';
import { utf8 } from '../../core/bytes/text.ts';

test('equal bytes have equal numbers, others have others, whatever stands around them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 60 }),
      fc.uint8Array({ maxLength: 5 }),
      (strings, rubbish) => {
        const interner = new Interner();
        const ids = new Map<string, number>();
        for (const bytes of [...strings, ...strings]) {
          const buffer = Uint8Array.of(...rubbish, ...bytes, ...rubbish, 1, 2, 3);
          const id = interner.intern(buffer, rubbish.length, rubbish.length + bytes.length);
          const key = bytes.join(',');
          expect(id).toBe(ids.get(key) ?? ids.size + 1);
          ids.set(key, id);
          expect([...interner.bytesOf(id)]).toEqual([...bytes]);
          expect(interner.find(bytes)).toBe(id);
          expect(interner.is(id, buffer, rubbish.length, rubbish.length + bytes.length)).toBe(true);
          expect(interner.is(0, buffer, 0, 0)).toBe(false);
        }
        expect(interner.size).toBe(ids.size + 1);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('half a million strings, some longer than a chunk: none is lost when the table grows', () => {
  const interner = new Interner();
  const long = new Uint8Array(3 << 20).fill(7);
  expect(interner.intern(new Uint8Array(0), 0, 0)).toBe(1);
  expect(interner.intern(long, 0, long.length)).toBe(2);
  for (let i = 0; i < 500_000; i++) {
    const bytes = utf8(`z9hG4bK-${i}`);
    expect(interner.intern(bytes, 0, bytes.length) === i + 3).toBe(true);
  }
  for (let i = 0; i < 500_000; i += 997) expect(interner.find(utf8(`z9hG4bK-${i}`))).toBe(i + 3);
  expect(interner.find(long)).toBe(2);
  expect(interner.find(new Uint8Array(0))).toBe(1);
  expect(interner.find(utf8('nobody said this'))).toBe(0);
  expect(interner.text(1)).toBe('');
  expect(interner.text(0)).toBeNull();
});
