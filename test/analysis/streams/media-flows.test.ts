import { expect, test } from 'vitest';
import { MediaProgram } from '../../../core/analysis/streams/media-program.ts';
import { ProgramMemory } from '../../../core/bytes/program-memory.ts';

/** Counts packets of these 5-tuples, and of nothing in them. */
function counted(tuples: Iterable<readonly [number, number, number, number]>, flows?: number): MediaProgram {
  const memory = ProgramMemory.open();
  if (memory === null) throw new Error('there is no WebAssembly here');
  const program = new MediaProgram(memory, { measures: false, ...(flows === undefined ? {} : { flows }) });
  const { byteOffset: at } = memory.take(64);
  for (const [src, dst, sport, dport] of tuples) {
    program.packet(src, dst, (sport << 16) | dport, 0, 1, at, at + 12, 0, 54, false, false);
  }
  return program;
}

test('each directed 5-tuple is counted once, also when the table grows', () => {
  const there: [number, number, number, number][] = [];
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 50_000; i++) {
      const other = 0x0a00_0001 + (i % 7);
      const [low, high] = [2 * (i % 25_000), 20_000 + (i & 1)];
      there.push([other, 0x0a00_0102, low, high], [0x0a00_0102, other, high, low]);
    }
  }
  const known = new Set(there.map((tuple) => tuple.join(' ')));
  const { flows, packets, unplacedFlows } = counted(there);
  expect({ flows, packets, unplacedFlows }).toEqual({ flows: known.size, packets: 200_000, unplacedFlows: 0 });
});

test('flows beyond the limit are counted as packets, and that is known', () => {
  const five = [1, 2, 3, 4, 5].map((i) => [i, 9, 4000, 4000] as const);
  const { flows, packets, unplacedFlows } = counted(five, 3);
  expect({ flows, packets, unplacedFlows }).toEqual({ flows: 3, packets: 5, unplacedFlows: 2 });
});
