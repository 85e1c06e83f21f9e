import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { findText, needle } from '../../core/filter/index.ts';

/** The first place, looked for byte by byte. */
function slowly(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array, exact: boolean): number {
  const fold = (byte: number | undefined): number | undefined =>
    exact || byte === undefined || byte < 0x41 || byte > 0x5a ? byte : byte + 32;
  for (let at = from; at + wanted.length <= to; at++) {
    if (wanted.every((byte, i) => fold(bytes[at + i]) === fold(byte))) return at;
  }
  return -1;
}

describe('findText', () => {
  it('finds text in any case of ASCII letters', () => {
    const bytes = utf8('INVITE sip:Bob@example.com SIP/2.0');
    expect(findText(bytes, 0, bytes.length, needle('BOB@EXAMPLE'))).toBe(11);
    expect(findText(bytes, 0, bytes.length, needle('bob', true))).toBe(-1);
    expect(findText(bytes, 0, bytes.length, needle('Bob', true))).toBe(11);
    // `[` and `{` differ by the bit that tells upper from lower case.
    expect(findText(utf8('{'), 0, 1, needle('['))).toBe(-1);
  });

  it('keeps to its window', () => {
    const bytes = utf8('xxneedlexx');
    expect(findText(bytes, 0, 7, needle('needle'))).toBe(-1);
    expect(findText(bytes, 0, 8, needle('needle'))).toBe(2);
    expect(findText(bytes, 3, 10, needle('needle'))).toBe(-1);
    expect(findText(bytes, 10, 10, needle('e'))).toBe(-1);
    expect(findText(bytes, 4, 4, needle(''))).toBe(4);
  });

  it('finds what is longer than a byte can count', () => {
    const long = `${'ab'.repeat(200)}c`;
    const bytes = utf8(`${'ab'.repeat(300)}c`);
    expect(findText(bytes, 0, bytes.length, needle(long))).toBe(200);
    expect(findText(bytes, 0, bytes.length, needle(`${long}d`))).toBe(-1);
  });

  it('agrees with looking at every place', () => {
    const some = fc.array(fc.constantFrom(0x61, 0x62, 0x41, 0x42, 0x2d, 0xc3), { maxLength: 40 });
    const few = fc
      .array(fc.constantFrom('a', 'b', 'A', '-'), { minLength: 1, maxLength: 4 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(some, few, fc.nat(5), fc.nat(5), fc.boolean(), (all, text, before, behind, exact) => {
        const bytes = Uint8Array.from(all);
        const from = Math.min(before, bytes.length);
        const to = Math.max(from, bytes.length - behind);
        expect(findText(bytes, from, to, needle(text, exact))).toBe(slowly(bytes, from, to, utf8(text), exact));
      }),
      { seed: 3, numRuns: 3000 },
    );
  });
});
