import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMediaForm } from '../../../core/decode/media-form.ts';
import type { Packet } from '../../../core/decode/packet.ts';
import { Real, Word } from '../../../core/analysis/streams/stream-records.ts';
import { RtpFeed } from '../rtp-feed.ts';

/** What is counted of a stream while its packets go by. */
function evident(feed: RtpFeed): number[] {
  const { table } = feed;
  return Array.from({ length: table.count }, (_, index) => index + 1).filter((stream) => table.isEvident(stream));
}

describe('sequence numbers', () => {
  test('a stream that wraps is whole', () => {
    const feed = new RtpFeed();
    feed.run(100, 20, 160, { sequence: 65_500 });
    const { table } = feed;
    expect([table.expected(1), table.word(1, Word.Packets), table.word(1, Word.Gaps)]).toEqual([100, 100, 0]);
  });

  test('losses are gaps, and the longest is known', () => {
    const feed = new RtpFeed();
    feed.run(10);
    feed.run(10, 20, 160, { at: 300, sequence: 14, timestamp: 13 * 160 });
    feed.run(10, 20, 160, { at: 600, sequence: 25, timestamp: 24 * 160 });
    const { table } = feed;
    expect([table.expected(1), table.word(1, Word.Gaps), table.word(1, Word.LongestGap)]).toEqual([34, 2, 3]);
  });

  test('late packets and copies are told apart', () => {
    const feed = new RtpFeed();
    for (const [i, sequence] of [1, 2, 4, 3, 5, 5, 6, 2, 7].entries()) {
      feed.rtp({ at: i * 20, sequence, timestamp: sequence * 160 });
    }
    const { table } = feed;
    expect([table.word(1, Word.Late), table.word(1, Word.Duplicates), table.expected(1)]).toEqual([1, 2, 7]);
  });

  test('a sequence that goes on elsewhere is no loss of thousands', () => {
    const feed = new RtpFeed();
    feed.run(20);
    feed.run(20, 20, 160, { at: 400, sequence: 40_000, timestamp: 3200 });
    const { table } = feed;
    expect([table.expected(1), table.word(1, Word.Packets), table.word(1, Word.Restarts)]).toEqual([40, 40, 1]);
  });

  test('any order of a window of packets: none is lost, none is counted twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array.from({ length: 40 }).keys()], { minLength: 40 }), (order) => {
        const feed = new RtpFeed();
        // The first packet is the base of all.
        feed.rtp({ at: 0, sequence: 65_520, timestamp: 0 });
        order.forEach((place, i) =>
          feed.rtp({ at: i, sequence: (65_521 + place) & 0xffff, timestamp: (place + 1) * 160 }),
        );
        const { table } = feed;
        expect(table.expected(1)).toBe(41);
        expect(table.word(1, Word.Duplicates)).toBe(0);
      }),
    );
  });
});

describe('jitter', () => {
  test('is that of RFC 3550 A.8, for static types and for each lane of dynamic ones', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 12, maxLength: 60 });
    fc.assert(
      fc.property(
        waits,
        fc.constantFrom([8, 8000], [96, 16_000], [111, 48_000]),
        (delays, [type = 8, clock = 8000]) => {
          const feed = new RtpFeed();
          let at = 0;
          let jitter = 0;
          let sum = 0;
          let peak = 0;
          delays.forEach((wait, i) => {
            at += wait;
            feed.rtp({ at, sequence: i + 1, timestamp: (i * clock) / 50, type });
            if (i === 0) return;
            jitter += (Math.abs(wait - 20) - jitter) / 16;
            sum += jitter;
            peak = Math.max(peak, jitter);
          });
          const { mean, max, rfcMax, rfcMean } = feed.table.jitter(1, clock) ?? {
            mean: -1,
            max: -1,
            rfcMax: -1,
            rfcMean: -1,
          };
          const counted = delays.length - 1;
          for (const value of [mean, rfcMean]) expect(value).toBeCloseTo(sum / counted, 6);
          for (const value of [max, rfcMax]) expect(value).toBeCloseTo(peak, 6);
        },
      ),
    );
  });

  test('events do not count: their timestamp stands still', () => {
    const feed = new RtpFeed();
    feed.run(50);
    for (let i = 0; i < 10; i++) {
      const payload = Uint8Array.of(5, i > 6 ? 0x8a : 0x0a, 0, 160 * (i + 1));
      feed.rtp({ at: 1000 + i * 20, sequence: 51 + i, timestamp: 8000, type: 101, payload });
    }
    feed.run(50, 20, 160, { at: 1200, sequence: 61, timestamp: 9600 });
    const { table } = feed;
    expect(table.jitter(1, 8000)?.max).toBeLessThan(12);
    expect(table.events(1)).toMatchObject([{ code: 5, packets: 10, ended: true, start: 1000e6 }]);
    expect(table.steps(1)).toMatchObject([{ ticks: 160, payload: 160 }]);
    expect(table.types(1)).toEqual([
      { type: 8, packets: 100 },
      { type: 101, packets: 10 },
    ]);
  });
});

describe('recognition', () => {
  test('several sources of one flow are streams of their own, however they are mixed', () => {
    const feed = new RtpFeed();
    for (let i = 0; i < 30; i++) {
      for (const ssrc of [1, 2, 3]) feed.rtp({ at: i * 20 + ssrc, sequence: i, timestamp: i * 160, ssrc });
    }
    expect(evident(feed)).toHaveLength(3);
    expect(evident(feed).map((stream) => feed.table.word(stream, Word.Packets))).toEqual([30, 30, 30]);
  });

  test('noise with the form of RTP is no stream, and takes no room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 12, maxLength: 60 }), { minLength: 50, maxLength: 200 }),
        (all) => {
          const feed = new RtpFeed();
          all.forEach((bytes, i) => {
            bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x30);
            feed.raw(bytes, i * 20);
          });
          expect(evident(feed)).toEqual([]);
          expect(feed.table.count).toBeLessThanOrEqual(8);
        },
      ),
    );
  });

  test('answers of DNS with such an identifier are no stream', () => {
    const feed = new RtpFeed();
    for (let i = 0; i < 50; i++) {
      const bytes = new Uint8Array(60);
      bytes.set([0x80 | (i & 63), i, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
      feed.raw(bytes, i * 20);
    }
    expect(evident(feed)).toEqual([]);
  });

  test('a counter without timestamps that go on by steps is no stream', () => {
    const feed = new RtpFeed();
    for (let i = 0; i < 50; i++) {
      feed.rtp({ at: i * 20, sequence: i, timestamp: Math.imul(i, 0x9e37_79b1) >>> 0 });
    }
    expect(evident(feed)).toEqual([]);
  });

  test('rubbish of every length is taken without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const packet = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), missing: 0 };
        if (isMediaForm(packet as unknown as Packet, 0, bytes.length)) new RtpFeed().raw(bytes, 0);
      }),
      { numRuns: 500 },
    );
  });

  test('beyond the limit packets are counted, and no stream is kept', () => {
    const feed = new RtpFeed({ streams: 2 });
    for (let dport = 1; dport <= 5; dport++) feed.run(10, 20, 160, { dport });
    expect([feed.table.count, feed.program.unplacedStreams]).toEqual([2, 30]);
  });
});

describe('course and spacing', () => {
  test('a long stream has as few points as a short one, and none of its packets is forgotten', () => {
    for (const count of [20, 3000, 40_000]) {
      const feed = new RtpFeed();
      feed.run(count);
      const points = feed.table.course(1);
      expect(points.length).toBeLessThanOrEqual(65);
      expect(points.reduce((sum, { packets }) => sum + packets, 0)).toBe(count);
      expect(points.reduce((sum, { expected }) => sum + expected, 0)).toBe(count);
      const times = points.map(({ time }) => time);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  test('the sender’s clock is found to a few parts in a million', () => {
    const feed = new RtpFeed();
    // 100 ppm fast: packets come a little sooner than every 20 ms.
    feed.run(3000, 20 / 1.0001, 160);
    expect(feed.table.skewPpm(1, 8000)).toBeCloseTo(100, 0);
  });

  test('bytes on the wire: 20 ms of G.711 are 160 bytes in a frame of 214', () => {
    const feed = new RtpFeed();
    feed.run(10);
    expect([feed.table.real(1, Real.PayloadBytes), feed.table.real(1, Real.WireBytes)]).toEqual([1600, 2140]);
  });
});
