import { expect, test } from 'vitest';
import type { LadderScene } from '../../core/contract/ladder.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { indexOf, SceneItems } from '../../core/ladder/scene-items.ts';
import { Dialogue, proxied } from './inputs.ts';

/** A long ladder is looked at in parts: what can be seen is asked for, and nothing twice. */
const dialogue = new Dialogue().call({ callId: 'long' });
for (let at = 0; at < 1000; at++) {
  dialogue.say(at === 500 ? 60_000 : at, '10.0.0.1:5060', '10.0.0.2:5060', 'INFO', { of: `${at} INFO` });
}
const whole = buildLadder(dialogue.byTime());

function inParts(): { readonly scene: LadderScene; readonly items: SceneItems } {
  const scene = { ...whole, items: whole.items.slice(0, 200), index: indexOf(whole.items) };
  return { scene, items: new SceneItems(scene) };
}

test('the items between two heights are those that can be seen there', () => {
  const { items } = inParts();
  expect(items.count).toBe(whole.items.length);
  const { from, to } = items.between(10_000, 10_500);
  const inside = whole.items.flatMap(({ y }, at) => (y >= 10_000 && y <= 10_500 ? [at] : []));
  expect(from).toBeLessThanOrEqual(inside[0] ?? -1);
  expect(to).toBeGreaterThan(inside.at(-1) ?? Infinity);
  expect(to - from).toBeLessThan(inside.length + 8);
  expect(items.between(-500, 0)).toMatchObject({ from: 0 });
  expect(items.between(1e9, 2e9)).toEqual({ from: items.count, to: items.count });
});

test('what is missing is asked for in runs until all of it is there', () => {
  const { items } = inParts();
  expect(items.missing(0, 150)).toBeNull();
  expect(items.missing(190, 230)).toEqual({ from: 200, count: 200 });
  expect(items.missing(350, 450)).toEqual({ from: 200, count: 400 });
  items.put(200, whole.items.slice(200, 600));
  expect(items.missing(350, 450)).toBeNull();
  expect(items.get(420)).toBe(whole.items[420]);
  expect(items.missing(items.count - 3, items.count + 50)).toEqual({ from: 800, count: items.count - 800 });
});

test('an arrow is found by its message, and the next one by key, before it has come', () => {
  const { items } = inParts();
  const last = whole.items.at(-1);
  const row = last?.kind === 'arrow' ? last.row : -1;
  expect(items.placeOf(row)).toBe(items.count - 1);
  expect(items.arrow(row)).toBeNull();
  items.put(items.count - 1, whole.items.slice(-1));
  expect(items.arrow(row)).toBe(last);
  expect(items.placeOf(-1)).toBe(-1);
  const note = whole.items.findIndex(({ kind }) => kind === 'note');
  expect(note).toBeGreaterThan(0);
  expect(items.arrowFrom(note, 1)).toBe(note + 1);
  expect(items.arrowFrom(note, -1)).toBe(note - 1);
  expect(items.arrowFrom(items.count, 1)).toBe(-1);
});

test('a scene that came whole needs nothing more', () => {
  const scene = buildLadder(proxied());
  const items = new SceneItems(scene);
  expect(items.count).toBe(scene.items.length);
  expect(items.missing(0, items.count)).toBeNull();
});
