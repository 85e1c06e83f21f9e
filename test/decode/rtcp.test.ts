import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRtcp } from '../../core/decode/rtcp.ts';
import { u16, u32, u8, concat } from '../../fixtures/builder/index.ts';
import { RtpFeed } from '../analysis/rtp-feed.ts';

const block = (ssrc: number, lastReport = 0, delay = 0): Uint8Array =>
  concat(u32(ssrc), u8(64), u8(0xff, 0xff, 0xfe), u32(70_000), u32(160), u32(lastReport), u32(delay));
const senderReport = (ssrc: number, seconds: number, ...blocks: Uint8Array[]): Uint8Array =>
  concat(
    u8(0x80 | blocks.length, 200),
    u16(6 + 6 * blocks.length),
    u32(ssrc, seconds, 0x8000_0000, 1234, 250, 40_000),
    ...blocks,
  );
const receiverReport = (ssrc: number, ...blocks: Uint8Array[]): Uint8Array =>
  concat(u8(0x80 | blocks.length, 201), u16(1 + 6 * blocks.length), u32(ssrc), ...blocks);
const metrics = concat(
  u8(0x80, 207),
  u16(10),
  u32(7),
  u8(7, 0),
  u16(8),
  u32(9),
  u8(26, 13, 0, 0),
  u16(0, 0, 80, 120),
  u8(0, 0, 0, 16),
  u8(85, 127, 41, 127),
  u8(0, 0),
  u16(60, 120, 300),
);

function read(bytes: Uint8Array, end = bytes.length): ReturnType<typeof readRtcp> {
  return readRtcp(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, end);
}

test('a compound packet: reports of sender and receiver, and VoIP metrics', () => {
  const packets = read(concat(senderReport(1, 0x0001_2345, block(2)), metrics));
  expect(packets).toMatchObject([
    {
      kind: 'sr',
      ssrc: 1,
      sender: { time: 0x2345_8000, packets: 250, octets: 40_000 },
      blocks: [{ ssrc: 2, fractionLost: 0.25, lost: -2, highest: 70_000, jitter: 160 }],
    },
    {
      kind: 'xr',
      metrics: [
        { ssrc: 9, roundTripMs: 80, endSystemDelayMs: 120, rFactor: 85, mosListening: 4.1, mosConversation: null },
      ],
    },
  ]);
});

test('every shorter length, with rubbish behind the end: nothing is read beyond, nothing throws', () => {
  const whole = concat(senderReport(1, 5, block(2), block(3)), receiverReport(4, block(5)), metrics);
  const buffer = concat(whole, new Uint8Array(64).fill(0xff));
  for (let end = 0; end <= whole.length; end++) {
    const packets = read(buffer, end);
    expect(packets.length).toBeLessThanOrEqual(3);
    expect(packets).toEqual(read(buffer.slice(0, end)));
  }
});

test('rubbish is no report', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes)));
});

test('the round trip is counted at the place of capture, without what the receiver kept', () => {
  const feed = new RtpFeed();
  // Seen at 1,000 ms; the receiver keeps it for half a second; its report passes 580 ms later.
  feed.raw(senderReport(1, 0x0001_0010), 1000, 20_001);
  feed.raw(receiverReport(2, block(1, 0x0010_8000, 32_768)), 1580, 20_001, true);
  const { receptions, sendings } = feed.table.reports;
  expect(receptions).toMatchObject([{ ssrc: 1, reporter: 2, reports: 1, lost: -2, roundTrips: 1 }]);
  expect(receptions[0]?.roundTripSum).toBeCloseTo(80e6, -3);
  expect(sendings).toMatchObject([{ ssrc: 1, packets: 250 }]);
});
