import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FarIdentifiers, noNumbers } from '../../core/analysis/far-identifiers.ts';
import { Analysis } from '../../core/analysis/index.ts';
import { NumberingProgram } from '../../core/analysis/numbering-program.ts';
import { Numbering, type Identifiers } from '../../core/analysis/numbering.ts';
import { Sighting } from '../../core/analysis/sighting.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { BatchReader, BatchWriter } from '../../core/host/reading/batch.ts';

/** WebAssembly gives the same numbers as JavaScript, whatever the identifiers are, and they are found again. */

const places = ['callId', 'fromTag', 'toTag', 'branch', 'sentBy'] as const;
const kinds = ['callIds', 'tags', 'branches', 'sentBys'] as const;
type Texts = readonly (Uint8Array | null)[];

/** Few different ones, of all lengths that are compared in different ways, and some that differ in one byte only. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'abc', 'abd', 'z9hG4bK-1', 'z9hG4bK-2', 'y9hG4bK-2', 'host.example:5060').map(utf8),
  fc.uint8Array({ maxLength: 40 }),
);
const message = fc.tuple(...places.map(() => fc.option(text, { nil: null, freq: 6 })));

function sightingOf(texts: Texts): Sighting {
  const seen = new Sighting();
  const bytes = Uint8Array.from([1, ...texts.flatMap((one) => [...(one ?? []), 2])]);
  seen.bytes = bytes;
  seen.view = new DataView(bytes.buffer);
  let at = 1;
  for (const [i, name] of places.entries()) {
    const one = texts[i] ?? null;
    seen[`${name}At`] = one === null ? 0 : at;
    seen[`${name}End`] = one === null ? 0 : at + one.length;
    at += (one?.length ?? 0) + 1;
  }
  return seen;
}

function opened(most?: number): NumberingProgram {
  const program = NumberingProgram.open(most);
  if (program === null) throw new Error('there is no WebAssembly');
  return program;
}

function batchOf(messages: readonly Texts[]): Uint8Array {
  const writer = new BatchWriter();
  for (const texts of messages) expect(writer.add(sightingOf(texts))).toBe(true);
  return writer.records;
}

const numbersOf = (seen: Sighting): readonly number[] => places.map((name) => seen[name]);

/** What another thread knows of the numbers. */
function farFrom(program: NumberingProgram): FarIdentifiers {
  const far = new FarIdentifiers();
  far.learn(program.told());
  return far;
}

function numbered(program: NumberingProgram, messages: readonly Texts[]): (readonly number[])[] {
  const records = program.number(batchOf(messages), messages.length);
  if (records === null) throw new Error('there was no room');
  const reader = new BatchReader(records.buffer, records.byteOffset, true);
  const seen = new Sighting();
  return messages.map(() => {
    reader.next(seen);
    return numbersOf(seen);
  });
}

function oneByOne(numbering: Numbering, messages: readonly Texts[]): (readonly number[])[] {
  return messages.map((texts) => {
    const seen = sightingOf(texts);
    numbering.number(seen);
    return numbersOf(seen);
  });
}

function expectSame(one: Identifiers, other: Identifiers): void {
  for (const kind of kinds) {
    expect(one[kind].size).toBe(other[kind].size);
    for (let id = 0; id < one[kind].size; id++) {
      const bytes = one[kind].bytesOf(id);
      expect([...bytes]).toEqual([...other[kind].bytesOf(id)]);
      expect(one[kind].text(id)).toBe(other[kind].text(id));
      if (id > 0) expect(one[kind].find(bytes)).toBe(id);
    }
    expect(one[kind].find(utf8('nobody said this'))).toBe(0);
  }
}

test('equal identifiers have equal numbers, in the order in which they come', () => {
  fc.assert(
    fc.property(fc.array(fc.array(message, { minLength: 1, maxLength: 40 }), { maxLength: 5 }), (batches) => {
      const numbering = new Numbering();
      const program = opened();
      const far = farFrom(program);
      for (const batch of batches) {
        expect(numbered(program, batch)).toEqual(oneByOne(numbering, batch));
        far.learn(program.told());
        expectSame(far, numbering);
      }
    }),
    { seed: 3, numRuns: 60 },
  );
});

/** Messages of which each but the first two identifiers is new. */
function many(from: number, count: number): Texts[] {
  return Array.from({ length: count }, (_, i) => [
    utf8(`call-${(from + i) >> 2}@host.example`),
    utf8(`from-${(from + i) >> 2}`),
    utf8(`to-${from + i}`),
    utf8(`z9hG4bK-${from + i}`),
    utf8(`${from + i}.example`),
  ]);
}

test('tables grow, and nothing is lost', () => {
  const numbering = new Numbering();
  const program = opened();
  for (let from = 0; from < 60_000; from += 1000) {
    const batch = many(from, 1000);
    expect(numbered(program, batch)).toEqual(oneByOne(numbering, batch));
  }
  const { branches } = farFrom(program);
  expect(branches.size).toBe(60_001);
  for (let id = 1; id < branches.size; id += 997) {
    expect(branches.text(id)).toBe(`z9hG4bK-${id - 1}`);
    expect(branches.find(utf8(`z9hG4bK-${id - 1}`))).toBe(id);
  }
});

test('an identifier as long as a message may be', () => {
  const program = opened();
  const long = new Uint8Array(700 << 10).fill(65);
  const before = numbered(program, [[long, null, null, null, null]]);
  const after = numbered(program, [[long, long, null, null, null]]);
  expect([before, after]).toEqual([[[1, 0, 0, 0, 0]], [[1, 1, 0, 0, 0]]]);
  expect(Buffer.compare(farFrom(program).callIds.bytesOf(1), long)).toBe(0);
});

test('without room for more, numbers go on in JavaScript, and who looks at them notices nothing', () => {
  const program = opened(5 << 20);
  const analysis = new Analysis(() => 0);
  const { messages } = analysis;
  messages.numbered(noNumbers);
  const kept = messages.branches;
  const numbering = new Numbering();
  let byProgram = 0;
  for (let from = 0; from < 80_000; from += 2000) {
    const batch = many(from, 2000);
    const records = batchOf(batch);
    const there = byProgram < from / 2000 ? null : program.number(records, batch.length);
    messages.numbered(there === null ? null : program.told());
    if (there !== null) byProgram += 1;
    const { buffer, byteOffset } = there ?? records;
    analysis.takeAll(
      new BatchReader(buffer, byteOffset, there !== null),
      batch.length,
      new Sighting(),
      () => undefined,
    );
    oneByOne(numbering, batch);
  }
  expect(byProgram).toBeGreaterThan(1);
  expect(byProgram).toBeLessThan(40);
  expect(messages.count).toBe(80_000);
  for (const kind of kinds) {
    expect(messages[kind].size).toBe(numbering[kind].size);
    for (let id = 1; id < numbering[kind].size; id += 331)
      expect(messages[kind].text(id)).toBe(numbering[kind].text(id));
  }
  expect(kept.text(70_000)).toBe('z9hG4bK-69999');
  expect(kept.find(utf8('z9hG4bK-69999'))).toBe(70_000);
});
