import { deflateRawSync, createDeflateRaw, constants, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import type { InflateRaw } from '../../core/decode/packet.ts';
import { Decoding } from './decoding.ts';
import { connection, feed, request, response, texts } from './streams.ts';

const { Opcode, websocketFrame, websocketFragments } = build;
const server = { host: '198.51.100.2', port: 443 };
const one = request('one', 'hello');
const two = response('two');
const long = request('long', 'x'.repeat(70_000));
const mask = 0xdeadbeef;

const inflateRaw: InflateRaw = (bytes, dictionary, limit) => {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limit, ...(dictionary === null ? {} : { dictionary }) });
  } catch {
    return null;
  }
};

function opened(): { decoding: Decoding; tcp: build.TcpConnection } {
  const decoding = new Decoding();
  Object.assign(decoding.packet, { inflateRaw });
  const tcp = connection(undefined, server);
  feed(decoding, [
    ...tcp.open(),
    ...tcp.send('client', build.upgradeRequest('example.org')),
    ...tcp.send('server', build.upgradeResponse()),
  ]);
  return { decoding, tcp };
}

describe('an upgraded connection (RFC 6455, RFC 7118)', () => {
  test('masked and unmasked frames; what is unmasked stands in the capture, what is masked does not', () => {
    const { decoding, tcp } = opened();
    expect(feed(decoding, tcp.send('client', websocketFrame({ mask }, one)))).toEqual(['sip']);
    expect(feed(decoding, tcp.send('server', websocketFrame({}, two)))).toEqual(['sip']);
    expect(decoding.messages).toMatchObject([
      { text: one, transport: 'WS', from: '192.0.2.1:40000' },
      { text: two, transport: 'WS', fromCapture: null, from: '198.51.100.2:443' },
    ]);
    expect(decoding.counts()).toEqual({ 'tcp-no-data': 3, 'other-tcp': 2, sip: 2 });
  });

  test('frames over many segments and many frames in one, with lengths of 7, 16 and 64 bits', () => {
    for (const size of [1, 2, 5, 100, 60_000]) {
      const { decoding, tcp } = opened();
      const frames = build.concat(
        websocketFrame({ mask }, one),
        websocketFrame({ opcode: Opcode.Ping, mask }, 'are you there'),
        websocketFrame({ mask, lengthBytes: 8 }, two),
        websocketFrame({ opcode: Opcode.Binary, mask: 7, lengthBytes: 2 }, one),
        ...(size > 50 ? [websocketFrame({ mask }, long)] : []),
        websocketFrame({}, two),
      );
      feed(decoding, tcp.send('client', frames, { size }));
      expect(texts(decoding)).toEqual([one, two, one, ...(size > 50 ? [long] : []), two]);
    }
  });

  test('a message in several frames with control frames in between', () => {
    for (const masked of [{}, { mask }]) {
      const { decoding, tcp } = opened();
      const [first, ...others] = websocketFragments(masked, one, 60) as [Uint8Array, ...Uint8Array[]];
      const frames = [first, websocketFrame({ opcode: Opcode.Ping, ...masked }, ''), ...others];
      const codes = frames.flatMap((frame) => feed(decoding, tcp.send('client', frame)));
      expect(codes.slice(0, 3)).toEqual(['sip-segment', 'keep-alive', 'sip-segment']);
      expect(codes.at(-1)).toBe('sip');
      expect(texts(decoding)).toEqual([one]);
      // Without a mask all pieces stand in the capture.
      if (!('mask' in masked)) expect(decoding.messages[0]?.fromCapture).toBe(one);
    }
  });

  test('line ends and pings keep the connection alive, a close is neither', () => {
    const { decoding, tcp } = opened();
    const codes = [
      websocketFrame({ mask }, '\r\n\r\n'),
      websocketFrame({ opcode: Opcode.Ping, mask }, ''),
      websocketFrame({ opcode: Opcode.Pong, mask }, 'x'),
      websocketFrame({ opcode: Opcode.Close, mask }, build.u16(1000)),
    ].flatMap((frame) => feed(decoding, tcp.send('client', frame)));
    expect(codes).toEqual(['keep-alive', 'keep-alive', 'keep-alive', 'other-tcp']);
  });

  test('the answer may come in pieces, with the first frame behind it', () => {
    const decoding = new Decoding();
    const tcp = connection(undefined, server);
    feed(decoding, tcp.open());
    const answer = build.concat(build.upgradeResponse(), websocketFrame({}, two));
    feed(decoding, [...tcp.send('client', build.upgradeRequest('a')), ...tcp.send('server', answer, { size: 3 })]);
    feed(decoding, tcp.send('client', websocketFrame({ mask }, one)));
    expect(texts(decoding)).toEqual([two, one]);
  });

  test('bytes that are no frame are a fault, and the next SIP frame at the beginning of a segment is read', () => {
    const { decoding, tcp } = opened();
    feed(decoding, [
      ...tcp.send('client', build.u8(0xff, 0xff, 1, 2, 3)),
      ...tcp.send('client', 'something'),
      ...tcp.send('client', websocketFrame({ mask }, one)),
    ]);
    expect(texts(decoding)).toEqual([one]);
    expect(decoding.faultCodes()).toEqual(['websocket/bad-frame']);
    expect(decoding.counts()['tcp-gap']).toBe(2);
  });

  test('a lost segment spoils the message it belongs to, no other', () => {
    const { decoding, tcp } = opened();
    const frames = tcp.send('client', websocketFrame({ mask }, long), { size: 10_000 });
    feed(decoding, frames.toSpliced(3, 1), { time: 1 });
    feed(decoding, tcp.send('client', websocketFrame({ mask }, one)), { time: 2 });
    feed(decoding, [tcp.ack('server')], { time: 3 });
    expect(texts(decoding)).toEqual([one]);
    expect(decoding.counts()).toMatchObject({ sip: 1, 'tcp-gap': 7 });
  });

  test('a message of more than a megabyte is left out, what follows is not', () => {
    const { decoding, tcp } = opened();
    const huge = new Uint8Array((1 << 20) + 1).fill(0x41);
    feed(
      decoding,
      tcp.send('client', build.concat(websocketFrame({ mask }, huge), websocketFrame({ mask }, one)), { size: 60_000 }),
    );
    const parts = websocketFragments({ mask }, huge, 300_000);
    for (const part of parts) feed(decoding, tcp.send('client', part, { size: 60_000 }));
    feed(decoding, tcp.send('client', websocketFrame({ mask }, two)));
    expect(texts(decoding)).toEqual([one, two]);
    expect(decoding.faultCodes()).toContain('websocket/message-too-long');
  });

  test('a WebSocket that is none of SIP is left alone', () => {
    const decoding = new Decoding();
    const tcp = connection(undefined, server);
    feed(decoding, tcp.open());
    const answer = new TextDecoder().decode(build.upgradeResponse()).replace(/Sec-WebSocket-Protocol.*\r\n/, '');
    feed(decoding, tcp.send('server', answer));
    for (let sent = 0; sent < 40; sent++) feed(decoding, tcp.send('server', websocketFrame({}, '{"price":1}')));
    expect(decoding.counts()).toEqual({ 'tcp-no-data': 3, 'other-tcp': 41 });
    expect(feed(decoding, tcp.send('server', websocketFrame({}, two)))).toEqual(['sip']);
  });
});

describe('without the upgrade in the capture', () => {
  test('frames that hold SIP are recognised, masked or not', () => {
    const decoding = new Decoding();
    const tcp = connection(undefined, server);
    expect(
      feed(decoding, [
        ...tcp.send('client', websocketFrame({ mask }, one)),
        ...tcp.send('server', websocketFrame({ opcode: Opcode.Ping }, '')),
        ...tcp.send('server', websocketFrame({}, two)),
        ...tcp.send('client', websocketFrame({ mask: 1 }, two)),
      ]),
    ).toEqual(['sip', 'other-tcp', 'sip', 'sip']);
    expect(texts(decoding)).toEqual([one, two, two]);
  });
});

describe('compressed messages (RFC 7692)', () => {
  const compress = (text: string): Uint8Array => {
    const whole = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    return whole.subarray(0, -4);
  };

  test('each for itself, also without the upgrade', () => {
    for (const withUpgrade of [true, false]) {
      const { decoding, tcp } = withUpgrade
        ? opened()
        : { decoding: new Decoding(), tcp: connection(undefined, server) };
      Object.assign(decoding.packet, { inflateRaw });
      for (const text of [one, two, long]) {
        feed(
          decoding,
          tcp.send('client', websocketFrame({ mask, compressed: true }, compress(text)), { size: 60_000 }),
        );
      }
      expect(texts(decoding)).toEqual([one, two, long]);
    }
  });

  test('referring to the ones before, in fragments', async () => {
    const deflate = createDeflateRaw();
    const chunks: Uint8Array[] = [];
    deflate.on('data', (chunk: Uint8Array) => void chunks.push(chunk));
    const { decoding, tcp } = opened();
    const sent = [one, one, two, long, one, long, two];
    for (const text of sent) {
      chunks.length = 0;
      await new Promise<void>((resolve) => {
        deflate.write(text);
        deflate.flush(constants.Z_SYNC_FLUSH, resolve);
      });
      const whole = build.concat(...chunks);
      const frames = websocketFragments({ mask, compressed: true }, whole.subarray(0, -4), 90);
      // Only the first frame of a message says that it is compressed.
      frames.forEach((frame, index) => {
        if (index > 0) frame[0] = (frame[0] as number) & 0xbf;
        feed(decoding, tcp.send('server', frame));
      });
    }
    expect(texts(decoding)).toEqual(sent);
  });

  test('one that can’t be opened is a fault and counted as lost', () => {
    const { decoding, tcp } = opened();
    const bad = websocketFrame({ mask, compressed: true }, build.u8(0xff, 1, 2, 3));
    expect(feed(decoding, [...tcp.send('client', bad), ...tcp.send('client', websocketFrame({ mask }, one))])).toEqual([
      'tcp-gap',
      'sip',
    ]);
    expect(decoding.faultCodes()).toEqual(['websocket/bad-deflate']);
  });

  test('one that grows beyond what a message may be is left out', () => {
    const { decoding, tcp } = opened();
    feed(
      decoding,
      tcp.send('client', websocketFrame({ mask, compressed: true }, compress(request('bomb', 'x'.repeat(2 << 20))))),
    );
    expect(texts(decoding)).toEqual([]);
    expect(decoding.faultCodes()).toEqual(['websocket/bad-deflate']);
  });

  test('without anything to open them with they are a fault', () => {
    const { decoding, tcp } = opened();
    Object.assign(decoding.packet, { inflateRaw: null });
    feed(decoding, tcp.send('client', websocketFrame({ mask, compressed: true }, compress(one))));
    expect(decoding.faultCodes()).toEqual(['websocket/compressed']);
  });
});
