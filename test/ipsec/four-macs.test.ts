import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FREE, fourMacs, LONGEST, memoryOf, type FourMacs } from '../../core/ipsec/four-macs.ts';

/* HMACs that are made four at a time are those that OpenSSL makes, whatever lengths and keys stand side by side. */

const ROOM = 8192;
const memory = memoryOf(FREE + 4 * ROOM);
if (memory === null) throw new Error('there is WebAssembly where tests run');
const bytes = new Uint8Array(memory.buffer);
const there = memory;

function macs(hash: string): FourMacs {
  const made = fourMacs(hash, there);
  if (made === null) throw new Error(`there is a program for ${hash}`);
  return made;
}

interface Message {
  readonly key: Uint8Array;
  readonly text: Uint8Array;
}

/** Whether each lane says that the ICV behind its message is right. */
function verdicts(hash: string, messages: readonly Message[], icv: number, changed = -1): boolean[] {
  const four = macs(hash);
  const keys = messages.map(({ key }) => four.key(key));
  four.begin();
  for (const [lane, { key, text }] of messages.entries()) {
    const at = FREE + lane * ROOM + lane;
    const mac = createHmac(hash, key).update(text).digest().subarray(0, icv);
    if (changed >= 0) mac[changed % icv] = (mac[changed % icv] as number) ^ 1;
    bytes.set(text, at);
    bytes.set(mac, at + text.length);
    four.set(lane, keys[lane] as ReturnType<FourMacs['key']>, at, text.length);
  }
  four.run();
  return messages.map(({ text }, lane) => four.matches(lane, FREE + lane * ROOM + lane + text.length, icv));
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
      expect(verdicts(hash, messages, icv)).toStrictEqual([true, true, true, true]);
    }
  });

  test('any keys and lengths, one to four at a time', () => {
    const message = fc.record({
      key: fc.uint8Array({ maxLength: 64 }),
      text: fc.uint8Array({ maxLength: 700 }),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), (messages) => {
        expect(verdicts(hash, messages, icv)).toStrictEqual(messages.map(() => true));
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  test('the longest there is room for', () => {
    const messages = [LONGEST, 0, LONGEST - 1, 1].map((length) => ({
      key: new Uint8Array(16).fill(7),
      text: new Uint8Array(length).fill(length & 0xff),
    }));
    expect(verdicts(hash, messages, icv)).toStrictEqual([true, true, true, true]);
  });

  test('one bit that differs is seen, wherever it is', () => {
    const messages = [0, 1, 2, 3].map((more) => ({ key: new Uint8Array(16), text: new Uint8Array(100 + 50 * more) }));
    for (let changed = 0; changed < icv; changed++) {
      expect(verdicts(hash, messages, icv, changed)).toStrictEqual([false, false, false, false]);
    }
  });
});

test('hashes that share memory do not disturb each other', () => {
  const message = { key: new Uint8Array(20).fill(3), text: new Uint8Array(90).fill(5) };
  for (const hash of ['sha1', 'md5', 'sha256', 'sha1', 'md5']) {
    expect(verdicts(hash, [message, message, message, message], 12)).toStrictEqual([true, true, true, true]);
  }
});

test('there is no program for others', () => {
  expect(fourMacs('sha512', there)).toBeNull();
});
