import { expect, test } from 'vitest';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { pdf } from '../../core/print/pdf.ts';
import { paperFor } from '../../core/print/paper.ts';
import { Dialogue, proxied } from '../ladder/inputs.ts';
import { arrowsOf } from '../ladder/scene.ts';
import { readPdf } from './read-pdf.ts';

const scene = buildLadder(proxied());
const A4 = [595.28, 841.89];

/** A ladder of `count` messages between two hosts. */
function long(count: number): Dialogue {
  const dialogue = new Dialogue().call({ callId: 'long', from: 'sip:a@example.com', to: 'sip:b@example.com' });
  for (let at = 0; at < count; at++)
    dialogue.say(at * 10, '10.0.0.1:5060', '10.0.0.2:5060', 'INFO', { of: `${at + 1} INFO` });
  return dialogue;
}

test('a short ladder is one sheet of A4, with all its text to be selected', async () => {
  const { pages, sizes, embedded } = readPdf(await pdf(scene));
  expect(sizes).toEqual([A4]);
  const text = pages[0]?.join('\n') ?? '';
  for (const { text: words } of scene.head) expect(text).toContain(words);
  for (const arrow of arrowsOf(scene)) {
    expect(text).toContain(arrow.above.text);
    expect(text).toContain(`#${arrow.frame}`);
  }
  for (const { texts } of scene.lanes) for (const { text: words } of texts) expect(text).toContain(words);
  expect([...embedded].sort()).toEqual(['Inter-Regular', 'Inter-SemiBold', 'JetBrainsMono-Regular']);
});

test('a long one goes on with the lanes on each page, and every message is on one', async () => {
  const many = buildLadder(long(200).input());
  const { pages, sizes } = readPdf(await pdf(many));
  expect(pages.length).toBeGreaterThan(5);
  expect(new Set(sizes.map(String))).toEqual(new Set([String(A4)]));
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('10.0.0.1');
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
  }
  const frames = pages.flatMap((page) => page.filter((line) => /^#\d+$/u.test(line)));
  expect(frames).toEqual(arrowsOf(many).map(({ frame }) => `#${frame}`));
});

test('the same scene gives the same bytes, and no date is in them', async () => {
  const first = await pdf(scene, { theme: 'dark' });
  expect(Buffer.compare(first, await pdf(scene, { theme: 'dark' }))).toBe(0);
  expect(readPdf(first).info).toMatch(/\/Title/u);
  expect(Buffer.from(first).toString('latin1')).not.toMatch(/CreationDate|ModDate|D:\d{4}/u);
});

test('text of the capture that looks like PDF is text, and what no font has is seen to be missing', async () => {
  const hostile = new Dialogue()
    .call({ callId: ') Tj ET (', from: '"李 (a) endstream" <sip:a@b>', to: 'sip:c@d' })
    .say(0, '10.0.0.1:5060', '10.0.0.2:5060', 'INVITE')
    .say(1, '10.0.0.2:5060', '10.0.0.1:5060', '404 >> endobj');
  const drawn = buildLadder(hostile.input());
  const { pages, info } = readPdf(await pdf(drawn));
  const text = pages[0]?.join('\n') ?? '';
  expect(text).toContain('404 >> endobj');
  expect(text).toContain('\uFFFD (a) endstream');
  expect(info).toContain('/Title');
});

test('a ladder of more pages than anybody reads is refused with what to do instead', async () => {
  await expect(
    pdf({
      ...scene,
      items: Array.from({ length: 60_000 }, (_, at) => ({
        kind: 'note',
        text: '',
        y: 300 + 40 * at,
        pill: { text: '', x: 0, y: 0, width: 1 },
        x1: 0,
        x2: 1,
      })),
      height: 2_500_000,
    }),
  ).rejects.toThrow(
    /^as a PDF this ladder would have \d+ pages, which is too many: choose SVG or HTML, or fewer calls$/u,
  );
});

test.each([
  [500, A4, 0.75],
  [980, A4, 0.55],
  [1300, A4.toReversed(), 0.6],
  [2900, [1683.78, 1190.55], 0.56],
])('a drawing %d pixels wide gets paper on which it can be read', (width, size, scale) => {
  const paper = paperFor(width);
  expect([paper.width, paper.height].map((points) => Math.abs(points))).toEqual(size);
  expect(paper.scale).toBeCloseTo(scale, 1);
});

test('what is wider than the largest paper is made smaller', () => {
  expect(paperFor(50_000)).toMatchObject({ width: 3370.39, height: 2383.94 });
  expect(paperFor(50_000).scale * 50_000).toBeLessThan(3370);
});
