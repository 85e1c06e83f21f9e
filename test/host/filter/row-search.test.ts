import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Flag, type Messages } from '../../../core/analysis/messages.ts';
import { FILE_SPAN } from '../../../core/bytes/position.ts';
import { utf8 } from '../../../core/bytes/text.ts';
import { findText, needle, type Needle } from '../../../core/filter/index.ts';
import type { LookBack } from '../../../core/host/reading/look-back.ts';
import { RowSearches } from '../../../core/host/filter/row-search.ts';
import { RowSpans } from '../../../core/host/filter/row-spans.ts';

interface Row {
  readonly position: number;
  readonly length: number;
  readonly pieces: boolean;
}

/** Two inputs of this text, with messages in them, as tables of a session have them. */
function capture(text: Uint8Array, rows: readonly Row[]): { messages: Messages; lookBack: LookBack } {
  const column = (value: (row: Row) => number): { get(row: number): number } => ({
    get: (row) => value(rows[row] as Row),
  });
  const messages = {
    position: column(({ position }) => position),
    length: column(({ length }) => length),
    flags: column(({ pieces }) => (pieces ? Flag.Pieces : 0)),
  };
  const readAt = (position: number, length: number): Uint8Array =>
    text.slice(position % FILE_SPAN, (position % FILE_SPAN) + length);
  const lookBack = {
    bytesOf: (row: number) => readAt((rows[row] as Row).position, (rows[row] as Row).length),
    capture: {
      readAt,
      readInto: (position: number, target: Uint8Array) => {
        const bytes = readAt(position, target.length);
        target.set(bytes);
        return bytes.length;
      },
    },
  };
  return { messages: messages as unknown as Messages, lookBack: lookBack as unknown as LookBack };
}

/** 700 KB in which the words stand often enough, also where one piece that is read ends and the next begins. */
function written(words: readonly string[]): Uint8Array {
  const text = new Uint8Array(700_000).fill(0x2d);
  for (let at = 0, count = 0; at < text.length - 100; at += 1 + ((count * 7919) % 997), count++)
    text.set(utf8(words[count % words.length] as string), at);
  return text;
}

const words = ['needle', 'NeeDLe', 'needl', 'eedle', 'é needle', 'a needle longer than sixteen bytes'];
const text = written(words);

/** Whether each message holds the texts, asked one after the other of the messages or of a part of them. */
function expectSame(rows: readonly Row[], needles: readonly Needle[], make: () => RowSearches, skip: number): number {
  const { messages, lookBack } = capture(text, rows);
  const searches = make();
  const all = searches.anyOf(needles) ?? [];
  expect(all).toHaveLength(needles.length);
  const spans = new RowSpans(messages, lookBack, searches.room);
  let found = 0;
  for (let row = 0; row < rows.length; row++) {
    spans.look(row);
    const { from, to } = spans;
    const own = lookBack.bytesOf(row);
    for (const [index, wanted] of needles.entries()) {
      for (const behind of [0, Math.min(skip, own.length)]) {
        const is = findText(own, behind, own.length, wanted) >= 0;
        expect(all[index]?.has(spans, from + behind, to), `row ${row}, text ${index}`).toBe(is);
        if (is) found += 1;
      }
    }
  }
  return found;
}

const wanted = [needle('needle'), needle('needle', true), needle('longer than sixteen'), needle('é'), needle('absent')];

it('says of each message what looking at it says, wherever pieces of the capture begin and end', () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ gap: fc.nat(90_000), length: fc.nat(3000), kind: fc.nat(9) }), { maxLength: 60 }),
      fc.nat(40),
      (list, skip) => {
        let next = 0;
        const rows = list.map(({ gap, length, kind }): Row => {
          // Mostly one behind the other; some far ahead, back again, or in the other input.
          if (kind > 7) next = (next + gap * 3) % text.length;
          else if (kind > 5) next += gap % 300;
          const position = (next % (text.length - 3000)) + (kind === 5 ? FILE_SPAN : 0);
          next = (position % FILE_SPAN) + length;
          return { position, length, pieces: kind === 4 };
        });
        found += expectSame(rows, wanted, () => new RowSearches(), skip);
      },
    ),
    { seed: 5, numRuns: 300 },
  );
  expect(found).toBeGreaterThan(1000);
});

it('so it is for messages that fill the capture without a gap, of every length', () => {
  const rows: Row[] = [];
  for (let at = 0, length = 1; at + length < text.length; at += length, length = 1 + ((length * 31) % 1500))
    rows.push({ position: at, length, pieces: false });
  rows.push({ position: 0, length: 300_000, pieces: false });
  expect(expectSame(rows, wanted, () => new RowSearches(), 7)).toBeGreaterThan(500);
});

it('takes texts that are the same for one, and says when there are too many', () => {
  const searches = new RowSearches();
  const once = searches.anyOf([needle('a'), needle('A')]);
  expect(once?.[0]).toBe(once?.[1]);
  expect(searches.anyOf([needle('a', true)])?.[0]).not.toBe(once?.[0]);
  expect(searches.anyOf(Array.from({ length: 30 }, (_, number) => needle(`text ${number}`)))).toBeNull();
  searches.clear();
  expect(searches.anyOf([needle('b')])).toHaveLength(1);
});
