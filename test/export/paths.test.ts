import { describe, expect, test } from 'vitest';
import type { LadderScene } from '../../core/contract/ladder.ts';
import { ladderFormats } from '../../core/export/index.ts';
import { cells } from '../../core/export/cells.ts';
import { svg } from '../../core/export/svg.ts';
import { text } from '../../core/export/text.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { withRemarks } from '../../core/ladder/legend.ts';
import { proxied } from '../ladder/inputs.ts';

/** What is known of hops, forks and legs stands in every kind of document, not on the screen alone. */

const way = 'INVITE 1: 10.0.0.2:5060 sent it to 2 places at once; 10.0.0.3:5080 answered first and won after 1.00 s.';
const tie = 'A and B are legs of one call (98 %): X-Call-ID of frame 3 is the Call-ID of the other leg.';

function known(more: Partial<LadderScene> = {}): LadderScene {
  const scene = buildLadder(proxied());
  const items = scene.items.map((item, at) =>
    item.kind === 'arrow' && at === 2 ? { ...item, changed: { frame: 1, count: 2, words: 'From, X-Lab' } } : item,
  );
  return { ...scene, items, ways: [way], ties: [tie], ...more };
}

/** Without line ends and escapes of any of the languages. */
function plain(document: string): string {
  return document
    .replaceAll(/<br\/>|\\n|\\(?=[^\\])|\n */gu, ' ')
    .replaceAll('#59;', ';')
    .replaceAll(/ +/gu, ' ');
}

describe.each(ladderFormats.filter(({ name }) => name !== 'svg').map((format) => [format.name, format] as const))(
  '%s',
  (name, format) => {
    test('tells what a hop changed, which way it took, and why calls are legs', () => {
      const out = plain(format.write(known(), { messages: new Map() }));
      expect(out).toContain('From, X-Lab');
      expect(out).toContain('answered first and won after 1.00 s');
      expect(out).toContain('X-Call-ID of frame 3 is the Call-ID of the other leg');
      const without = plain(format.write(buildLadder(proxied()), { messages: new Map() }));
      for (const word of ['±', 'Paths and forks', 'Legs']) expect(without).not.toContain(word);
      if (name !== 'json' && name !== 'html' && name !== 'markdown') expect(out).toContain('±2');
    });
  },
);

test('text: a sign on the arrow, sentences below, all within the width, also in ASCII', () => {
  for (const [width, ascii] of [
    [80, false],
    [60, true],
    [200, true],
  ] as const) {
    const out = text(known(), { width, ascii });
    for (const line of out.split('\n')) expect(cells(line)).toBeLessThanOrEqual(width);
    expect(out).toContain(ascii ? '+-2 frame' : '±2 frame');
    expect(out).toContain('Paths and forks:');
    if (ascii) expect(out).toMatch(/^[\n -~]*$/u);
  }
});

test('text: a loop with a change at each turn does not grow without end', () => {
  const scene = known();
  const arrow = scene.items.find((item) => item.kind === 'arrow' && item.changed !== undefined);
  const many = { ...scene, items: arrow === undefined ? [] : Array.from({ length: 70 }, () => arrow) };
  const out = text(many);
  expect(out.match(/^±2 frame/gmu)).toHaveLength(40);
  expect(out).toContain('and 30 more');
});

test('a drawing has them below its legend, on lines of their own', () => {
  const scene = buildLadder(proxied());
  const told = withRemarks(scene, [tie, way]);
  expect(told.height).toBeGreaterThan(scene.height);
  const ys = told.legend.map(({ y }) => y);
  expect(new Set(ys).size).toBeGreaterThanOrEqual(3);
  expect(Math.max(...ys)).toBeLessThan(told.height);
  expect(svg(told)).toContain('A and B are legs of one call');
  expect(withRemarks(scene, [])).toBe(scene);
  expect(
    withRemarks(
      scene,
      Array.from({ length: 50 }, () => way),
    ).legend.at(-1)?.text.text,
  ).toBe('and 38 more');
});
