import { describe, expect, test } from 'vitest';
import { packetTime, type PacketTimeFacts, type Wish } from '../../../core/analysis/streams/packet-time.ts';
import { staticCodec, type Codec } from '../../../core/decode/sdp-codecs.ts';
import { RtpFeed } from '../rtp-feed.ts';

const amr: Codec = { payloadType: 96, name: 'AMR', clockRate: 8000, channels: 1, parameters: 'octet-align=1' };

function wish(ms: number | null, maxMs: number | null = null, from = 0): Wish {
  return { from, ms, maxMs };
}

/** The judgement on what was fed, sent by the caller. */
function judged(
  feed: RtpFeed,
  wishes: readonly Wish[],
  more: Partial<PacketTimeFacts> = {},
): ReturnType<typeof packetTime> {
  const { table } = feed;
  return packetTime({
    packets: 100,
    codec: staticCodec(8),
    clock: 8000,
    isLikelyClock: false,
    overhead: 0,
    steps: table.steps(1),
    changes: table.changes(1),
    medianMs: table.medianSpacing(1),
    samples: table.samples(1),
    wishes,
    sender: 'the caller',
    receiver: 'the callee',
    ...more,
  });
}

function fed(count: number, ms: number, step: number, payload: number): RtpFeed {
  const feed = new RtpFeed();
  feed.run(count, ms, step, { payload });
  return feed;
}

describe('packet time', () => {
  test('what was asked for, and what nobody asked for, is well', () => {
    expect(judged(fed(50, 20, 160, 160), [wish(20)])).toMatchObject({
      timestampMs: 20,
      arrivalMs: 20,
      payloadMs: 20,
      verdict: 'agree',
    });
    expect(judged(fed(50, 30, 240, 240), [wish(null)]).verdict).toBe('agree');
    expect(judged(fed(50, 30, 240, 240), []).verdict).toBe('agree');
  });

  test('another than asked for: the sentence says who should change what', () => {
    const { explanation, verdict } = judged(fed(50, 40, 320, 320), [wish(20)]);
    expect(verdict).toBe('mismatch');
    expect(explanation).toBe(
      'The callee asks for packets of 20 ms (a=ptime) and gets 40 ms: the caller should send 20 ms, or the callee announce a=ptime:40.',
    );
  });

  test('more than the receiver takes weighs more than another wish', () => {
    expect(judged(fed(8, 60, 480, 480), [wish(20, 20)]).verdict).toBe('over-maxptime');
    expect(judged(fed(50, 20, 160, 160), [wish(20, 20)]).verdict).toBe('agree');
  });

  test('timestamps of another clock', () => {
    const { explanation, verdict } = judged(fed(50, 20, 320, 160), [wish(20)], { codec: staticCodec(9) });
    expect(verdict).toBe('timestamp-clock-wrong');
    expect(explanation).toContain('advance its timestamps by 160');
  });

  test('20, 40, 20, 40 is mixed', () => {
    const feed = new RtpFeed();
    let at = 0;
    for (let i = 0; i < 60; i++) {
      const ms = i % 2 === 0 ? 20 : 40;
      feed.rtp({ at, sequence: i, timestamp: at * 8, payload: ms * 8 });
      at += ms;
    }
    const { explanation, verdict } = judged(feed, [wish(20)]);
    expect(verdict).toBe('mixed');
    expect(explanation).toMatch(/^Packets of (?:20 ms and 40 ms|40 ms and 20 ms) take turns/u);
  });

  test('20, then 40 ms with nobody having asked for it: said as it went', () => {
    const feed = new RtpFeed();
    let at = 0;
    for (let i = 0; i < 400; i++) {
      const ms = i < 200 ? 20 : 40;
      feed.rtp({ at, sequence: i, timestamp: at * 8, payload: ms * 8 });
      at += ms;
    }
    const { explanation, verdict } = judged(feed, [wish(20)]);
    expect(verdict).toBe('mixed');
    expect(explanation).toMatch(
      /^The packet time goes from 20 ms to 40 ms during the stream: .* keep to one packet time/u,
    );
  });

  test('40, then 20 ms: well where a re-INVITE asked for it, mixed where nothing did; marked either way', () => {
    const feed = new RtpFeed();
    feed.run(50, 40, 320, { payload: 320 });
    feed.run(50, 20, 160, { at: 2000, sequence: 51, timestamp: 16_000 });
    expect(feed.table.changes(1)).toMatchObject([
      { step: 320, payload: 320 },
      { step: 160, payload: 160, time: 2000e6 },
    ]);
    expect(judged(feed, [wish(40), wish(20, null, 1.9e9)]).verdict).toBe('agree');
    expect(judged(feed, [wish(40)]).verdict).toBe('mixed');
  });

  test('pauses are no packet time: silence suppression, and descriptions of silence', () => {
    const quiet = new RtpFeed();
    quiet.run(30);
    quiet.run(30, 20, 160, { at: 2000, sequence: 31, timestamp: 16_000, marker: true });
    expect(judged(quiet, [wish(20)]).verdict).toBe('agree');
    // AMR: 10 packets of speech, then a small one each 160 ms for a long while.
    const sid = new RtpFeed();
    const speech = new Uint8Array(33);
    speech.set([0xf0, 0x3c]);
    const silence = new Uint8Array(7);
    silence.set([0xf0, 0x44]);
    sid.run(10, 20, 160, { type: 96, payload: speech });
    sid.run(40, 160, 1280, { at: 200, sequence: 11, timestamp: 1600, type: 96, payload: silence });
    expect(judged(sid, [wish(20)], { codec: amr })).toMatchObject({ timestampMs: 20, payloadMs: 20, verdict: 'agree' });
  });

  test('losses and bursts do not change the packet time', () => {
    const feed = new RtpFeed();
    for (let i = 0; i < 100; i++) {
      // Two at a time, and every seventh is lost.
      if (i % 7 !== 0) feed.rtp({ at: Math.floor(i / 2) * 40, sequence: i, timestamp: i * 160 });
    }
    expect(judged(feed, [wish(20)])).toMatchObject({ timestampMs: 20, payloadMs: 20, verdict: 'agree' });
  });

  test('a clock that nobody named proves nothing', () => {
    expect(judged(fed(50, 20, 960, 80), [], { codec: null, clock: 48_000, isLikelyClock: true }).verdict).toBe(
      'unknown',
    );
    expect(judged(fed(1, 20, 160, 160), [wish(20)], { packets: 1 }).verdict).toBe('unknown');
  });
});
