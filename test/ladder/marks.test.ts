import { expect, test } from 'vitest';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { tooltip } from '../../core/ladder/tooltip.ts';
import { looping, mediaCall, proxied, retransmitted } from './inputs.ts';
import { arrowsOf } from './scene.ts';

test('a remark stands at its arrow: numbered, in the pill behind it, in the tooltip, and in full below the ladder', () => {
  const scene = buildLadder(mediaCall());
  const marked = arrowsOf(scene).filter(({ marks }) => marks.length > 0);
  expect(
    marked.map(({ label, marks }) => [label, marks.map(({ number, severity }) => `${severity} ${number}`)]),
  ).toStrictEqual([
    ['200 OK', ['warn 1']],
    ['INVITE', ['bad 2']],
  ]);
  expect(marked[0]?.pin).toMatchObject({
    ink: 'warn',
    text: expect.stringMatching(/^▲1 The answer asks for/u) as unknown,
  });
  expect(marked[1]?.pin).toMatchObject({ ink: 'bad', text: expect.stringMatching(/^◆2 From here/u) as unknown });
  expect(tooltip(marked[0] as (typeof marked)[number])).toMatch(
    /\. ▲ Warning: The answer asks for 40 ms; the offer asked for 20 ms\.$/u,
  );
  const told = scene.legend.filter(({ sample }) => sample === 'warn' || sample === 'bad').map(({ text }) => text.text);
  expect(told[0]).toBe('1 · frame 12, 200 OK: The answer asks for 40 ms; the offer asked for 20 ms.');
  expect(told[1]).toBe('2 · frame 21, INVITE: From here the caller sends 20 ms packets, before 40 ms.');
});

test('a call with nothing wrong has no mark, no pill and no list', () => {
  const scene = buildLadder(proxied());
  expect(arrowsOf(scene).every(({ marks, pin }) => marks.length === 0 && pin === null)).toBe(true);
  expect(scene.legend.some(({ sample }) => sample === 'warn' || sample === 'bad')).toBe(false);
});

test('a remark on a copy stands at the message, and one on a message that is not there nowhere', () => {
  const remarks = [1, 99].map((row) => ({ row, text: `on ${row}`, severity: 'warn' as const, stream: null }));
  const marks = arrowsOf(buildLadder({ ...retransmitted(), remarks })).flatMap((arrow) => arrow.marks);
  expect(marks.map(({ text }) => text)).toStrictEqual(['on 1']);
  expect(arrowsOf(buildLadder({ ...retransmitted(), remarks }))[0]?.marks).toHaveLength(1);
});

test('an arrow with a remark is not folded away in a loop', () => {
  const input = looping();
  const row = 9;
  const remarks = [{ row, text: 'look here', severity: 'bad' as const, stream: null }];
  const rows = arrowsOf(buildLadder({ ...input, remarks }, { fold: true })).map((arrow) => arrow.row);
  expect(rows).toContain(row);
  expect(arrowsOf(buildLadder(input, { fold: true })).map((arrow) => arrow.row)).not.toContain(row);
});

test('many remarks on one arrow: the worst colours the pill, the others are counted', () => {
  const remarks = ['warn', 'bad', 'warn'].map((severity) => ({
    row: 0,
    text: 'Something is odd with what this message says about the media of the call.',
    severity: severity as 'warn' | 'bad',
    stream: null,
  }));
  const [first] = arrowsOf(buildLadder({ ...proxied(), remarks }));
  expect(first?.pin).toMatchObject({ ink: 'bad', text: expect.stringMatching(/ \+2$/u) as unknown });
});
