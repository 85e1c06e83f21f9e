import { expect, test } from 'vitest';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { proxied, sixLanes } from './inputs.ts';

/** A drawing for a given width: lanes share what there is, and nothing stands outside or upon another. */

test('lanes move apart where there is room, up to a bound', () => {
  const own = buildLadder(proxied());
  const wide = buildLadder(proxied(), { room: own.width + 200 });
  expect(wide.width).toBeGreaterThan(own.width + 190);
  expect(wide.width).toBeLessThanOrEqual(own.width + 200);
  const [first = 0, second = 0] = buildLadder(proxied(), { room: 20_000 }).lanes.map(({ x }) => x);
  expect(second - first).toBeLessThanOrEqual(600);
});

test('lanes move closer where there is little, but boxes never overlap and labels stay between their lanes', () => {
  const own = buildLadder(sixLanes());
  for (const room of [own.width - 1, own.width - 100, 700, 200]) {
    const scene = buildLadder(sixLanes(), { room });
    expect(scene.width).toBeLessThanOrEqual(own.width);
    for (const [at, { box }] of scene.lanes.entries()) {
      const next = scene.lanes[at + 1]?.box;
      if (next !== undefined) expect(box.x + box.width).toBeLessThan(next.x);
    }
    expect(scene.items.map((item) => (item.kind === 'arrow' ? item.row : -1))).toEqual(
      own.items.map((item) => (item.kind === 'arrow' ? item.row : -1)),
    );
  }
  expect(buildLadder(sixLanes(), { room: own.width - 50 }).width).toBeLessThanOrEqual(own.width - 50);
});

test('a room as wide as the drawing wishes changes nothing', () => {
  const own = buildLadder(proxied());
  expect(buildLadder(proxied(), { room: own.width }).lanes).toEqual(own.lanes);
});
