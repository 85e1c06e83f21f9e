import { describe, expect, test } from 'vitest';
import { impairmentOf } from '../../../core/analysis/streams/impairments.ts';
import { opinionScore, ratingFactor, type Impairment } from '../../../core/analysis/streams/quality.ts';
import type { Codec } from '../../../core/decode/sdp-codecs.ts';

function codecOf(name: string, parameters: string | null = null): Codec {
  return { payloadType: 96, name, clockRate: 8000, channels: 1, parameters };
}

function rating(impairment: Impairment, loss: number, delay: number): number {
  return ratingFactor(impairment, loss, delay) ?? Number.NaN;
}

/** Points of ITU-T G.107 (annex B, and its default R) and G.109. */
test('a connection without impairments: R 93.2, MOS 4.41', () => {
  const r = rating({ ie: 0, bpl: 25.1, scale: 'narrowband' }, 0, 80);
  expect(r).toBeCloseTo(93.2, 5);
  expect(opinionScore(r)).toBeCloseTo(4.41, 2);
});

test.each([
  [50, 2.58],
  [60, 3.1],
  [70, 3.6],
  [80, 4.02],
  [90, 4.34],
])('R %d is MOS %d', (r, mos) => {
  expect(opinionScore(r)).toBeCloseTo(mos, 2);
});

test('loss and delay make it worse, never better, and within 1 to 4.5', () => {
  const codec: Impairment = { ie: 11, bpl: 19, scale: 'narrowband' };
  expect(impairmentOf(codecOf('g729'), [])).toEqual(codec);
  let last = Infinity;
  for (let loss = 0; loss <= 100; loss += 5) {
    const mos = opinionScore(rating(codec, loss, 150));
    expect(mos).toBeLessThanOrEqual(last);
    expect(mos).toBeGreaterThanOrEqual(1);
    last = mos;
  }
  expect(rating(codec, 0, 400)).toBeLessThan(rating(codec, 0, 100));
});

test('codecs without published numbers have no estimate, but a reason', () => {
  expect(impairmentOf(codecOf('opus'), [])).toBe('ITU-T has published no values for Opus.');
  expect(impairmentOf(codecOf('EVS'), [])).toContain('super-wideband');
  expect(impairmentOf(codecOf('iLBC'), [])).toContain('iLBC');
});

describe('wide band', () => {
  /** A payload of one frame of AMR-WB, dense or octet-aligned. */
  const frame = (mode: number, isAligned: boolean): Uint8Array =>
    isAligned ? Uint8Array.of(0xf0, (mode << 3) | 4) : Uint8Array.of(0xf0 | (mode >> 1), ((mode & 1) << 7) | 0x40);

  test.each([
    [2, 4.18],
    [7, 4.42],
    [8, 4.39],
    [0, 2.92],
  ])('AMR-WB in mode %d without losses: MOS %d on the wideband scale (G.107.1 annex A)', (mode, mos) => {
    for (const isAligned of [true, false]) {
      const codec = codecOf('AMR-WB', isAligned ? 'octet-align=1' : null);
      const impairment = impairmentOf(codec, [frame(mode, isAligned), frame(mode, isAligned), frame(1, isAligned)]);
      expect(impairment).toMatchObject({ scale: 'wideband' });
      if (typeof impairment === 'string') continue;
      expect(opinionScore(rating(impairment, 0, 80), impairment.scale)).toBeCloseTo(mos, 2);
    }
  });

  test('two percent lost at 12.65 kbit/s: MOS 3.41', () => {
    const impairment = impairmentOf(codecOf('AMR-WB', 'mode-set=2'), []);
    expect(impairment).toEqual({ ie: 20, bpl: 4.3, scale: 'wideband' });
    if (typeof impairment === 'string') return;
    expect(opinionScore(rating(impairment, 2, 80), 'wideband')).toBeCloseTo(3.41, 2);
  });

  test('a mode that nobody can tell, or without values, has none', () => {
    expect(impairmentOf(codecOf('AMR-WB', 'mode-set=0,2'), [])).toContain('cannot be told');
    expect(impairmentOf(codecOf('AMR-WB'), [frame(3, false)])).toContain('14.25');
    expect(impairmentOf(codecOf('AMR'), [])).toContain('cannot be told');
  });

  test('G.722 is judged only where nothing was lost', () => {
    const impairment = impairmentOf(codecOf('G722'), []);
    if (typeof impairment === 'string') throw new Error(impairment);
    expect(opinionScore(rating(impairment, 0, 80), impairment.scale)).toBeCloseTo(4.34, 2);
    expect(ratingFactor(impairment, 0.1, 80)).toBeNull();
  });
});
