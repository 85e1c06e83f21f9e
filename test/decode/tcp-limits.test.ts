import { describe, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { MAX_HELD } from '../../core/decode/held-bytes.ts';
import type { Packet } from '../../core/decode/packet.ts';
import type { Decoder } from '../../core/decode/protocol.ts';
import { MAX_PIECES } from '../../core/decode/sip-framing.ts';
import { MAX_HEADERS, MAX_MESSAGE } from '../../core/decode/sip-length.ts';
import { MAX_AHEAD, MAX_AHEAD_SEGMENTS } from '../../core/decode/tcp-ahead.ts';
import { MAX_CONNECTIONS } from '../../core/decode/tcp-connections.ts';
import { openTcp, type TcpLimits } from '../../core/decode/tcp.ts';
import { Decoding } from './decoding.ts';
import { connection, feed, request, texts } from './streams.ts';

/** What a hostile capture must not bring about: memory without bounds, or work that grows faster than the capture. */

/** TCP segments by the million: no frame around them, and one buffer for all. */
class Flood {
  readonly decoding = new Decoding();
  readonly tcp: Decoder;
  private readonly bytes = new Uint8Array(70_000);
  private readonly view = new DataView(this.bytes.buffer);

  constructor(limits?: TcpLimits) {
    this.tcp = openTcp(limits);
    const { packet } = this.decoding;
    packet.bytes = this.bytes;
    packet.view = this.view;
    packet.src = packet.addresses.v4(build.u8(10, 0, 0, 1), new DataView(new ArrayBuffer(4)), 0);
  }

  send(to: number, port: number, seq: number, flags: number, data: Uint8Array, from = 1): number {
    const { packet } = this.decoding;
    const { view, bytes } = this;
    view.setUint16(0, port);
    view.setUint16(2, 5060);
    view.setUint32(4, seq);
    view.setUint8(12, 0x50);
    view.setUint8(13, flags);
    bytes.set(data, 20);
    packet.frame++;
    packet.time += 1000;
    packet.src = from;
    packet.dst = to;
    packet.end = 20 + data.length;
    this.tcp.decode(packet, 0, packet.end);
    packet.ledger.count(packet.outcome);
    return packet.outcome;
  }
}

const none = new Uint8Array(0);
const SYN = 2;
const ACK = 16;
const message = build.bytesOf(request('one', 'x'.repeat(200)));
const half = message.subarray(0, 300);

function total({ ledger }: Packet): number {
  return ledger.counts.reduce((sum, count) => sum + count, 0);
}

describe('memory', () => {
  test('the limits are these', () => {
    expect({ MAX_HELD, MAX_PIECES, MAX_HEADERS, MAX_MESSAGE, MAX_AHEAD, MAX_AHEAD_SEGMENTS, MAX_CONNECTIONS }).toEqual({
      MAX_HELD: 67_108_864,
      MAX_PIECES: 65_536,
      MAX_HEADERS: 262_144,
      MAX_MESSAGE: 1_048_576,
      MAX_AHEAD: 524_288,
      MAX_AHEAD_SEGMENTS: 1024,
      MAX_CONNECTIONS: 262_144,
    });
  });

  test('a million SYNs push out the connections idle for longest, not the one in use', () => {
    const flood = new Flood({ connections: 4096, held: MAX_HELD });
    flood.send(2, 1, 0, SYN, none);
    flood.send(2, 1, 1, ACK, half);
    for (let i = 0; i < 1_000_000; i++) {
      flood.send(3 + (i >>> 15), 2 + (i & 0x7fff), i, SYN, none);
      if (i % 2000 === 0) flood.send(2, 1, 1, ACK, half);
    }
    flood.send(2, 1, 1 + half.length, ACK, message.subarray(half.length));
    expect(texts(flood.decoding)).toEqual([request('one', 'x'.repeat(200))]);
    // The connection that was pushed out is accounted for.
    expect(flood.decoding.counts()['tcp-no-data']).toBe(1_000_001);
  });

  test('a connection that is forgotten with half a message is counted as lost', () => {
    const flood = new Flood({ connections: 16, held: MAX_HELD });
    for (let i = 0; i < 32; i++) flood.send(2, 1000 + i, 5, ACK, half);
    expect(flood.decoding.counts()).toEqual({ 'sip-segment': 16, 'tcp-gap': 16 });
    flood.tcp.finish?.(flood.decoding.packet);
    expect(flood.decoding.counts()).toEqual({ 'tcp-gap': 32 });
  });

  test('beyond what may be held, what was held for longest is left out, and the rest is read', () => {
    const flood = new Flood({ connections: 1024, held: 100_000 });
    for (let i = 0; i < 400; i++) flood.send(2, 1000 + i, 5, ACK, half);
    const { packet } = flood.decoding;
    expect(flood.decoding.faultCodes()).toEqual(['tcp/limit-reached']);
    const lost = flood.decoding.counts()['limit-reached'] as number;
    expect(lost).toBeGreaterThan(100);
    for (let i = 0; i < 400; i++) flood.send(2, 1000 + i, 5 + half.length, ACK, message.subarray(half.length));
    expect(flood.decoding.messages).toHaveLength(400 - lost);
    expect(total(packet)).toBe(800);
  });

  test('segments without end that are all out of order are given up, and counted once each', () => {
    const flood = new Flood();
    flood.send(2, 1, 0, SYN, none);
    flood.send(2, 1, 1, ACK, half);
    // Every second byte, so that nothing ever joins.
    for (let i = 0; i < 50_000; i++) flood.send(2, 1, 5000 + ((i * 2) % 4_000_000), ACK, half.subarray(0, 1));
    flood.tcp.finish?.(flood.decoding.packet);
    expect(total(flood.decoding.packet)).toBe(50_002);
    expect(flood.decoding.counts()['sip-segment'] ?? 0).toBe(0);
  });

  test('out-of-order segments, latest first', () => {
    const flood = new Flood();
    flood.send(2, 1, 0, SYN, none);
    for (let i = 300_000; i > 0; i--) flood.send(2, 1, 1 + i, ACK, half.subarray(0, 1));
    flood.tcp.finish?.(flood.decoding.packet);
    expect(total(flood.decoding.packet)).toBe(300_001);
  });
});

describe('work', () => {
  test('a message that comes byte by byte is read once', () => {
    const flood = new Flood();
    const body = 'x'.repeat(60_000);
    const slow = build.bytesOf(request('slow', body) + request('next'));
    slow.forEach((_, i) => void flood.send(2, 1, 7 + i, ACK, slow.subarray(i, i + 1)));
    expect(flood.decoding.messages).toHaveLength(2);
    expect(flood.decoding.messages.map(({ frame }) => frame)).toEqual([request('slow', body).length, slow.length]);
  });

  test('a first line, or headers, that never end', () => {
    for (const [first, more] of [
      ['OPTIONS sip:', 'a'],
      [`OPTIONS sip:a SIP/2.0\r\n`, 'a'],
      [`OPTIONS sip:a SIP/2.0\r\n`, 'l: 1\r\n'],
      [`OPTIONS sip:a SIP/2.0\r\nl:`, '\r\n '],
      ['', '\r\n'],
      ['', 'INVITE '],
      ['', 'SIP/2.0 '],
    ] as const) {
      const flood = new Flood();
      let seq = 1;
      const push = (text: string): void => {
        flood.send(2, 1, seq, ACK, build.bytesOf(text));
        seq += text.length;
      };
      push(first);
      for (let i = 0; i < 100_000; i++) push(more);
      for (let i = 0; i < 40; i++) push(more.repeat(6000));
      expect(texts(flood.decoding)).toEqual([]);
      push(`\r\n\r\n`);
      push(request('next'));
      expect(texts(flood.decoding)).toEqual([request('next')]);
    }
  });

  test('a body of more pieces than are noted is left out', () => {
    const flood = new Flood();
    const start = build.bytesOf('OPTIONS sip:a SIP/2.0\r\nl: 900000\r\n\r\n');
    flood.send(2, 1, 1, ACK, start);
    for (let i = 0; i < MAX_PIECES + 10; i++) flood.send(2, 1, 1 + start.length + i, ACK, half.subarray(0, 1));
    expect(flood.decoding.faultCodes()).toEqual(['sip/too-many-pieces']);
    expect(flood.decoding.counts()['tcp-gap']).toBeGreaterThanOrEqual(MAX_PIECES);
  });

  test('streams of other protocols are looked at up to a limit, then only at the beginning of segments', () => {
    const flood = new Flood();
    const lines = build.bytesOf('some words of a text\r\n'.repeat(2500));
    for (let i = 0; i < 3000; i++) flood.send(2, 1, 1 + i * lines.length, ACK, lines);
    expect(flood.decoding.counts()).toEqual({ 'not-sip-on-sip-port': 3000 });
    const codes = feed(new Decoding(), connection().send('client', lines));
    expect(new Set(codes)).toEqual(new Set(['not-sip-on-sip-port']));
  });
});
