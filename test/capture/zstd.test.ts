import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZstdError } from '../../core/capture/zstd/bits.ts';
import { ZstdDecoder } from '../../core/capture/zstd/decoder.ts';
import { Xxh64 } from '../../core/capture/zstd/xxh64.ts';
import { Bytes, join, payload } from './build.ts';
import { longSample, packed, sampleText } from './zstd-samples.ts';

const MAGIC = 0xfd2fb528;

/** What comes out, and the error that ended it; null where the frames are whole, 'incomplete' where they are not. */
function unpack(bytes: Uint8Array, piece = 65_536): { readonly bytes: Uint8Array; readonly error: string | null } {
  const decoder = new ZstdDecoder();
  const parts: Uint8Array[] = [];
  try {
    for (let at = 0; at < bytes.length; at += piece) {
      decoder.write(bytes.subarray(at, at + piece));
      for (let part = decoder.read(); part !== null; part = decoder.read()) parts.push(part.slice());
    }
  } catch (error) {
    if (!(error instanceof ZstdError)) throw error;
    return { bytes: join(...parts), error: error.message };
  }
  return { bytes: join(...parts), error: decoder.complete ? null : 'incomplete' };
}

/** A frame with a window of 128 KiB, and in it blocks of type, size and content. */
function frame(...blocks: readonly (readonly [type: number, size: number, content: Uint8Array])[]): Uint8Array {
  const all = new Bytes().u32(MAGIC).u8(0, 0x38);
  blocks.forEach(([type, size, content], i) => {
    const head = (size << 3) | (type << 1) | (i === blocks.length - 1 ? 1 : 0);
    all.u8(head & 255, (head >> 8) & 255, head >> 16).bytes(content);
  });
  return all.done();
}

const skippable = new Bytes().u32(0x184d2a55, 5).bytes('hello').done();
const short = packed['short -19'] as Uint8Array;
const text = sampleText(3000);

describe('zstd', () => {
  test('unpacks what zstd packed, at every level and in pieces of any size', () => {
    for (const [name, bytes] of Object.entries(packed)) {
      const expected = name.startsWith('long') ? longSample() : text;
      for (const piece of [1, 7, 4096, 1 << 20]) {
        const { bytes: found, error } = unpack(bytes, piece);
        expect({ name, piece, error, same: Buffer.compare(found, expected) === 0 }).toEqual({
          name,
          piece,
          error: null,
          same: true,
        });
      }
    }
  });

  test('reads several frames and passes over skippable ones', () => {
    const { bytes, error } = unpack(join(skippable, short, skippable, short, skippable), 10);
    expect([Buffer.compare(bytes, join(text, text)), error]).toEqual([0, null]);
  });

  test('reads raw and repeated blocks', () => {
    const { bytes, error } = unpack(frame([0, 3, payload(3)], [1, 5, Uint8Array.of(65)], [0, 0, payload(0)]));
    expect([bytes, error]).toEqual([join(payload(3), new TextEncoder().encode('AAAAA')), null]);
  });

  test('knows a cut from an end, wherever it is', () => {
    for (let length = 1; length < short.length; length += 13) {
      expect(unpack(short.subarray(0, length)).error).toBe('incomplete');
    }
  });

  test('gives the blocks before the damage', () => {
    expect(unpack(frame([0, 3, payload(3)], [3, 0, payload(0)]))).toEqual({
      bytes: payload(3),
      error: 'a block is of a kind nobody has described yet',
    });
    expect(unpack(join(short, payload(20)))).toEqual({
      bytes: text,
      error: 'there is no frame where one should begin',
    });
  });

  test('checks the sum of a frame', () => {
    const wrong = Uint8Array.from(short);
    wrong[wrong.length - 1] = (wrong.at(-1) as number) ^ 1;
    expect(unpack(wrong)).toEqual({ bytes: text, error: 'the checksum of a frame is wrong' });
  });

  test('refuses windows that would fill the memory, and dictionaries', () => {
    expect(unpack(new Bytes().u32(MAGIC).u8(0, 0xff).u32(0).done()).error).toBe(
      'a frame needs a window of more than 128 MiB',
    );
    expect(unpack(new Bytes().u32(MAGIC).u8(0xe0).u32(0, 1).u32(0).done()).error).toBe(
      'a frame needs a window of more than 128 MiB',
    );
    expect(unpack(new Bytes().u32(MAGIC).u8(1, 0x38, 9).u32(0).done()).error).toBe('a frame needs a dictionary');
  });

  test('is not kept busy by a few bytes that claim billions', () => {
    // 98,047 sequences of 65,539 bytes and more each, out of a bit stream of three bytes.
    const body = Uint8Array.of(0x08, 0x41, 255, 255, 255, 0x54, 0, 0, 52, 255, 255, 255);
    expect(unpack(frame([2, body.length, body])).error).toBe('a block is too long');
  });

  test('never throws anything else, and gives no more than the blocks can hold', () => {
    const whole = packed['short -3 --no-check'] as Uint8Array;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          expect(unpack(bytes.subarray(0, length), 100).bytes.length).toBeLessThanOrEqual(
            (whole.length / 3) * (128 << 10),
          );
        },
      ),
      { seed: 11, numRuns: 3000 },
    );
  });
});

test('XXH64 gives the known sums, however the bytes are cut', () => {
  const sum = (bytes: Uint8Array, piece: number): number => {
    const hash = new Xxh64();
    for (let at = 0; at < bytes.length; at += piece) hash.update(bytes.subarray(at, at + piece));
    return hash.low32();
  };
  const ascii = (value: string): Uint8Array => new TextEncoder().encode(value);
  expect(sum(ascii(''), 1)).toBe(0x51d8e999);
  expect(sum(ascii('abc'), 3)).toBe(0xad770999);
  for (const piece of [1, 7, 31, 32, 33, 1000]) expect(sum(text, piece)).toBe(sum(text, 3000));
});
