import { describe, expect, test } from 'vitest';
import { cells } from '../../core/export/cells.ts';
import { text } from '../../core/export/text.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { Dialogue, inputs, looping, loopback, proxied, sixLanes } from '../ladder/inputs.ts';

describe.each(Object.entries(inputs))('%s as text', (_name, make) => {
  test.each([40, 60, 80, 100, 120, 160, 200])('keeps to %i columns, and its lifelines stand still', (width) => {
    const scene = buildLadder(make());
    const lines = text(scene, { width }).split('\n');
    for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(width);
    const first = lines.findIndex((line) => /^ *│[ │]*$/u.test(line));
    if (first === -1) return;
    const xs = [...(lines[first] as string).matchAll(/│/gu)].map(({ index }) => index);
    expect(xs).toHaveLength(scene.lanes.length);
    // Below the ladder an empty line, and what the signs on its arrows say.
    for (const line of lines.slice(first, lines.indexOf('', first))) {
      const row = Array.from(line).flatMap((character) => (cells(character) === 2 ? [character, ''] : [character]));
      // The outermost lifelines are covered by nothing.
      for (const x of [xs[0], xs.at(-1)]) expect(row[x as number]).toMatch(/[│├┤┊║╟╢]/u);
    }
  });
});

test('an arrow has its words in the middle, its head at its end, and what does not fit on it below', () => {
  const lines = text(buildLadder(proxied()), { width: 80 }).split('\n');
  expect(lines.find((line) => line.includes('#3'))).toMatch(/├─+ INVITE CSeq 1 ─+▶│ +│$/u);
  expect(lines.find((line) => line.includes('#6'))).toMatch(/│◀─+ 100 Trying ─+┤ +│$/u);
  expect(lines[lines.findIndex((line) => line.includes('#3')) + 1]).toMatch(/│ +PCMU\/8000 20 ms, +│ +│$/u);
});

test('more lanes than fit are listed, and it says so', () => {
  const out = text(buildLadder(sixLanes()), { width: 60 });
  expect(out).toContain('6 hosts do not fit side by side into 60 columns');
  expect(out).toMatch(/^0\.000 +#3 +1 → 2 +INVITE CSeq 1/mu);
});

test('a message to oneself is a loop', () => {
  const out = text(buildLadder(loopback(), { lanes: 'address' }), { width: 80 });
  expect(out).toMatch(/├─╮ OPTIONS CSeq 1\n +│◀╯ TCP\n/u);
});

test('a width beyond reason is brought back to it', () => {
  const scene = buildLadder(new Dialogue().call({ callId: 'x', why: 'w '.repeat(300) }).input());
  expect(Math.max(...text(scene, { width: 1 }).split('\n').map(cells))).toBeLessThanOrEqual(40);
  expect(Math.max(...text(scene, { width: 1e9 }).split('\n').map(cells))).toBeLessThanOrEqual(400);
});

test.each(Object.entries({ ...inputs, looping }))(
  'every message of %s has its frame number at any width',
  (_name, make) => {
    const scene = buildLadder(make());
    const frames = scene.items.flatMap((item) => (item.kind === 'arrow' ? [item.frame] : []));
    for (const width of [60, 80, 100, 120, 200]) {
      const out = text(scene, { width, head: false });
      for (const frame of frames) expect(out).toMatch(new RegExp(`^(?:.* )?#${frame} `, 'mu'));
    }
  },
);

test('a message that the last lane sends to itself is written left of it, where there is room', () => {
  const out = text(buildLadder(looping()), { width: 100 });
  expect(out).toMatch(/^ *0\.0.* #\d+ +│ +483 Too Many Hops CSeq 1 INVITE ╭─┤$/mu);
  expect(out).toMatch(/^ +│ +retransmission of #\d+ \(\+\d\.\d{3} s\) ╰▶│$/mu);
  expect(out).not.toContain('…');
});

test('what was folded is told in full at any width, and no lifeline is covered', () => {
  const scene = buildLadder(looping(), { fold: true });
  for (const width of [40, 60, 80, 120]) {
    const out = text(scene, { width, head: false });
    expect(out.replaceAll(/[\s┊│]+/gu, ' ')).toContain('22 more like the 2 above, frames 15–78');
    for (const line of out.split('\n')) expect(cells(line)).toBeLessThanOrEqual(width);
    // Both lifelines, on each line of a note.
    for (const line of out.split('\n').filter((one) => one.includes('┊'))) expect(line).toMatch(/^ *┊[^┊]+┊$/u);
  }
});

test('no width is the usual one', () => {
  const scene = buildLadder(proxied());
  for (const width of [0, -5, Number.NaN]) expect(text(scene, { width })).toBe(text(scene));
});
