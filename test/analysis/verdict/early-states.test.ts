import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis/index.ts';
import { Field } from '../../../core/analysis/transactions.ts';
import { stateNames } from '../../../core/analysis/verdict/verdict.ts';
import { openInputs } from '../../../core/capture/inputs.ts';
import { Session } from '../../../core/host/session.ts';
import { statsOf } from '../../../core/host/statistics/stats.ts';
import { dialogue } from '../dialogue.ts';
import { read } from '../read.ts';

/** States that are found out while messages come in are those that judging at the end gives, and so are all counts. */

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');
const captures = readdirSync(fixtures)
  .filter((name) => /\.pcap(ng)?$/.test(name))
  .map((name) => [name, join(fixtures, name)] as const);
/** Calls that wait to be judged; with one each is looked at early, and often too early. */
const FEW = 1;
const HOUR = 3600e9;

const early = (analysis: Analysis): string[] => calls(analysis, (call) => analysis.stateOf(call));
const judged = (analysis: Analysis): string[] => calls(analysis, (call) => analysis.judge(call).state);

function calls(analysis: Analysis, state: (call: number) => number): string[] {
  return Array.from({ length: analysis.calls.count }, (_, i) => stateNames[state(i + 1)] ?? '');
}

describe.each(captures)('%s', (_name, path) => {
  test('each call has the state that judging it gives, then and later', async () => {
    const { analysis } = await read(path, FEW);
    expect(early(analysis)).toEqual(judged(analysis));
    analysis.finish(analysis.now + HOUR);
    expect(early(analysis)).toEqual(judged(analysis));
  });

  test('what was counted as it came is what is there', async () => {
    const inputs = await openInputs([path], { spool: false });
    const session = new Session([path], inputs, { ports: [], streams: false }, () => null);
    try {
      await session.run({ progress: () => undefined, warning: () => undefined });
      const all = new Uint8Array(session.analysis.messages.count).fill(1);
      expect(await statsOf(session)).toEqual(await statsOf(session, { mask: all }));
    } finally {
      await session.close();
    }
  });
});

/** Two calls that are over one after the other, so that the first is judged when the second is; then something more. */
const twoCalls = `
  0.0 a>b INVITE 1 call=one
  0.1 b>a 200 1 call=one to=t
  0.2 a>b ACK 2 call=one to=t
  1.0 a>b BYE 3 call=one to=t cseq=2
  1.1 b>a 200 3 call=one of=BYE to=t cseq=2
  2.0 a>b OPTIONS 4 call=two
  2.1 b>a 200 4 call=two of=OPTIONS
`;

test('what is over is judged before the end', () => {
  const analysis = dialogue(twoCalls, undefined, FEW);
  expect(early(analysis)).toEqual(['completed', 'completed']);
  // What the state was found from is gone, so it was known before.
  for (let number = 1; number <= analysis.transactions.count; number++)
    analysis.transactions.set(number, Field.Method, 0);
  expect(judged(analysis)[0]).not.toBe('completed');
  expect(early(analysis)[0]).toBe('completed');
});

test('a message that comes later counts', () => {
  const later = `${twoCalls}
    2.5 a>b OPTIONS 7 call=four
    2.6 b>a 200 7 call=four of=OPTIONS
    3.0 a>b INVITE 5 call=two cseq=3
    3.1 b>a 180 5 call=two cseq=3 to=u`;
  const analysis = dialogue(later, undefined, FEW);
  expect(early(analysis)).toEqual(judged(analysis));
  expect(early(analysis)[1]).toBe('ringing');
});

test('what is waited for is judged as of the time it is asked for', () => {
  const open = `
    0.0 a>b INVITE 1 call=one
    0.1 b>a 180 1 call=one to=t
    1.0 a>b OPTIONS 4 call=one cseq=2
    1.1 b>a 200 4 call=one of=OPTIONS cseq=2
    2.0 a>b OPTIONS 5 call=two
    2.1 b>a 200 5 call=two of=OPTIONS`;
  const analysis = dialogue(open, undefined, FEW);
  expect(early(analysis)[0]).toBe('ringing');
  analysis.finish(analysis.now + HOUR);
  expect(early(analysis)[0]).toBe('timed-out');
});
