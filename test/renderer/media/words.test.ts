import { expect, test } from 'vitest';
import {
  codecText,
  legLetter,
  lossPercent,
  mosLook,
  offsetText,
  percentText,
  verdictLook,
} from '../../../renderer/views/media/words.ts';

/** Words of the media screens. */

test('a codec is the one that carries the sound, and says when it is encrypted', () => {
  const type = (
    pt: number,
    codec: string | null,
  ): { pt: number; codec: string | null; clockRate: number; packets: number } => ({
    pt,
    codec,
    clockRate: 8000,
    packets: 1,
  });
  const events = type(101, 'telephone-event');
  expect(codecText({ payloadTypes: [events, type(8, 'PCMA')], protection: null })).toBe('PCMA');
  expect(codecText({ payloadTypes: [type(97, null)], protection: 'SRTP' })).toBe('SRTP type 97');
  expect(codecText({ payloadTypes: [type(96, '\u202Eevil')], protection: null })).not.toContain('\u202E');
});

test('shares are as fine as they have to be', () => {
  expect([0, 0.004, 0.312, 4.44, 12.4].map(percentText)).toEqual(['0 %', '< 0.01 %', '0.31 %', '4.4 %', '12 %']);
  expect(lossPercent({ expected: 0, missing: 0 })).toBe(0);
});

test('times since the beginning have minutes, and hours where there are', () => {
  expect(offsetText(100.02)).toBe('01:40.020');
  expect(offsetText(59.9996)).toBe('01:00.000');
  expect(offsetText(-2.231)).toBe('−00:02.231');
  expect(offsetText(3723, 0)).toBe('1:02:03');
});

test('a verdict has a word and a severity, a change another word than what takes turns', () => {
  const changes = (count: number): { ts: string; ms: number }[] =>
    Array.from({ length: count }, (_, at) => ({ ts: String(at), ms: at % 2 === 0 ? 20 : 40 }));
  expect(verdictLook({ verdict: 'agree', changes: [] })).toEqual({ word: 'agrees', severity: 'ok' });
  expect(verdictLook({ verdict: 'mixed', changes: changes(2) }).word).toBe('changes');
  expect(verdictLook({ verdict: 'mixed', changes: changes(9) }).word).toBe('mixed');
  expect(verdictLook({ verdict: 'unknown', changes: [] }).severity).toBe('idle');
});

test('a MOS is good, fair, poor or bad', () => {
  expect([4.4, 3.8, 3.2, 2].map((mos) => mosLook(mos).word)).toEqual(['good', 'fair', 'poor', 'bad']);
});

test('legs have letters', () => {
  expect([1, 2, 26, 27].map(legLetter)).toEqual(['A', 'B', 'Z', '27']);
});
