import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { idTest } from '../../core/filter/comparisons.ts';
import { knownField } from '../../core/filter/fields.ts';
import { TestedNumberLeaf, TextLeaf } from '../../core/filter/leaves.ts';
import type { TextColumn } from '../../core/filter/index.ts';

const clock = { base: 0, start: 0, zone: 'utc' } as const;

function mask(leaf: { fill: TextLeaf['fill'] }, rows: number): number[] {
  const out = new Uint8Array(rows);
  leaf.fill(0, rows, out, 0);
  return [...out];
}

describe('leaves', () => {
  it('ask once per distinct text, and never for absent text', () => {
    const asked: number[] = [];
    const column: TextColumn = { get: (row) => [1, 2, 0, 1, 2, 2][row] ?? 0, size: 3, text: String };
    const leaf = new TextLeaf(column, (id) => asked.push(id) > 0 && id === 2);
    expect(mask(leaf, 6)).toStrictEqual([0, 1, 0, 0, 1, 1]);
    expect(asked).toStrictEqual([1, 2]);
  });

  it('take text that came after they were made', () => {
    const column: TextColumn = { get: (row) => row, size: 2, text: String };
    expect(mask(new TextLeaf(column, (id) => id > 1), 4)).toStrictEqual([0, 0, 1, 1]);
  });

  it('ask once per distinct number, and never for absent ones', () => {
    const asked: number[] = [];
    const leaf = new TestedNumberLeaf(
      { get: (row) => [1, Number.NaN, 2, 1][row] ?? 0 },
      (value) => asked.push(value) > 0 && value === 1,
    );
    expect(mask(leaf, 4)).toStrictEqual([1, 0, 0, 1]);
    expect(asked).toStrictEqual([1, 2]);
  });
});

describe('comparing text', () => {
  /* Columns may offer their bytes: that is faster and must not change any answer. */
  it('gives the same answer with bytes and with text', () => {
    const text = fc
      .array(fc.constantFrom('a', 'A', 'b', 'é', 'É', '-', '1'), { maxLength: 5 })
      .map((all) => all.join(''));
    const field = fc.constantFrom('from', 'from.user', 'call-id', 'method').map(knownField);
    const operator = fc.constantFrom('==', 'in', 'contains');
    fc.assert(
      fc.property(
        field,
        operator,
        text,
        fc.array(
          text.filter((one) => one !== ''),
          { minLength: 1, maxLength: 6 },
        ),
        (of, sign, subject, wanted) => {
          const plain: TextColumn = { get: () => 1, size: 2, text: () => subject };
          const bytes: TextColumn = { ...plain, bytesOf: () => utf8(subject) };
          const used = sign === 'in' ? wanted : wanted.slice(0, 1);
          const values = used.map((one) => ({ kind: 'one' as const, text: one }));
          const fold = (one: string): string =>
            of.exact === true ? one : one.replaceAll('A', 'a').replaceAll('B', 'b');
          const truth = used.some((one) =>
            sign === 'contains' ? fold(subject).includes(fold(one)) : fold(subject) === fold(one),
          );
          for (const column of [plain, bytes]) expect(idTest(of, sign, values, column, clock)(1)).toBe(truth);
        },
      ),
      { seed: 8, numRuns: 2000 },
    );
  });

  it('finds names in Latin-1', () => {
    const column: TextColumn = {
      get: () => 1,
      size: 2,
      text: () => 'Zoë',
      bytesOf: () => Uint8Array.of(0x5a, 0x6f, 0xeb),
    };
    expect(idTest(knownField('from'), 'contains', [{ kind: 'one', text: 'zoë' }], column, clock)(1)).toBe(true);
  });
});
