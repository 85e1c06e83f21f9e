import { describe, expect, test } from 'vitest';
import { ComfortNoise } from '../../core/audio/comfort-noise.ts';
import { DtmfTone, frequenciesOf } from '../../core/audio/dtmf.ts';
import { Mixer } from '../../core/audio/mixer.ts';
import { Missing, MOST_BUCKETS, Peaks } from '../../core/audio/peaks.ts';
import { ALLOWANCE, LONGEST_PAUSE, PlayClock, SHORT } from '../../core/audio/play-clock.ts';
import { Resampler } from '../../core/audio/resampler.ts';
import { Samples } from '../../core/audio/samples.ts';
import { MOST_WAV_BYTES, wavBytes, wavHeader } from '../../core/audio/wav.ts';

function sine(frequency: number, rate: number, count: number, amplitude = 10_000): Int16Array {
  return Int16Array.from({ length: count }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * frequency * i) / rate)),
  );
}

function loudness(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

/** How strong a frequency is, as an amplitude. */
function strength(samples: Int16Array, frequency: number, rate: number): number {
  let [real, imaginary] = [0, 0];
  for (const [i, value] of samples.entries()) {
    real += value * Math.cos((2 * Math.PI * frequency * i) / rate);
    imaginary += value * Math.sin((2 * Math.PI * frequency * i) / rate);
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

function resampled(samples: Int16Array, from: number, to: number, piece: number): Int16Array {
  const resampler = new Resampler(from, to);
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += piece) {
    const part = samples.subarray(at, at + piece);
    out.push(...resampler.push(part, part.length));
  }
  out.push(...resampler.finish());
  return Int16Array.from(out);
}

describe('another rate', () => {
  test.each([
    [8000, 16_000],
    [8000, 44_100],
    [16_000, 48_000],
    [44_100, 48_000],
    [48_000, 8000],
  ])('%d to %d: a tone stays that tone, where it was, as long as it was', (from, to) => {
    const out = resampled(sine(700, from, from), from, to, 160);
    expect(out).toHaveLength(to);
    const want = sine(700, to, to);
    const margin = Math.ceil(to / 100);
    for (let i = margin; i < to - margin; i++) {
      if (Math.abs((out[i] as number) - (want[i] as number)) > 40) expect([i, out[i]]).toEqual([i, want[i]]);
    }
  });

  test('in pieces of any size it is the same', () => {
    const input = sine(1234, 8000, 3000);
    const whole = resampled(input, 8000, 11_025, 3000);
    for (const piece of [1, 7, 160, 1999]) expect(resampled(input, 8000, 11_025, piece)).toEqual(whole);
  });

  test('what the lower rate cannot carry does not fold back', () => {
    expect(loudness(resampled(sine(6000, 16_000, 16_000), 16_000, 8000, 320).subarray(100, 7900))).toBeLessThan(10);
  });
});

describe('comfort noise', () => {
  test.each([20, 40, 60, 78])('at the level said: %d dB below overload', (level) => {
    const noise = new ComfortNoise();
    noise.take(Uint8Array.of(level));
    const out = new Int16Array(40_000);
    noise.write(out, 0, out.length);
    expect(20 * Math.log10(loudness(out) / 32_768)).toBeCloseTo(-level, 0);
  });

  test('with a spectrum: as loud, and not white any more', () => {
    const noise = new ComfortNoise();
    noise.take(Uint8Array.of(40, 20, 200, 127));
    const out = new Int16Array(40_000);
    noise.write(out, 0, out.length);
    expect(20 * Math.log10(loudness(out) / 32_768)).toBeCloseTo(-40, -1);
    const neighbours =
      out.reduce((sum, value, i) => sum + value * (out[i + 1] ?? 0), 0) /
      out.reduce((sum, value) => sum + value * value, 0);
    expect(Math.abs(neighbours)).toBeGreaterThan(0.3);
  });

  test('coefficients at the edge of what a byte holds stay stable, and 127 is silence', () => {
    const noise = new ComfortNoise();
    for (const byte of [0, 254, 255]) {
      noise.take(new Uint8Array(40).fill(byte, 1));
      const out = new Int16Array(8000);
      noise.write(out, 0, out.length);
      expect(out.every((value) => Math.abs(value) <= 32_768)).toBe(true);
    }
    noise.take(Uint8Array.of(127));
    const out = new Int16Array(100).fill(5);
    noise.write(out, 0, 100);
    expect(loudness(out)).toBe(0);
    noise.take(new Uint8Array(0));
    noise.write(out, 0, 100);
    expect(loudness(out)).toBe(0);
  });
});

test('keys sound with both of their frequencies, and what is no key is silent', () => {
  expect(Array.from({ length: 10 }, (_, event) => frequenciesOf(event))).toEqual([
    [941, 1336],
    [697, 1209],
    [697, 1336],
    [697, 1477],
    [770, 1209],
    [770, 1336],
    [770, 1477],
    [852, 1209],
    [852, 1336],
    [852, 1477],
  ]);
  expect([10, 11, 12, 15].map((event) => frequenciesOf(event))).toEqual([
    [941, 1209],
    [941, 1477],
    [697, 1633],
    [941, 1633],
  ]);
  const tone = new DtmfTone(8000);
  const out = new Int16Array(8000);
  tone.begin(5, 0);
  tone.write(out, 0, 4000);
  tone.write(out, 4000, 4000);
  expect(strength(out, 770, 8000)).toBeCloseTo(16_000, -2);
  expect(strength(out, 1336, 8000)).toBeCloseTo(16_000, -2);
  expect(strength(out, 697, 8000)).toBeLessThan(100);
  tone.begin(16, 0);
  tone.write(out, 0, 8000);
  expect(loudness(out)).toBe(0);
});

describe('WAV', () => {
  test('the header says what follows', () => {
    const header = wavHeader(16_000, 2, 1000);
    const view = new DataView(header.buffer);
    expect(header).toHaveLength(44);
    expect([view.getUint32(4, true), view.getUint32(40, true)]).toEqual([1036, 1000]);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint32(28, true)]).toEqual([2, 16_000, 64_000]);
    expect([view.getUint16(32, true), view.getUint16(34, true)]).toEqual([4, 16]);
    expect(new DataView(wavHeader(8000, 1, MOST_WAV_BYTES).buffer).getUint32(4, true)).toBe(0xffff_ffff);
  });

  test('samples are little-endian', () => {
    expect([...wavBytes(Int16Array.of(1, -2, 32_767, -32_768))]).toEqual([1, 0, 0xfe, 0xff, 0xff, 0x7f, 0, 0x80]);
  });
});

test('two channels in turn, voices of one channel together, and the shorter one is silent at the end', () => {
  const [a, b, c] = [new Samples(), new Samples(), new Samples()];
  const mixer = new Mixer([[a, b], [c]]);
  const out: number[] = [];
  a.push(Int16Array.of(1, 30_000, 3));
  b.push(Int16Array.of(10, 10_000));
  c.push(Int16Array.of(-1, -2, -3, -4));
  mixer.drain((samples) => out.push(...samples));
  expect(out).toEqual([11, -1, 32_767, -2]);
  mixer.level();
  mixer.drain((samples) => out.push(...samples));
  expect(out.slice(4)).toEqual([3, -3, 0, -4]);
});

describe('the picture', () => {
  test('least and greatest of each bucket, however long it becomes', () => {
    const peaks = new Peaks();
    const long = Int16Array.from({ length: 1_000_000 }, (_, i) => (i === 777_777 ? 20_000 : i === 10 ? -5 : 0));
    for (let at = 0; at < long.length; at += 4321) peaks.add(long.subarray(at, at + 4321), 0, 1);
    expect(peaks.samples).toBe(1_000_000);
    expect(Math.ceil(peaks.samples / peaks.length)).toBeLessThanOrEqual(MOST_BUCKETS);
    const { min, max } = peaks.inBuckets(100);
    expect(max).toHaveLength(100);
    expect(max.indexOf(20_000)).toBe(77);
    expect(min[0]).toBe(-5);
    expect(max.filter((value) => value !== 0)).toHaveLength(1);
  });

  test('what is missing is marked, also ahead of the samples', () => {
    const peaks = new Peaks();
    peaks.mark(5000, 6000, Missing.Lost);
    peaks.mark(5500, 9000, Missing.Late);
    peaks.add(new Int16Array(10_000), 0, 1);
    const { marks } = peaks.inBuckets(10);
    expect([marks[2], marks[5], marks[8]]).toEqual([0, 2, 2]);
    peaks.mark(3, 3, Missing.Lost);
    expect(peaks.inBuckets(10).marks[0]).toBe(0);
  });

  test('of fewer samples than buckets there are fewer buckets', () => {
    const peaks = new Peaks();
    expect(peaks.inBuckets(100)).toEqual({ min: [], max: [], marks: [] });
    peaks.add(Int16Array.of(1, 2, 3), 0, 1);
    expect(peaks.inBuckets(100)).toEqual({ min: [1], max: [3], marks: [0] });
  });
});

describe('the clock of what is played', () => {
  test('begins with 0, and goes as the capture’s', () => {
    const clock = new PlayClock();
    expect([5e9, 5.02e9, 5.01e9, 65e9].map((time) => clock.at(time))).toEqual([0, 0.02, 0.02, 60]);
    expect(clock.stretches).toEqual([{ at: 0, time: 5e9 }]);
  });

  test('a pause of hours is made short, and said', () => {
    const clock = new PlayClock();
    clock.at(0);
    expect(clock.at((LONGEST_PAUSE + 1) * 1e9)).toBe(SHORT);
    expect(clock.stretches[1]).toEqual({ at: SHORT, time: (LONGEST_PAUSE + 1) * 1e9 });
  });

  test('all pauses together are bounded, whatever the times', () => {
    const clock = new PlayClock();
    let last = 0;
    for (let i = 0; i < 5000; i++) last = clock.at(i * LONGEST_PAUSE * 1e9);
    expect(last).toBeLessThan(ALLOWANCE + 5000 * SHORT);
    expect(clock.stretches.length).toBeLessThanOrEqual(1000);
  });

  test('a clock that was set back goes on', () => {
    const clock = new PlayClock();
    clock.at(100e9);
    expect(clock.at(50e9)).toBe(0);
    expect(clock.at(50.5e9)).toBe(0.5);
  });
});
