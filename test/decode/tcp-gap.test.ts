import { describe, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { connection, feed, isAsCaptured, request, response, texts } from './streams.ts';

/** What the capture lacks of a stream: dropped by the capturing machine, or cut by the snaplen. */

const one = request('one', 'hello');
const two = request('two');
const big = request('big', 'x'.repeat(3000));

/** One message, then one whose middle segment is missing, then another. */
function withLoss(): { tcp: build.TcpConnection; before: Uint8Array[]; behind: Uint8Array[] } {
  const tcp = connection();
  const before = [...tcp.open(), ...tcp.send('client', one), ...tcp.send('client', big, { ranges: [[0, 1000]] })];
  const behind = tcp.send('client', two);
  return { tcp, before, behind };
}

describe('bytes the capture lacks', () => {
  test('are given up when the other side has them; what comes behind is read from the next message on', () => {
    const decoding = new Decoding();
    const { tcp, before, behind } = withLoss();
    feed(decoding, before, { time: 1 });
    feed(decoding, behind, { time: 1.001 });
    expect(texts(decoding)).toEqual([one]);
    feed(decoding, [tcp.ack('server')], { time: 1.1 });
    expect(decoding.messages).toMatchObject([
      { text: one },
      { text: two, frame: 6, time: 1.001, from: '192.0.2.1:40000', to: '198.51.100.2:5060' },
    ]);
    expect(decoding.counts()).toEqual({ sip: 2, 'tcp-gap': 1, 'tcp-no-data': 4 });
    expect(decoding.faultCodes()).toContain('tcp/gap');
  });

  test('are waited for when the acknowledgement was captured before what it acknowledges', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open(), { time: 1 });
    const [a, b] = [tcp.send('client', one), tcp.send('client', two)].flat() as [Uint8Array, Uint8Array];
    feed(decoding, [b, tcp.ack('server')], { time: 1.000_01 });
    feed(decoding, [a], { time: 1.000_02 });
    expect(texts(decoding)).toEqual([one, two]);
  });

  test('are waited for as long as the other side asks for them', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open(), { time: 1 });
    const missing = tcp.ack('server');
    const [a, b, c] = [
      tcp.send('client', one),
      tcp.send('client', two),
      tcp.send('client', big, { size: 9000 }),
    ].flat();
    feed(decoding, [b as Uint8Array, missing], { time: 1.1 });
    feed(decoding, [c as Uint8Array, missing], { time: 9 });
    feed(decoding, [a as Uint8Array], { time: 20 });
    expect(texts(decoding)).toEqual([one, two, big]);
  });

  test('are given up after some seconds where only one direction was captured', () => {
    const decoding = new Decoding();
    const { tcp, before, behind } = withLoss();
    feed(decoding, before, { time: 1 });
    feed(decoding, behind, { time: 2 });
    feed(decoding, tcp.send('client', response('late')), { time: 6 });
    expect(texts(decoding)).toEqual([one, two, response('late')]);
  });

  test('are given up at the end of the capture', () => {
    const decoding = new Decoding();
    const { before, behind } = withLoss();
    feed(decoding, [...before, ...behind], { time: 1 });
    const other = connection({ host: '192.0.2.9', port: 4000 });
    feed(decoding, other.open(), { time: 2 });
    decoding.finish();
    expect(decoding.messages).toMatchObject([{ text: one }, { text: two, frame: 6, time: 1, from: '192.0.2.1:40000' }]);
    expect(decoding.counts()).toEqual({ sip: 2, 'tcp-gap': 1, 'tcp-no-data': 6 });
    expect(decoding.faults.list()).toMatchObject([{ kind: { code: 'gap' }, frames: [6, 6] }]);
  });

  test('however late they are given up, messages behind carry frame and time of the packet that completed them', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open(), { time: 1 });
    tcp.lose('client', 700);
    const half = big.length >> 1;
    const [a, b, c, d] = [
      ...tcp.send('client', two + big, { size: two.length + half }),
      ...tcp.send('client', one),
      ...tcp.send('client', response('late')),
    ] as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    // The middle of what waits comes last: it completes what begins before it, and what is behind it.
    [a, d, c, b].forEach((packet, index) => void feed(decoding, [packet], { time: 1.25 + index / 4 }));
    const codes = feed(decoding, [tcp.ack('server'), tcp.ack('server')], { time: 3 });
    expect(codes).toEqual(['tcp-no-data', 'tcp-no-data']);
    expect(decoding.messages).toMatchObject([
      { text: two, frame: 4, time: 1.25 },
      { text: big, frame: 7, time: 2 },
      { text: one, frame: 7, time: 2 },
      { text: response('late'), frame: 7, time: 2 },
    ]);
    expect(decoding.messages.every(isAsCaptured)).toBe(true);
    expect(decoding.packet.frame).toBe(9);
    expect(decoding.packet.time).toBe(3e9);
  });

  test('are given up again and again: each message keeps its own packet', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open(), { time: 1 });
    feed(decoding, tcp.send('client', one), { time: 1 });
    for (const [index, message] of [two, request('three'), request('four')].entries()) {
      tcp.lose('client', 50);
      feed(decoding, tcp.send('client', message), { time: 1.25 + index / 4 });
    }
    feed(decoding, [tcp.ack('server')], { time: 3 });
    expect(decoding.messages.map(({ frame, time }) => [frame, time])).toEqual([
      [4, 1],
      [5, 1.25],
      [6, 1.5],
      [7, 1.75],
    ]);
    expect(decoding.counts()).toEqual({ sip: 4, 'tcp-no-data': 4 });
  });

  test('do not make the rest of a body look like a message', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, [...tcp.open(), ...tcp.send('client', one)]);
    const start = tcp.position('client');
    tcp.lose('client', 700);
    const codes = feed(decoding, [
      tcp.segment('client', start + 700, 'A', build.bytesOf('o=- 1 1 IN IP4 192.0.2.1\r\nINVITE me SIP\r\n')),
      tcp.ack('server'),
    ]);
    expect(codes[0]).toBe('sip-segment');
    decoding.finish();
    expect(texts(decoding)).toEqual([one]);
    expect(decoding.counts()['tcp-gap']).toBe(1);
  });
});

describe('segments cut by the snaplen', () => {
  const snap = 54 + 200;
  const cut = (decoding: Decoding, packet: Uint8Array): string => {
    const frame = build.ethernet({}, packet);
    return decoding.feed(frame.subarray(0, snap), { missing: frame.length - snap });
  };

  test('what is there of a message is handed on, as with datagrams, and the next segment is the next message', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const first = request('first', 'y'.repeat(500));
    expect([first, two, one].map((message) => cut(decoding, tcp.send('client', message)[0] as Uint8Array))).toEqual([
      'sip',
      'sip',
      'sip',
    ]);
    expect(texts(decoding)).toEqual([first.slice(0, 200), two.slice(0, 200), one.slice(0, 200)]);
  });

  test('a message whole before the cut is whole, and the one behind it in the segment is cut', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const short = 'SIP/2.0 200 OK\r\nl: 0\r\n\r\n';
    cut(decoding, tcp.send('client', short + one)[0] as Uint8Array);
    expect(texts(decoding)).toEqual([short, one.slice(0, 200 - short.length)]);
  });

  test('a segment of which only headers were kept is a cut one, and what follows is read', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const frame = build.ethernet({}, tcp.send('client', one)[0] as Uint8Array);
    expect(decoding.feed(frame.subarray(0, 54), { missing: frame.length - 54 })).toBe('cut-by-snaplen');
    feed(decoding, tcp.send('client', two), { time: 1 });
    feed(decoding, [tcp.ack('server')], { time: 2 });
    expect(texts(decoding)).toEqual([two]);
  });
});
