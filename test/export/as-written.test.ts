import { expect, test } from 'vitest';
import { ladderFormats } from '../../core/export/index.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { proxied } from '../ladder/inputs.ts';

/** What the user does not want on the arrows of the screen is not on those of a drawing either; lists and tooltips tell it. */
const drawings = ladderFormats.filter(({ name }) => ['svg', 'text', 'mermaid', 'plantuml'].includes(name));
const options = [
  ['CSeq', { cseq: false }, /CSeq/u],
  ['SDP', { sdp: false }, /PCMU\/8000/u],
] as const;

test.each(drawings.flatMap((format) => options.map((option) => [format, ...option] as const)))(
  '$name leaves out %s',
  ({ write }, _what, left, pattern) => {
    const drawn = (scene: ReturnType<typeof buildLadder>): string =>
      write(scene, { width: 200 }).replaceAll(/<title>.*?<\/title>/gu, '');
    expect(drawn(buildLadder(proxied()))).toMatch(pattern);
    expect(drawn(buildLadder(proxied(), left))).not.toMatch(pattern);
  },
);

test('a list of messages tells all of it', () => {
  const scene = buildLadder(proxied(), { cseq: false, sdp: false });
  const markdown = ladderFormats.find(({ name }) => name === 'markdown')?.write(scene, {}) ?? '';
  expect(markdown).toContain('1 INVITE');
  expect(markdown).toContain('PCMU/8000');
});
