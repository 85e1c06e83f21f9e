import { expect, test } from 'vitest';
import { MediaFlows } from '../../../core/analysis/streams/media-flows.ts';
import type { Packet } from '../../../core/decode/packet.ts';

function packet(src: number, dst: number, sport: number, dport: number): Packet {
  return { src, dst, sport, dport } as Packet;
}

test('each directed 5-tuple is counted once, also when the table grows', () => {
  const flows = new MediaFlows();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 5000; i++) {
      flows.of(packet(0x0a00_0001 + (i % 7), 0x0a00_0102, 10_000 + 2 * i, 20_000));
      flows.of(packet(0x0a00_0102, 0x0a00_0001 + (i % 7), 20_000, 10_000 + 2 * i));
    }
  }
  expect({ count: flows.count, packets: flows.packets, unplaced: flows.unplaced }).toEqual({
    count: 10_000,
    packets: 20_000,
    unplaced: 0,
  });
});

test('flows beyond the limit are counted as packets, and that is known', () => {
  const flows = new MediaFlows(3);
  for (let i = 1; i <= 5; i++) flows.of(packet(i, 9, 4000, 4000));
  expect({ count: flows.count, packets: flows.packets, unplaced: flows.unplaced }).toEqual({
    count: 3,
    packets: 5,
    unplaced: 2,
  });
});
