import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decoderOf } from '../../core/audio/decoders.ts';
import { Random } from '../../fixtures/builder/index.ts';
import { aLaw, muLaw } from '../../fixtures/scenario/media.ts';
import { asG722, byFfmpeg, bySox, hasFfmpeg, hasSox, NEEDS_BOTH, NEEDS_FFMPEG } from './judges.ts';

function decoded(name: string, payload: Uint8Array, clockRate = 8000, channels = 1, channel = 0): Int16Array {
  const decoder = decoderOf({ name, clockRate, channels }, channel);
  if (decoder === null) throw new Error(`no decoder of ${name}`);
  const out = new Int16Array(decoder.samplesOf(payload.length));
  expect(decoder.decode(payload, out)).toBe(out.length);
  return out;
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('G.711', () => {
  test.runIf(hasSox && hasFfmpeg)(`every byte is what sox and ffmpeg make of it${NEEDS_BOTH}`, () => {
    expect(decoded('PCMA', everyByte)).toEqual(byFfmpeg(everyByte, 'alaw'));
    expect(decoded('PCMA', everyByte)).toEqual(bySox(everyByte, 'alaw'));
    expect(decoded('PCMU', everyByte)).toEqual(byFfmpeg(everyByte, 'mulaw'));
    expect(decoded('PCMU', everyByte)).toEqual(bySox(everyByte, 'mulaw'));
  });

  test('the values of the Recommendation: quietest, loudest, and both halves alike', () => {
    const a = decoded('PCMA', everyByte);
    const mu = decoded('PCMU', everyByte);
    expect([a[0xd5], a[0x55], a[0xaa], a[0x2a]]).toEqual([8, -8, 32_256, -32_256]);
    expect([mu[0xff], mu[0x7f], mu[0x80], mu[0x00]]).toEqual([0, -0, 32_124, -32_124].map((value) => value + 0));
    for (let byte = 0; byte < 128; byte++) {
      expect((a[byte] as number) + (a[byte | 0x80] as number)).toBe(0);
      expect((mu[byte] as number) + (mu[byte | 0x80] as number)).toBe(0);
    }
  });

  test('what the other side of the house encodes is decoded to within a step', () => {
    for (let sample = -32_000; sample <= 32_000; sample += 37) {
      const step = Math.max(16, Math.abs(sample) / 16);
      expect(Math.abs((decoded('PCMA', Uint8Array.of(aLaw(sample)))[0] as number) - sample)).toBeLessThanOrEqual(step);
      expect(Math.abs((decoded('PCMU', Uint8Array.of(muLaw(sample)))[0] as number) - sample)).toBeLessThanOrEqual(step);
    }
  });
});

describe('G.722', () => {
  test.runIf(hasFfmpeg)(
    `to the bit what ffmpeg decodes: tones, noise, and bytes that nobody encoded${NEEDS_FFMPEG}`,
    () => {
      const inputs = [
        asG722('sine=frequency=700:sample_rate=16000:duration=2,volume=4'),
        asG722('sine=frequency=5100:sample_rate=16000:duration=1,volume=8'),
        asG722('anoisesrc=sample_rate=16000:duration=2:amplitude=1:seed=7'),
        new Random(722).bytes(60_000),
        new Uint8Array(4000),
        new Uint8Array(4000).fill(0xff),
      ];
      for (const input of inputs) expect(decoded('G722', input)).toEqual(byFfmpeg(input, 'g722'));
    },
  );

  test('packets one after the other are the same as all at once, and `reset` begins anew', () => {
    const bytes = new Random(9).bytes(1600);
    const whole = decoded('G722', bytes);
    const decoder = decoderOf({ name: 'g722', clockRate: 8000, channels: 1 }, 0);
    const parts: number[] = [];
    for (let round = 0; round < 2; round++) {
      decoder?.reset();
      parts.length = 0;
      for (let at = 0; at < bytes.length; at += 160) {
        const out = new Int16Array(320);
        decoder?.decode(bytes.subarray(at, at + 160), out);
        parts.push(...out);
      }
      expect(Int16Array.from(parts)).toEqual(whole);
    }
  });

  test('samples at 16 kHz though its clock says 8', () => {
    expect(decoderOf({ name: 'G722', clockRate: 8000, channels: 1 }, 0)?.rate).toBe(16_000);
  });
});

describe('L16', () => {
  test('network order, both channels, and half a sample behind the end is passed over', () => {
    const payload = Uint8Array.of(0x12, 0x34, 0xff, 0xfe, 0x80, 0x00, 0x7f, 0xff, 0x55);
    expect([...decoded('L16', payload, 44_100)]).toEqual([0x1234, -2, -32_768, 32_767]);
    expect([...decoded('L16', payload, 44_100, 2, 0)]).toEqual([0x1234, -32_768]);
    expect([...decoded('L16', payload, 44_100, 2, 1)]).toEqual([-2, 32_767]);
  });
});

test('what is not decoded here, and clocks and channels that nobody has', () => {
  for (const name of ['AMR', 'AMR-WB', 'EVS', 'G729', 'opus', '', '__proto__']) {
    expect(decoderOf({ name, clockRate: 8000, channels: 1 }, 0)).toBeNull();
  }
  expect(decoderOf({ name: 'L16', clockRate: 4e9, channels: 1 }, 0)).toBeNull();
  expect(decoderOf({ name: 'L16', clockRate: 1, channels: 1 }, 0)).toBeNull();
  expect(decoderOf({ name: 'L16', clockRate: 8000, channels: 255 }, 0)).toBeNull();
  expect(decoderOf({ name: 'PCMU', clockRate: 0, channels: 0 }, 0)?.rate).toBe(8000);
});

test('whatever the bytes, every decoder gives as many samples as it said, and none out of range', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('PCMA', 'PCMU', 'G722', 'L16'), (payload, name) => {
      const rate = name === 'L16' ? 44_100 : 8000;
      const samples = decoderOf({ name, clockRate: rate, channels: 1 }, 0)?.samplesOf(payload.length) ?? -1;
      expect(decoded(name, payload, rate)).toHaveLength(samples);
    }),
    { seed: 711, numRuns: 200 },
  );
});
