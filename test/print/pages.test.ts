import { expect, test } from 'vitest';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { laneStrip, LANE_GAP, pageSlices } from '../../core/print/pages.ts';
import { proxied, retransmitted } from '../ladder/inputs.ts';

/** Whatever the height of a page: everything is on one, nothing is cut, and all of it fits. */
const scenes = [proxied(), retransmitted()].flatMap((input) => [
  buildLadder(input),
  buildLadder(input, { scale: 'time' }),
]);
const cases = scenes.flatMap((scene, index) => [420, 500, 613, 5000].map((room) => [index, room, scene] as const));

test.each(cases)('scene %d on pages of %d pixels', (_, room, scene) => {
  const slices = pageSlices(scene, room);
  expect(slices[0]?.from).toBe(0);
  expect(slices.at(-1)?.to).toBe(scene.height);
  expect(slices.map(({ first }) => first)).toEqual([0, ...slices.slice(0, -1).map(({ end }) => end)]);
  expect(slices.at(-1)?.end).toBe(scene.items.length);
  const strip = laneStrip(scene);
  for (const [index, { from, to, first, end }] of slices.entries()) {
    if (index > 0) expect(from).toBe(slices[index - 1]?.to);
    const repeated = index === 0 ? 0 : strip.bottom - strip.top + LANE_GAP;
    expect(to - from + repeated).toBeLessThanOrEqual(room + 20);
    for (const { y } of scene.items.slice(first, end)) {
      expect(y).toBeGreaterThan(from);
      expect(y).toBeLessThan(to);
    }
  }
  if (room === 5000) expect(slices).toHaveLength(1);
});
