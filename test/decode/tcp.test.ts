import { describe, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { alice, bob, connection, feed, isAsCaptured, request, response, texts } from './streams.ts';

const one = request('one', 'hello');
const two = request('two');
const three = request('three', 'x'.repeat(3000));

describe('segments and messages', () => {
  test('a message in one segment is handed on where it stands, without a copy', () => {
    const decoding = new Decoding();
    const tcp = connection();
    expect(feed(decoding, [...tcp.open(), ...tcp.send('client', one), tcp.ack('server')])).toEqual([
      'tcp-no-data',
      'tcp-no-data',
      'tcp-no-data',
      'sip',
      'tcp-no-data',
    ]);
    expect(decoding.messages).toMatchObject([
      { frame: 4, from: '192.0.2.1:40000', to: '198.51.100.2:5060', transport: 'TCP', text: one, fromCapture: null },
    ]);
  });

  test('a message over several segments carries the frame that completed it, and the places of its pieces', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    expect(feed(decoding, tcp.send('client', three, { size: 1000 }))).toEqual([
      'sip-segment',
      'sip-segment',
      'sip-segment',
      'sip',
    ]);
    expect(decoding.messages).toMatchObject([{ frame: 7, text: three, fromCapture: three, networkAt: -1 }]);
    expect(decoding.messages).toHaveLength(1);
  });

  test('several messages in one segment are as many messages, and one begun there is completed by the next', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const cut = one.length + two.length + 20;
    const all = one + two + three;
    expect(
      feed(
        decoding,
        tcp.send('client', all, {
          ranges: [
            [0, cut],
            [cut, all.length],
          ],
        }),
      ),
    ).toEqual(['sip', 'sip']);
    expect(texts(decoding)).toEqual([one, two, three]);
    expect(decoding.messages.map(({ frame }) => frame)).toEqual([4, 4, 5]);
    expect(decoding.messages.every(isAsCaptured)).toBe(true);
  });

  test('line ends keep the connection alive, also within a segment with a message', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    expect(
      feed(decoding, [...tcp.send('client', one), ...tcp.send('client', '\r\n\r\n'), ...tcp.send('server', '\r\n')]),
    ).toEqual(['sip', 'keep-alive', 'keep-alive']);
    expect(feed(decoding, tcp.send('client', `\r\n\r\n${two}\r\n\r\n${one}`))).toEqual(['sip']);
    expect(texts(decoding)).toEqual([one, two, one]);
  });

  test('both directions are streams of their own', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const request3 = tcp.send('client', three, { size: 2000 });
    const answer = response('three');
    const half = tcp.send('server', answer, { size: 100 });
    feed(decoding, [request3[0] as Uint8Array, half[0] as Uint8Array, request3[1] as Uint8Array, ...half.slice(1)]);
    expect(decoding.messages).toMatchObject([
      { text: three, from: '192.0.2.1:40000' },
      { text: answer, from: '198.51.100.2:5060', to: '192.0.2.1:40000' },
    ]);
  });
});

describe('sequence numbers', () => {
  test('segments out of order are put in order; all that becomes whole carries the frame that filled the hole', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const [a, b, c] = [tcp.send('client', one), tcp.send('client', two), tcp.send('client', response('x'))].flat();
    feed(decoding, [c, b, a] as Uint8Array[]);
    expect(texts(decoding)).toEqual([one, two, response('x')]);
    expect(decoding.messages.map(({ frame }) => frame)).toEqual([6, 6, 6]);
    expect(decoding.counts()).toEqual({ sip: 1, 'sip-segment': 2, 'tcp-no-data': 3 });
    expect(decoding.messages.every(isAsCaptured)).toBe(true);
  });

  test('what was seen before is never handed on twice: retransmitted, captured twice, or again with more behind it', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const [first] = tcp.send('client', one) as [Uint8Array];
    const start = tcp.position('client') - one.length;
    expect(feed(decoding, [first, first])).toEqual(['sip', 'tcp-duplicate']);
    const more = tcp.segment('client', start, 'PA', build.bytesOf(one + two));
    expect(feed(decoding, [more, more])).toEqual(['sip', 'tcp-duplicate']);
    expect(texts(decoding)).toEqual([one, two]);
  });

  test('a segment that came early and comes again early is a duplicate', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const [a, b] = [tcp.send('client', one), tcp.send('client', two)].flat() as [Uint8Array, Uint8Array];
    // What the stream is shows only in its first segment; then the one that came early is counted again.
    expect(feed(decoding, [b, b, a])).toEqual(['not-sip-on-sip-port', 'tcp-duplicate', 'sip']);
    expect(texts(decoding)).toEqual([one, two]);
    expect(decoding.counts()).toEqual({ sip: 1, 'sip-segment': 1, 'tcp-duplicate': 1, 'tcp-no-data': 3 });
  });

  test('where segments overlap and differ, the bytes that came first count', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, tcp.open());
    const half = one.length - 10;
    const start = tcp.position('client');
    const wrong = build.bytesOf('?'.repeat(40));
    feed(decoding, [
      tcp.segment('client', start, 'A', build.bytesOf(one.slice(0, half))),
      tcp.segment('client', start + half - 30, 'A', build.concat(wrong.subarray(0, 30), one.slice(half))),
    ]);
    expect(texts(decoding)).toEqual([one]);
    expect(decoding.messages.every(isAsCaptured)).toBe(true);
  });

  test('numbers wrap around at 2^32', () => {
    const decoding = new Decoding();
    const tcp = connection(alice, bob, { client: 0xffff_ff00, server: 0xffff_fff0 });
    feed(decoding, tcp.open());
    const parts = tcp.send('client', three, { size: 100 });
    feed(decoding, [...parts.slice(1, 6), parts[0] as Uint8Array, ...parts.slice(6)]);
    feed(decoding, tcp.send('client', one));
    expect(texts(decoding)).toEqual([three, one]);
  });

  test('data may come with the SYN (RFC 7413)', () => {
    const decoding = new Decoding();
    const tcp = connection();
    const syn = tcp.segment('client', 1000, 'S', build.bytesOf(one));
    expect(feed(decoding, [syn, tcp.segment('client', 1001 + one.length, 'PA', build.bytesOf(two))])).toEqual([
      'sip',
      'sip',
    ]);
    expect(texts(decoding)).toEqual([one, two]);
  });

  test('a byte before the next one asks for an acknowledgement, and is no data', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, [...tcp.open(), ...tcp.send('client', one)]);
    const probe = tcp.segment('client', tcp.position('client') - 1, 'A', build.u8(0));
    expect(feed(decoding, [probe, ...tcp.send('client', two)])).toEqual(['tcp-no-data', 'sip']);
    expect(texts(decoding)).toEqual([one, two]);
  });

  test('a new SYN on the same ports begins new streams, the same SYN again does not', () => {
    const decoding = new Decoding();
    const old = connection();
    const syn = old.open();
    feed(decoding, [
      ...syn,
      ...old.send('client', one),
      ...old.send('client', three, { ranges: [[0, 900]] }),
      syn[0] as Uint8Array,
    ]);
    const again = connection(alice, bob, { client: 2000, server: 900_000 });
    feed(decoding, [...again.open(), ...again.send('client', two), ...again.send('server', response('two'))]);
    expect(texts(decoding)).toEqual([one, two, response('two')]);
    expect(decoding.counts()['tcp-gap']).toBe(1);
  });

  test('another connection on the same ports whose SYN was missed is told by its numbers', () => {
    const decoding = new Decoding();
    const old = connection();
    feed(decoding, [...old.open(), ...old.send('client', one)]);
    const again = connection(alice, bob, { client: 3_000_000_000, server: 1 });
    expect(feed(decoding, again.send('client', two))).toEqual(['sip']);
    expect(texts(decoding)).toEqual([one, two]);
  });
});

describe('starts and ends', () => {
  test('a capture that begins between messages', () => {
    const decoding = new Decoding();
    const tcp = connection(alice, { host: bob.host, port: 7777 });
    expect(feed(decoding, [...tcp.send('client', one), ...tcp.send('server', response('one'))])).toEqual([
      'sip',
      'sip',
    ]);
  });

  test('a capture that begins within a body goes on with the next start line, and counts what was before', () => {
    const decoding = new Decoding();
    const tcp = connection(alice, { host: bob.host, port: 7777 });
    const codes = feed(decoding, [
      ...tcp.send('client', 'a=rtpmap:8 PCMA/8000\r\na=sendrecv'),
      ...tcp.send('client', `\r\na=ptime:20\r\n${one}`),
      ...tcp.send('client', two),
    ]);
    expect(codes).toEqual(['other-tcp', 'sip', 'sip']);
    expect(texts(decoding)).toEqual([one, two]);
    expect(decoding.counts()).toEqual({ sip: 2, 'tcp-gap': 1 });
  });

  test('a start line that was cut in two is found all the same, also behind the end of a body', () => {
    for (const before of ['', 'v=0\r\n', 'the end of a body\r\n']) {
      for (const cut of [1, 3, 7, 12, 40]) {
        const decoding = new Decoding();
        const tcp = connection(alice, { host: bob.host, port: 7777 });
        feed(decoding, [...tcp.send('client', before + one.slice(0, cut)), ...tcp.send('client', one.slice(cut))]);
        expect(texts(decoding)).toEqual([one]);
        expect(decoding.counts()).toEqual({ sip: 1, 'sip-segment': 1 });
      }
    }
  });

  test('a message cut by FIN is accounted for', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, [...tcp.open(), ...tcp.send('client', one), ...tcp.send('client', three, { ranges: [[0, 1000]] })]);
    expect(decoding.counts()).toMatchObject({ sip: 1, 'sip-segment': 1 });
    feed(decoding, [tcp.segment('client', tcp.position('client') - three.length + 1000, 'FA')]);
    expect(decoding.counts()).toMatchObject({ sip: 1, 'tcp-gap': 1 });
    expect(decoding.faultCodes()).toEqual(['tcp/closed-in-message']);
  });

  test('a message cut by the end of the capture is accounted for, and not handed on', () => {
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, [
      ...tcp.open(),
      ...tcp.send('client', three, {
        ranges: [
          [0, 1000],
          [1000, 2000],
        ],
      }),
    ]);
    decoding.finish();
    expect(decoding.messages).toEqual([]);
    expect(decoding.counts()).toEqual({ 'tcp-gap': 2, 'tcp-no-data': 3 });
    expect(decoding.faultCodes()).toEqual(['tcp/ends-in-message']);
  });

  test('IPv6', () => {
    const decoding = new Decoding();
    const tcp = connection({ host: '2001:db8::1', port: 40_000 }, { host: '2001:db8::2', port: 5060 });
    feed(decoding, [...tcp.open(), ...tcp.send('client', three)]);
    expect(decoding.messages).toMatchObject([{ text: three, from: '[2001:db8::1]:40000', to: '[2001:db8::2]:5060' }]);
  });

  test('headers that do not fit are faults, every shorter packet is read without harm', () => {
    const tcp = connection();
    const [packet] = tcp.send('client', one) as [Uint8Array];
    for (let length = 34; length < packet.length + 14; length++) {
      const decoding = new Decoding();
      const frame = build.ethernet({}, packet).subarray(0, length);
      decoding.feed(frame, { rubbish: build.bytesOf(one) });
      decoding.finish();
      expect(decoding.messages.every(({ text }) => one.startsWith(text))).toBe(true);
      expect(decoding.counts().unset).toBeUndefined();
    }
    const decoding = new Decoding();
    const bad = build.tcp({ src: alice.host, dst: bob.host, sport: 1, dport: 2, seq: 0, dataOffset: 16 });
    expect(decoding.feed(build.ethernet({}, build.ip(alice.host, bob.host, 6, bad)))).toBe('malformed');
    expect(decoding.faultCodes()).toEqual(['tcp/bad-data-offset']);
  });
});
