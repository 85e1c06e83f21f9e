import { expect, test } from 'vitest';
import { buildLadder } from '../../../core/ladder/ladder.ts';
import { SceneItems } from '../../../core/ladder/scene-items.ts';
import { acrossTo, moved, placeAt, reachOf, stripOf } from '../../../renderer/views/ladder/places.ts';
import { inputs } from '../../ladder/inputs.ts';

const items = new SceneItems(buildLadder(inputs.proxied()));
const arrows = items.index.row.flatMap((_, at) => (items.isStop(at) ? [at] : []));

test('the arrow or band whose row is under the pointer; none above and below the drawing', () => {
  for (const at of arrows) {
    const y = items.index.y[at] ?? 0;
    expect(placeAt(items, y)).toBe(at);
    expect(placeAt(items, y - 10)).toBe(at);
    expect(placeAt(items, y + 8)).toBe(at);
  }
  expect(placeAt(items, (items.index.y[0] ?? 0) - 60)).toBe(-1);
  expect(placeAt(items, (items.index.y.at(-1) ?? 0) + 60)).toBe(-1);
});

test('keys go over arrows and bands, not over notes, and stop at both ends', () => {
  let place = -1;
  const seen: number[] = [];
  while (seen.length < arrows.length) {
    place = moved(items, place, 'ArrowDown', 400) ?? -1;
    seen.push(place);
  }
  expect(seen).toEqual(arrows);
  expect(moved(items, place, 'ArrowDown', 400)).toBe(place);
  expect(moved(items, place, 'Home', 400)).toBe(arrows[0]);
  expect(moved(items, arrows[0] ?? 0, 'ArrowUp', 400)).toBe(arrows[0]);
  expect(moved(items, arrows[0] ?? 0, 'End', 400)).toBe(arrows.at(-1));
  expect(moved(items, place, 'x', 400)).toBeNull();
});

test('a page down and up is about the height of the pane, and at least an arrow', () => {
  const first = arrows[0] ?? 0;
  const next = moved(items, first, 'PageDown', 130) ?? -1;
  const step = (items.index.y[next] ?? 0) - (items.index.y[first] ?? 0);
  expect(step).toBeGreaterThan(60);
  expect(step).toBeLessThanOrEqual(130);
  expect(moved(items, next, 'PageUp', 130)).toBe(first);
  expect(moved(items, first, 'PageDown', 1)).toBe(arrows[1]);
  expect(moved(items, first, 'PageDown', 1e6)).toBe(arrows.at(-1));
});

test('an empty ladder has no places', () => {
  const none = new SceneItems(buildLadder({ messages: [], calls: [] }));
  for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'])
    expect(moved(none, -1, key, 400)).toBe(-1);
  expect(placeAt(none, 100)).toBe(-1);
});

test('what is marked of a row leaves its neighbours free', () => {
  for (const make of Object.values(inputs)) {
    for (const sdp of [true, false]) {
      const all = new SceneItems(buildLadder(make(), { sdp }));
      const strip = stripOf(all);
      const { y, row } = all.index;
      for (let at = 1; at < y.length; at++)
        if ((row[at] ?? -1) >= 0 && (row[at - 1] ?? -1) >= 0)
          expect(strip.height).toBeLessThanOrEqual((y[at] ?? 0) - (y[at - 1] ?? 0) + 4);
    }
  }
});

test('scrolling to the side: not at all where all is seen, else until it is, or its left end', () => {
  const pane = { seen: 800, beside: 200 };
  expect(acrossTo(0, pane, { left: 220, right: 790 })).toBe(0);
  expect(acrossTo(100, pane, { left: 320, right: 890 })).toBe(100);
  // To the right: its right end comes to the edge. To the left: it comes out from below the columns that stay.
  expect(acrossTo(0, pane, { left: 900, right: 1300 })).toBe(500);
  expect(acrossTo(500, pane, { left: 600, right: 900 })).toBe(400);
  expect(acrossTo(500, pane, { left: 150, right: 400 })).toBe(0);
  expect(acrossTo(0, pane, { left: 500, right: 2000 })).toBe(300);
});

test('an arrow reaches from its number to its head, a loop to its words', () => {
  const scene = buildLadder(inputs.loopback());
  for (const item of scene.items) {
    if (item.kind !== 'arrow') continue;
    const { left, right } = reachOf(item);
    expect(left).toBeLessThan(Math.min(item.x1, item.x2, item.badge.x));
    expect(right).toBeGreaterThan(Math.max(item.x1, item.x2, item.loop === null ? 0 : item.above.x));
  }
});
