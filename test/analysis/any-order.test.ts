import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/analysis/messages.ts';
import { dialogue } from './dialogue.ts';
import { tellAll } from './read.ts';

const method = fc.constantFrom(
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'PRACK',
  'INFO',
  'REGISTER',
  'OPTIONS',
  'NOTIFY',
  'XYZ',
);
const status = fc.constantFrom(
  '100',
  '180',
  '183',
  '199',
  '200',
  '202',
  '302',
  '401',
  '408',
  '486',
  '487',
  '503',
  '600',
  '699',
);
const option = fc.oneof(
  fc.constantFrom(
    'to=-',
    'to=t',
    'to=u',
    'from=t',
    'from=-',
    'call=-',
    'call=x',
    'id=0',
    'id=7',
    'id=-1',
    'ttl=9',
    'over=TCP',
    'mf=0',
    'body=x',
  ),
  method.map((name) => `of=${name}`),
  fc.integer({ min: 1, max: 3 }).map((number) => `cseq=${number}`),
);
const line = fc.tuple(
  fc.constantFrom(0, 0.001, 0.5, 4, 40),
  fc.constantFrom('a>b', 'b>a', 'b>c', 'c>b'),
  fc.oneof(method, status),
  fc.constantFrom('1', '2', '2,1', '3,1', '-'),
  fc.array(option, { maxLength: 4 }),
);
/** Messages in any order, after each other. */
const capture = fc.array(line, { minLength: 1, maxLength: 40 }).map((lines) => {
  let now = 0;
  return lines.map(
    ([wait, way, what, branches, options]) => `${(now += wait)} ${way} ${what} ${branches} ${options.join(' ')}`,
  );
});

describe('messages in any order', () => {
  it('have a verdict, a sentence, and each its place in one call', () => {
    fc.assert(
      fc.property(capture, (lines) => {
        const analysis = dialogue(lines.join('\n'));
        const { messages, calls, transactions, retransmissions } = analysis;
        for (const one of tellAll(analysis)) {
          expect(one.why).toMatch(/^[A-Z].*\.$/u);
          expect(one.why).not.toMatch(/undefined|NaN|frame 0/u);
          expect(one.hops).toBeGreaterThan(0);
        }
        const seen = new Set<number>();
        for (let call = 1; call <= calls.count; call++) {
          let count = 0;
          for (let row = calls.first(call) + 1; row !== 0; row = calls.next.get(row - 1)) {
            expect(messages.callId.get(row - 1)).toBe(call);
            seen.add(row);
            count += 1;
          }
          expect(calls.messages(call) + calls.copies(call)).toBe(count);
        }
        for (let row = 0; row < messages.count; row++) {
          expect(seen.has(row + 1)).toBe(messages.callId.get(row) !== 0);
          expect(transactions.of.get(row)).toBeLessThanOrEqual(transactions.count);
          const repeats = retransmissions.retransmissionOf(row) + retransmissions.copyOf(row);
          expect(repeats).toBeLessThanOrEqual(row);
          expect(repeats !== 0).toBe((messages.flags.get(row) & (Flag.Copy | Flag.Retransmission)) !== 0);
        }
      }),
      { seed: 4, numRuns: 400 },
    );
  });

  it('asking on the way changes nothing', () => {
    fc.assert(
      fc.property(capture, (lines) => {
        const whole = tellAll(dialogue(lines.join('\n')));
        const asked = dialogue(lines.join('\n'), (analysis) => void tellAll(analysis));
        expect(tellAll(asked)).toStrictEqual(whole);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('many messages that look alike', () => {
  it('cost no more than as many ordinary ones: one branch for all', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index / 1000} a>b OPTIONS 1 cseq=${index + 1}`);
    const analysis = dialogue(lines.join('\n'));
    expect(analysis.transactions.count).toBe(20_000);
    expect(tellAll(analysis)).toMatchObject([{ state: 'pending', messages: 20_000, hops: 1 }]);
  });

  it('cost no more than as many ordinary ones: one transaction with ever new responses', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index / 1000} b>a 183 1 header=RSeq:_${index}`);
    const analysis = dialogue(lines.join('\n'));
    expect(analysis.transactions.count).toBe(1);
    expect(tellAll(analysis)).toMatchObject([{ state: 'ringing', retransmissions: 0 }]);
  });
});
