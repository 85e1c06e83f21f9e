import { expect, test } from 'vitest';
import { Analysis } from '../../../core/analysis/index.ts';
import { NumberingProgram } from '../../../core/analysis/numbering-program.ts';
import { Sighting } from '../../../core/analysis/sighting.ts';
import { utf8 } from '../../../core/bytes/text.ts';
import { BatchReader } from '../../../core/host/reading/batch.ts';
import { Outbox } from '../../../core/host/reading/outbox.ts';

/** A message of a call of its own. */
function sightingOf(number: number): Sighting {
  const seen = new Sighting();
  seen.bytes = utf8(` call-${number}@host`);
  seen.view = new DataView(seen.bytes.buffer, seen.bytes.byteOffset, seen.bytes.length);
  seen.frame = number;
  seen.callIdAt = 1;
  seen.callIdEnd = seen.bytes.length;
  return seen;
}

test('messages arrive with their numbers, and go on without where there is no more room for any', () => {
  const analysis = new Analysis(() => 0);
  const { messages } = analysis;
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const numbered: boolean[] = [];
  /** Call-IDs there were more of than messages had brought. */
  let ahead = 0;
  const outbox = new Outbox(taken, NumberingProgram.open(5 << 20), ({ count, memory, numbers }) => {
    messages.numbered(numbers);
    numbered.push(numbers !== null);
    analysis.takeAll(new BatchReader(memory, 0, numbers !== null), count, new Sighting(), () => undefined);
    ahead += messages.callIds.size - 1 - messages.count;
    taken[0] = (taken[0] as number) + 1;
  });
  const COUNT = 60_000;
  for (let number = 1; number <= COUNT; number++) outbox.add(sightingOf(number));
  outbox.flush();
  expect(messages.count).toBe(COUNT);
  expect(ahead).toBe(0);
  expect(new Set(numbered)).toEqual(new Set([true, false]));
  expect(numbered.lastIndexOf(true)).toBe(numbered.indexOf(false) - 1);
  for (let row = 0; row < COUNT; row += 101) {
    expect(messages.frame.get(row)).toBe(row + 1);
    expect(messages.callIds.text(messages.callId.get(row))).toBe(`call-${row + 1}@host`);
  }
});
