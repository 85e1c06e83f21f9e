import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Real, Word } from '../../../core/analysis/streams/stream-records.ts';
import { RtpFeed, type TestRtp } from '../rtp-feed.ts';

/**
 * Packets that go on as those before are counted together (core/programs/media/runs.ts). What comes out is what the formulas say,
 * worked out here packet by packet.
 */

/** What is counted of a stream of PCMA, as RFC 3550 A.8 and tshark have it. */
function counted(packets: readonly (TestRtp & { readonly payload: number })[]): Record<string, number> {
  const sums = { payload: 0, rtp: 0, wire: 0, markers: 0, spacings: 0, jitters: 0 };
  let [jitter, meanJitter, maxJitter, jitterSum, jitterPeak, meanDelta, maxDelta] = [0, 0, 0, 0, 0, 0, 0];
  let ticks = 0;
  for (const [index, { at, payload, marker = false, timestamp, sequence }] of packets.entries()) {
    sums.payload += payload;
    sums.rtp += payload + 12;
    sums.wire += payload + 12 + 42;
    if (marker) sums.markers += 1;
    const before = packets[index - 1];
    if (before === undefined) continue;
    const delta = (at - before.at) * 1e6;
    const elapsed = (timestamp - before.timestamp) | 0;
    ticks += elapsed;
    jitter += (Math.abs(delta - elapsed * 125_000) - jitter) / 16;
    sums.jitters += 1;
    jitterSum += jitter;
    jitterPeak = Math.max(jitterPeak, jitter);
    if (!marker) {
      maxDelta = Math.max(maxDelta, delta);
      meanDelta += (delta - meanDelta) / index;
      maxJitter = Math.max(maxJitter, jitter);
      meanJitter += (jitter - meanJitter) / index;
    }
    if (((sequence - before.sequence) & 0xffff) === 1) sums.spacings += 1;
  }
  return { ...sums, ticks, jitter, meanJitter, maxJitter, jitterSum, jitterPeak, meanDelta, maxDelta };
}

test('whatever breaks a run, and wherever', () => {
  const kind = fc.constantFrom('usual', 'usual', 'usual', 'usual', 'usual', 'late', 'marked', 'longer', 'lost', 'jump');
  fc.assert(
    fc.property(fc.array(kind, { minLength: 1, maxLength: 300 }), fc.integer({ min: 0, max: 0xffff }), (all, first) => {
      const feed = new RtpFeed();
      const packets: (TestRtp & { readonly payload: number })[] = [];
      let [at, sequence, timestamp] = [0, first, 1000];
      for (const [index, what] of all.entries()) {
        at += what === 'late' ? 63 : 18 + (index % 5);
        sequence = (sequence + (what === 'lost' ? 3 : 1)) & 0xffff;
        timestamp += what === 'lost' ? 480 : what === 'jump' ? 800 : 160;
        packets.push({ at, sequence, timestamp, marker: what === 'marked', payload: what === 'longer' ? 240 : 160 });
      }
      packets.forEach((packet) => feed.rtp(packet));
      const { table } = feed;
      const expected = counted(packets);
      const real = (which: number): number => table.real(1, which);
      expect(table.word(1, Word.Packets)).toBe(packets.length);
      expect(table.word(1, Word.Markers)).toBe(expected.markers);
      expect(table.spacings(1).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(expected.spacings as number);
      expect(table.word(1, Word.Steady)).toBe(expected.spacings);
      for (const [which, name] of [
        [Real.PayloadBytes, 'payload'],
        [Real.RtpBytes, 'rtp'],
        [Real.WireBytes, 'wire'],
        [Real.Ticks, 'ticks'],
        [Real.JitterCount, 'jitters'],
        [Real.MaxDelta, 'maxDelta'],
        [Real.MaxJitter, 'maxJitter'],
        [Real.JitterPeak, 'jitterPeak'],
        [Real.JitterSum, 'jitterSum'],
      ] as const) {
        expect(real(which), name).toBe(expected[name]);
      }
      expect(real(Real.MeanDelta)).toBeCloseTo(expected.meanDelta as number, 3);
      expect(real(Real.MeanJitter)).toBeCloseTo(expected.meanJitter as number, 3);
      expect(real(Real.Last)).toBe((packets.at(-1)?.at ?? 0) * 1e6);
      const highest = packets.reduce((sum, { sequence: number }, index) => {
        const before = packets[index - 1]?.sequence ?? number;
        return sum + ((number - before) & 0xffff);
      }, 0);
      expect(table.expected(1)).toBe(highest + 1);
    }),
    { seed: 4, numRuns: 150 },
  );
});

test('asking in between changes nothing', () => {
  const [asked, left] = [new RtpFeed(), new RtpFeed()];
  for (let index = 0; index < 200; index++) {
    const packet = { at: 20 * index + (index % 3), sequence: (65_500 + index) & 0xffff, timestamp: 160 * index };
    asked.rtp(packet);
    left.rtp(packet);
    if (index % 7 === 0) void asked.table;
  }
  expect(asked.streams.found).toEqual(left.streams.found);
});

test('a copy, a late packet and an event in the middle of a run are seen', () => {
  const feed = new RtpFeed();
  feed.run(100);
  feed.rtp({ at: 2001, sequence: 100, timestamp: 99 * 160 });
  feed.run(50, 20, 160, { at: 2020, sequence: 102, timestamp: 101 * 160 });
  feed.rtp({ at: 3015, sequence: 101, timestamp: 100 * 160 });
  const { table } = feed;
  const facts = [Word.Duplicates, Word.Late, Word.Gaps].map((word) => table.word(1, word));
  expect([...facts, table.expected(1)]).toEqual([1, 1, 1, 151]);
});
