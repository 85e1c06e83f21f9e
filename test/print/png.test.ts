import { expect, test } from 'vitest';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { colourOf, dark, light } from '../../core/ladder/theme.ts';
import { png } from '../../core/print/png.ts';
import { Dialogue, proxied, retransmitted } from '../ladder/inputs.ts';
import { arrowsOf } from '../ladder/scene.ts';
import { decodePng } from './decode-png.ts';

const scene = buildLadder(proxied());

test.each([1, 2, 3])('a drawing at %d pixels for each of its own', async (pixelRatio) => {
  const image = decodePng(await png(scene, { pixelRatio }));
  expect([image.width, image.height]).toEqual([scene.width * pixelRatio, scene.height * pixelRatio]);
});

test.each([light, dark])(
  '$name: ground, arrows and bands have their colours where the scene has them',
  async (theme) => {
    const image = decodePng(await png(scene, { theme: theme.name, pixelRatio: 2 }));
    expect(image.at(0, 0)).toBe(theme.background);
    for (const arrow of arrowsOf(scene)) {
      const x = Math.round((arrow.x1 + 3 * arrow.x2) / 4);
      expect(image.at(2 * x, 2 * arrow.y), arrow.label).toBe(colourOf(theme, arrow.ink));
    }
    const band = scene.items.find((item) => item.kind === 'band');
    expect(image.at(2 * ((band?.box.x ?? 0) + 5), 2 * ((band?.box.y ?? 0) + 4))).toBe(theme.band);
  },
);

test('text is drawn, the title in its weight', async () => {
  const image = decodePng(await png(scene, { pixelRatio: 1 }));
  const [title] = scene.head;
  const inked = (from: number, to: number): number => {
    let count = 0;
    for (let y = (title?.y ?? 0) - 12; y < (title?.y ?? 0) + 4; y++)
      for (let x = from; x < to; x++) if (image.at(x, y) !== light.background) count += 1;
    return count;
  };
  expect(inked(title?.x ?? 0, (title?.x ?? 0) + 200)).toBeGreaterThan(300);
});

test('the same scene gives the same bytes', async () => {
  const other = buildLadder(retransmitted());
  expect(await png(other)).toEqual(await png(other));
});

test('names in scripts that no font of ours has do not stop it', async () => {
  const named = new Dialogue()
    .call({ callId: 'c', from: '"李雷 👩‍🚀 עברית ไทย" <sip:a@b>', to: '"Анна Ελένη" <sip:c@d>' })
    .say(0, '10.0.0.1:5060', '10.0.0.2:5060', 'INVITE')
    .say(1, '10.0.0.2:5060', '10.0.0.1:5060', '404 找不到');
  const image = decodePng(await png(buildLadder(named.input()), { pixelRatio: 1 }));
  expect(image.width).toBeGreaterThan(0);
});

test.each([0.5, 5, Number.NaN])('a pixel ratio of %d is refused', async (pixelRatio) => {
  await expect(png(scene, { pixelRatio })).rejects.toMatchObject({ code: 'bad-request' });
});

test('one that would be too large is refused before it is drawn, with what to do instead', async () => {
  const tall = { ...scene, width: 1000, height: 60_000 };
  await expect(png(tall, { pixelRatio: 2 })).rejects.toMatchObject({
    code: 'bad-request',
    message:
      'as a PNG this ladder would have 2,000 by 120,000 pixels, which is too large: one pixel for each pixel of the drawing would fit, and so do PDF and SVG',
  });
  await expect(png({ ...tall, height: 100_000 }, { pixelRatio: 1 })).rejects.toThrow('too large: choose PDF or SVG');
});

test('without a pixel ratio, a large one gets as many pixels as an image can hold', async () => {
  const tall = { ...scene, width: 40, height: 40_000 };
  const image = decodePng(await png(tall));
  expect([image.width, image.height]).toEqual([60, 60_000]);
});
