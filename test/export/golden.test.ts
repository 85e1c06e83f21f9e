import path from 'node:path';
import { expect, test } from 'vitest';
import { ladderFormats } from '../../core/export/index.ts';
import { markdown } from '../../core/export/markdown.ts';
import { svg } from '../../core/export/svg.ts';
import { text } from '../../core/export/text.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { inputs, mediaCall, proxied } from '../ladder/inputs.ts';
import { golden } from './golden.ts';

const folder = path.join(import.meta.dirname, 'golden');
const messages = new Map(
  proxied().messages.map(({ row, cseq }) => [row, `SIP ${row}\r\nCSeq: ${cseq?.number ?? ''}\r\n\r\n`]),
);
const scenes = Object.fromEntries(
  Object.entries(inputs).map(([name, make]) => [name, buildLadder(make())]),
) as Readonly<Record<keyof typeof inputs, ReturnType<typeof buildLadder>>>;

const toScale = buildLadder(proxied(), { scale: 'time' });

/** Long formats that are the same for every input in kind: one is enough. Another ending keeps our formatter away. */
const large = new Set(['html', 'json', 'markdown']);
const wholly = new Set(['proxied', 'media']);
const documents = Object.entries(scenes).flatMap(([name, scene]) => [
  ...ladderFormats
    .filter((format) => !large.has(format.name) || wholly.has(name))
    .map((format) => {
      const ending = large.has(format.name) ? `${format.name}.golden` : format.extension;
      return [`${name}.${ending}`, format.write(scene, { messages })] as const;
    }),
  ...[80, 200].map((width) => [`${name}.${width}.txt`, text(scene, { width })] as const),
]);

test.each([
  ...documents,
  ['three-calls.dark.svg', svg(scenes['three-calls'], { theme: 'dark' })],
  ['three-calls.mermaid.markdown.golden', markdown(scenes['three-calls'], { drawing: 'mermaid' })],
  ['proxied.time.svg', svg(toScale)],
  ['media.time.svg', svg(buildLadder(mediaCall(), { scale: 'time' }))],
  ['media.ascii.txt', text(scenes.media, { ascii: true })],
  ['ipv6.ascii.txt', text(scenes.ipv6, { ascii: true })],
] as const)('%s is what it was', (name, written) => {
  expect(written).toBe(golden(folder, name, written));
});

const empty = buildLadder({ messages: [], calls: [] });

test.each(ladderFormats)('$name is the same for the same scene, and something for an empty one', ({ write }) => {
  const scene = scenes['three-calls'];
  expect(write(scene, { messages })).toBe(write(structuredClone(scene), { messages }));
  expect(write(empty, {})).not.toBe('');
});
