import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EspProgram, hashNumber } from '../../core/ipsec/esp-program.ts';
import { GOOD, HASH, ICV, NO_HASH, PIECE, ROW, ROWS } from '../../core/programs/esp/places.ts';

/* ICVs that are checked four at a time are those that OpenSSL makes, whatever lengths and keys stand side by side. */

const opened = EspProgram.open();
if (opened === null) throw new Error('there is WebAssembly where tests run');
const program = opened;

/** The longest ESP packet that is looked at. */
const LONGEST = 4096;
/** How far positions in the capture are from those in memory. */
const SHIFT = PIECE - 1000;

interface Message {
  readonly key: Uint8Array;
  readonly text: Uint8Array;
}

/** Whether the ICV behind each message is found to be right. */
function verdicts(hash: string, messages: readonly Message[], icv: number, changed = -1): boolean[] {
  const { bytes, exports, words } = program;
  let at = PIECE + 3;
  for (const [row, { key, text }] of messages.entries()) {
    const mac = createHmac(hash, key).update(text).digest().subarray(0, icv);
    if (changed >= 0) mac[changed % icv] = (mac[changed % icv] as number) ^ 1;
    bytes.set(text, at);
    bytes.set(mac, at + text.length);
    program.setLock(row, HASH, hashNumber(hash));
    program.setLock(row, ICV, icv);
    program.expand(row, key);
    const end = at + text.length + icv;
    exports.add(row, at - SHIFT, at - SHIFT, end - SHIFT, row);
    at = end + 1;
  }
  exports.check(hashNumber(hash), messages.length, SHIFT);
  return messages.map((_, row) => words[(ROWS + ROW * row + GOOD) >> 2] === 1);
}

function allOf<T>(messages: readonly unknown[], value: T): T[] {
  return messages.map(() => value);
}

describe.each([
  ['md5', 12],
  ['sha1', 12],
  ['sha256', 16],
  ['sha256', 12],
])('%s, %i bytes', (hash, icv) => {
  test('every length around the ends of blocks', () => {
    for (let length = 0; length <= 200; length += 4) {
      const messages = [0, 1, 2, 3].map((more) => ({
        key: Uint8Array.from({ length: 20 }, (_, i) => i * (more + 3)),
        text: Uint8Array.from({ length: length + more }, (_, i) => i * 7 + more),
      }));
      expect(verdicts(hash, messages, icv)).toStrictEqual(allOf(messages, true));
    }
  });

  test('any keys and lengths, any number at a time', () => {
    const message = fc.record({
      key: fc.uint8Array({ maxLength: 64 }),
      text: fc.uint8Array({ maxLength: 700 }),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 14 }), (messages) => {
        expect(verdicts(hash, messages, icv)).toStrictEqual(allOf(messages, true));
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  test('the longest there is room for', () => {
    const messages = [LONGEST - icv, 0, LONGEST - icv - 1, 1, 60].map((length) => ({
      key: new Uint8Array(16).fill(7),
      text: new Uint8Array(length).fill(length & 0xff),
    }));
    expect(verdicts(hash, messages, icv)).toStrictEqual(allOf(messages, true));
  });

  test('one bit that differs is seen, wherever it is', () => {
    const messages = [0, 1, 2, 3].map((more) => ({ key: new Uint8Array(16), text: new Uint8Array(100 + 50 * more) }));
    for (let changed = 0; changed < icv; changed++) {
      expect(verdicts(hash, messages, icv, changed)).toStrictEqual(allOf(messages, false));
    }
  });
});

test('hashes do not disturb each other', () => {
  const message = { key: new Uint8Array(20).fill(3), text: new Uint8Array(90).fill(5) };
  for (const hash of ['sha1', 'md5', 'sha256', 'sha1', 'md5']) {
    expect(verdicts(hash, [message, message, message, message], 12)).toStrictEqual([true, true, true, true]);
  }
});

test('others are not worked out', () => {
  expect(hashNumber('sha512')).toBe(NO_HASH);
  expect(hashNumber(null)).toBe(NO_HASH);
});
