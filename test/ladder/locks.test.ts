import { expect, test } from 'vitest';
import type { Protection } from '../../core/contract/model.ts';
import { ladderFormats } from '../../core/export/index.ts';
import { withoutKeys } from '../../core/export/without-keys.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { protectionWords } from '../../core/ladder/protection-words.ts';
import { itemShapes, legendShapes } from '../../core/ladder/shapes.ts';
import { tooltip } from '../../core/ladder/tooltip.ts';
import { Dialogue } from './dialogue.ts';
import { arrowsOf } from './scene.ts';

/*
 * Locks on arrows: a message that came out of ESP says so, with the verdict on its ICV as a word and as a shape, on the
 * screen and in every format that is sent on; and none of these documents carries a key.
 */

const ue = '10.45.0.2:5062';
const pcscf = '10.4.128.21:5064';

const esp: Protection = {
  kind: 'esp',
  spi: '0x074572c5',
  encryption: 'aes-cbc',
  authentication: 'hmac-sha-1-96',
  icv: 'good',
  keySource: 'capture',
};
const guessed: Protection = { ...esp, encryption: 'null', icv: 'unchecked', keySource: 'null-heuristic' };

function scene(): ReturnType<typeof buildLadder> {
  const dialogue = new Dialogue()
    .call({ callId: 'x' })
    .say(0, ue, pcscf, 'MESSAGE', { protection: esp })
    .say(10, pcscf, ue, '202 Accepted', { of: '1 MESSAGE', protection: guessed })
    .say(20, ue, pcscf, 'INVITE', { protection: { ...esp, icv: 'bad' } })
    .say(30, pcscf, ue, '486 Busy Here');
  return buildLadder(dialogue.input());
}

test.each([
  [esp, 'ESP opened, ICV good'],
  [{ ...esp, icv: 'bad' }, 'ESP opened, ICV bad'],
  [{ ...esp, icv: 'unchecked', keySource: 'user' }, 'ESP opened, ICV not checked'],
  [guessed, 'ESP opened, ICV not checked (NULL, guessed)'],
  [{ ...guessed, authentication: 'none' }, 'ESP opened, no ICV (NULL, guessed)'],
] as const)('%o reads: %s', (protection, words) => {
  expect(protectionWords(protection)).toBe(words);
});

test('each verdict has a word in the tooltip, a shape of its own on the arrow, and the same one in the legend', () => {
  const drawn = scene();
  const arrows = arrowsOf(drawn);
  expect(arrows.map((arrow) => /ESP[^,]*,[^,]*/u.exec(tooltip(arrow))?.[0])).toStrictEqual([
    'ESP opened, ICV good',
    'ESP opened, ICV not checked (NULL',
    'ESP opened, ICV bad',
    undefined,
  ]);
  // The shapes of the lock are what an arrow has more than one that was not protected.
  const kinds = arrows.map((arrow) => itemShapes(drawn, { ...arrow, pin: null }).shapes.length);
  const bare = arrows.map(
    (arrow) => itemShapes(drawn, { ...arrow, pin: null, lock: null, protection: null }).shapes.length,
  );
  expect(kinds.map((count, at) => count - (bare[at] as number))).toStrictEqual([2, 2, 3, 0]);
  const inks = (at: number): readonly string[] =>
    itemShapes(drawn, { ...(arrows[at] as (typeof arrows)[number]), pin: null })
      .shapes.slice(-(kinds[at] as number) + (bare[at] as number))
      .map((shape) => ('fill' in shape && shape.fill !== null ? `filled ${shape.fill}` : 'line'));
  expect([inks(0), inks(1), inks(2)]).toStrictEqual([
    ['line', 'filled good'],
    ['line', 'filled background'],
    ['line', 'filled background', 'line'],
  ]);
  expect(drawn.legend.map(({ sample }) => sample)).toStrictEqual([
    'request',
    'lock',
    'lock-unchecked',
    'lock-bad',
    'pin',
  ]);
  expect(legendShapes(drawn).shapes.length).toBeGreaterThan(drawn.legend.length);
});

test.each(ladderFormats.map(({ name, write }) => [name, write] as const))(
  '%s says all three verdicts',
  (_name, write) => {
    const written = write(scene(), { messages: new Map() }).replaceAll(/\\n|<[^>]*>|\s|#8203;|│/gu, '');
    for (const words of ['ESPopened,ICVgood', 'ICVnotchecked', 'ESPopened,ICVbad']) expect(written).toContain(words);
  },
);

test.each([
  ['WWW-Authenticate: Digest nonce="x", ck="6c61cd16230226ea7b34b26e8b7b5410", ik="1aba9ace711aa010"\r\n', 2],
  ['WWW-Authenticate: Digest CK=0x6C61CD16230226EA7B34B26E8B7B5410,ik = 1aba9ace711aa0109c0ef180\r\n', 2],
  ['Authorization: Digest response="6c61cd16230226ea7b34b26e8b7b5410", nick="12345678"\r\n', 0],
] as const)('%j is sent on without its keys', (message, keys) => {
  const written = withoutKeys(message);
  expect(written.split('(hidden)')).toHaveLength(keys + 1);
  if (keys === 0) expect(written).toBe(message);
  else expect(written).not.toMatch(/6c61|1aba/iu);
});
