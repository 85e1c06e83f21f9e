import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sighting } from '../../../core/analysis/sighting.ts';
import { Extents } from '../../../core/decode/extents.ts';
import { BatchReader, BatchWriter } from '../../../core/host/reading/batch.ts';

/** What is written into a batch comes out of it: every number at its limits, every identifier, present, empty or not there. */

const places = ['callId', 'fromTag', 'toTag', 'branch', 'sentBy', 'method', 'cseqMethod', 'sdp'] as const;
/** Of methods 0 is a place. */
const noneOf = (name: (typeof places)[number]): number => (name === 'method' || name === 'cseqMethod' ? -1 : 0);
const numbers = {
  time: fc.integer({ min: -(2 ** 40), max: 2 ** 53 }),
  position: fc.nat(2 ** 53),
  frame: fc.nat(2 ** 31 - 1),
  length: fc.nat(2 ** 31 - 1),
  src: fc.nat(2 ** 32 - 1),
  dst: fc.nat(2 ** 32 - 1),
  sport: fc.nat(65_535),
  dport: fc.nat(65_535),
  flags: fc.nat(255),
  transport: fc.constantFrom(0, 1, 2, 3, 4, 5),
  maxForwards: fc.nat(255),
  viaCount: fc.nat(255),
  method: fc.nat(15),
  cseqMethod: fc.nat(15),
  status: fc.nat(999),
  faults: fc.nat(65_535),
  cseqNumber: fc.nat(2 ** 32 - 1),
  bodyAt: fc.nat(2 ** 31 - 1),
  bodyLength: fc.nat(2 ** 31 - 1),
  association: fc.nat(2 ** 31 - 1),
  ipId: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
  surroundings: fc.integer(),
  digest: fc.integer(),
  intent: fc.nat(7),
} as const;
const text = fc.option(fc.uint8Array({ maxLength: 70 }), { nil: null });
const message = fc.record({
  numbers: fc.record(numbers),
  texts: fc.tuple(text, text, text, text, text, text, text, text),
  pieces: fc.array(fc.record({ start: fc.nat(9999), length: fc.nat(9999), position: fc.nat(2 ** 53) }), {
    maxLength: 5,
  }),
  made: fc.option(fc.uint8Array({ minLength: 1, maxLength: 300 }), { nil: null }),
});
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

function sightingOf({ numbers: values, texts, pieces, made }: Message): Sighting {
  const seen = new Sighting();
  Object.assign(seen, values);
  // Something before and behind each.
  const bytes = Uint8Array.from([1, ...texts.flatMap((one) => [...(one ?? []), 2])]);
  seen.bytes = bytes;
  seen.view = new DataView(bytes.buffer);
  let at = 1;
  for (const [i, name] of places.entries()) {
    const one = texts[i] ?? null;
    const none = noneOf(name);
    seen[`${name}At`] = one === null ? none : at;
    seen[`${name}End`] = one === null ? none : at + one.length;
    at += (one?.length ?? 0) + 1;
  }
  if (pieces.length > 0) {
    seen.origin = new Extents();
    for (const { start, length, position } of pieces) seen.origin.add(start, length, position);
    if (made !== null) {
      seen.origin.made = true;
      seen.made = made;
      seen.length = made.length;
    }
  }
  return seen;
}

/** The same for equal messages, wherever their bytes lie. */
function told(seen: Sighting): object {
  const { bytes, origin, made } = seen;
  return {
    numbers: Object.keys(numbers).map((name) => [name, seen[name as keyof typeof numbers]]),
    texts: places.map((name) =>
      seen[`${name}At`] === noneOf(name) ? null : [...bytes.subarray(seen[`${name}At`], seen[`${name}End`])],
    ),
    origin,
    made: made === null ? null : [...made],
  };
}

test('what is written comes out', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 20 }), (messages) => {
      const writer = new BatchWriter();
      for (const one of messages) expect(writer.add(sightingOf(one))).toBe(true);
      expect(writer.count).toBe(messages.length);
      const reader = new BatchReader(writer.memory);
      const seen = new Sighting();
      for (const one of messages) {
        reader.next(seen);
        expect(told(seen)).toEqual(told(sightingOf(one)));
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('a full batch takes no more, an empty one takes any message', () => {
  const seen = new Sighting();
  seen.bytes = new Uint8Array(3 << 20).fill(65);
  seen.view = new DataView(seen.bytes.buffer);
  seen.callIdAt = 1;
  seen.callIdEnd = seen.bytes.length;
  const writer = new BatchWriter();
  expect(writer.add(seen)).toBe(true);
  expect(writer.add(seen)).toBe(false);
  expect(writer.count).toBe(1);
  writer.clear();
  expect(writer.add(seen)).toBe(true);
  const read = new Sighting();
  new BatchReader(writer.memory).next(read);
  expect(read.callIdEnd - read.callIdAt).toBe(seen.bytes.length - 1);
  expect(read.bytes.subarray(read.callIdAt, read.callIdEnd).every((byte) => byte === 65)).toBe(true);
});
