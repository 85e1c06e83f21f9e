import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { isAsCaptured, request, response, texts } from './streams.ts';

const { concat, sctp, sctpData, sctpFragments, u16, u32 } = build;
const alice = '192.0.2.1';
const bob = '198.51.100.2';
const bytes = build.bytesOf;
const usual = { sport: 40_000, dport: 5060 };

function frame(chunks: readonly Uint8Array[], ports = usual, src = alice, tag = 0x1234): Uint8Array {
  return build.ethernet({}, build.ip(src, bob, 132, sctp({ ...ports, tag }, chunks)));
}

/** An I-DATA chunk (RFC 8260 2.1). */
function interleaved(tsn: number, message: number, fragment: number, flags: number, payload: Uint8Array): Uint8Array {
  return build.sctpChunk(64, flags, concat(u32(tsn), u16(3, 0), u32(message, fragment), payload));
}

describe('SIP over SCTP (RFC 4168)', () => {
  test('one message in a chunk, several chunks in a packet, other chunks in between', () => {
    const decoding = new Decoding();
    const chunks = [
      build.sctpSack(5),
      sctpData({ tsn: 1 }, bytes(request('a'))),
      sctpData({ tsn: 2, protocol: 60 }, bytes(response('b'))),
    ];
    expect(decoding.feed(frame(chunks))).toBe('sip');
    expect(decoding.messages).toMatchObject([
      { text: request('a'), transport: 'SCTP', from: '192.0.2.1:40000', to: '198.51.100.2:5060', fromCapture: null },
      { text: response('b') },
    ]);
  });

  test('what is not SIP', () => {
    const decoding = new Decoding();
    const other = { sport: 1, dport: 2 };
    expect(decoding.feed(frame([build.sctpInit(7, 1)], other))).toBe('other-sctp');
    expect(decoding.feed(frame([sctpData({ tsn: 1 }, bytes('diameter'))], other))).toBe('other-sctp');
    expect(decoding.feed(frame([sctpData({ tsn: 1 }, bytes('?'))]))).toBe('not-sip-on-sip-port');
    expect(decoding.feed(frame([sctpData({ tsn: 1 }, bytes('\r\n\r\n'))]))).toBe('keep-alive');
    for (const part of sctpFragments({ tsn: 9 }, new Uint8Array(9000), 1000))
      expect(decoding.feed(frame([part], other))).toBe('other-sctp');
  });

  test('fragments in any order, of several messages at once, joined by their numbers, which wrap', () => {
    const decoding = new Decoding();
    const a = sctpFragments({ tsn: 0xffff_fffd }, bytes(request('a', 'x'.repeat(700))), 200);
    const b = sctpFragments(
      { tsn: (0xffff_fffd + a.length) >>> 0, unordered: true },
      bytes(request('b', 'y'.repeat(700))),
      200,
    );
    const order = [2, 6, 1, 8, 0, 5, 7, 3, 4, 9]
      .map((index) => [...a, ...b][index])
      .filter((part) => part !== undefined);
    expect(order).toHaveLength(a.length + b.length);
    order.forEach((part) => void decoding.feed(frame([part])));
    expect(texts(decoding).toSorted()).toEqual([request('a', 'x'.repeat(700)), request('b', 'y'.repeat(700))]);
    expect(decoding.messages.every(isAsCaptured)).toBe(true);
    expect(decoding.counts()).toEqual({ sip: 2, 'sip-segment': order.length - 2 });
  });

  test('chunks seen before are not handed on again, from whatever address; equal numbers with other bytes are', () => {
    const decoding = new Decoding();
    const chunk = sctpData({ tsn: 1 }, bytes(request('a')));
    expect(decoding.feed(frame([chunk]))).toBe('sip');
    expect(decoding.feed(frame([chunk], undefined, '203.0.113.1'))).toBe('tcp-duplicate');
    expect(decoding.feed(frame([sctpData({ tsn: 1 }, bytes(request('b')))]))).toBe('sip');
    const parts = sctpFragments({ tsn: 10 }, bytes(request('c', 'x'.repeat(700))), 500);
    expect([...parts, ...parts].map((part) => decoding.feed(frame([part])))).toEqual([
      'sip-segment',
      'sip',
      'tcp-duplicate',
      'tcp-duplicate',
    ]);
    expect(decoding.messages).toHaveLength(3);
  });

  test('I-DATA (RFC 8260): fragments count within their message', () => {
    const decoding = new Decoding();
    const [a, b] = [bytes(request('a', 'x'.repeat(50))), bytes(request('b', 'y'.repeat(50)))];
    decoding.feed(frame([interleaved(1, 1, 60, 2, a.subarray(0, 100)), interleaved(2, 2, 60, 2, b.subarray(0, 90))]));
    decoding.feed(frame([interleaved(4, 2, 1, 1, b.subarray(90)), interleaved(3, 1, 1, 0, a.subarray(100, 200))]));
    decoding.feed(frame([interleaved(5, 1, 2, 1, a.subarray(200))]));
    decoding.feed(frame([interleaved(6, 3, 60, 3, a)]));
    expect(texts(decoding)).toEqual([
      request('b', 'y'.repeat(50)),
      request('a', 'x'.repeat(50)),
      request('a', 'x'.repeat(50)),
    ]);
  });

  test('in UDP (RFC 6951)', () => {
    const decoding = new Decoding();
    const inner = sctp({ sport: 5060, dport: 5070, tag: 1 }, [sctpData({ tsn: 1 }, bytes(request('a')))]);
    const ends = [
      { host: alice, port: 9899 },
      { host: bob, port: 9899 },
    ] as const;
    expect(decoding.feed(build.ethernet({}, build.udpPacket(...ends, inner)))).toBe('sip');
    expect(decoding.messages).toMatchObject([{ transport: 'SCTP', from: '192.0.2.1:5060', to: '198.51.100.2:5070' }]);
    expect(decoding.feed(build.ethernet({}, build.udpPacket(...ends, bytes('something else'))))).toBe('other-udp');
  });

  test('a message that never becomes whole is accounted for at the end', () => {
    const decoding = new Decoding();
    const parts = sctpFragments({ tsn: 1 }, bytes(request('a', 'x'.repeat(700))), 300);
    parts.slice(0, 2).forEach((part) => void decoding.feed(frame([part])));
    decoding.finish();
    expect(decoding.counts()).toEqual({ 'tcp-gap': 2 });
    expect(decoding.faultCodes()).toEqual(['sctp/message-not-whole']);
  });
});

describe('hostile SCTP', () => {
  test('fragments without end are given up at a limit', () => {
    const decoding = new Decoding();
    decoding.feed(frame([sctpData({ tsn: 0, end: false }, bytes('OPTIONS sip:a SIP/2.0\r\n'))]));
    for (let tsn = 1; tsn < 5000; tsn++)
      decoding.feed(frame([sctpData({ tsn, begin: false, end: false }, bytes('x'))]));
    expect(decoding.counts()['limit-reached']).toBeGreaterThan(3000);
    expect(decoding.faultCodes()).toEqual(['sctp/limit-reached']);
  });

  test('lengths that lie', () => {
    const decoding = new Decoding();
    decoding.feed(frame([build.sctpChunk(0, 3, bytes(''), 3)]));
    decoding.feed(frame([sctpData({ tsn: 1, length: 60_000 }, bytes(request('a')))]));
    expect(decoding.faultCodes()).toEqual(['sctp/bad-chunk-length', 'sctp/chunk-beyond-packet']);
    expect(texts(decoding)[0]?.startsWith(request('a'))).toBe(true);
  });

  test('a packet cut by the snaplen gives what is there', () => {
    const decoding = new Decoding();
    const whole = frame([sctpData({ tsn: 1 }, bytes(request('a', 'x'.repeat(300))))]);
    expect(decoding.feed(whole.subarray(0, 200), { missing: whole.length - 200 })).toBe('sip');
    expect(decoding.faultCodes()).toEqual([]);
  });

  test('every shorter packet is read without harm, with rubbish behind it', () => {
    const whole = frame([
      build.sctpSack(1),
      ...sctpFragments({ tsn: 1 }, bytes(request('a')), 100),
      sctpData({ tsn: 9 }, bytes(request('b'))),
    ]);
    for (let length = 34; length < whole.length; length++) {
      const decoding = new Decoding();
      decoding.feed(whole.subarray(0, length), { rubbish: bytes(request('rubbish')) });
      decoding.finish();
      expect(decoding.counts().unset).toBeUndefined();
      expect(texts(decoding).every((text) => !text.includes('rubbish'))).toBe(true);
    }
  });
});

test('any messages, cut anywhere, in any order and with any repetition, come out whole and once', () => {
  const message = fc.tuple(fc.nat(400), fc.boolean(), fc.integer({ min: 20, max: 300 }));
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 0xffff_ffff }),
      fc.infiniteStream(fc.nat(5)),
      (messages, first, moves) => {
        let tsn = first;
        const chunks: { at: number; chunk: Uint8Array }[] = [];
        const sent: string[] = [];
        for (const [index, [length, unordered, size]] of messages.entries()) {
          const text = request(`m${index}`, 'b'.repeat(length));
          sent.push(text);
          for (const chunk of sctpFragments({ tsn, unordered, stream: index & 1 }, bytes(text), size)) {
            for (let copies = (moves.next().value as number) === 0 ? 2 : 1; copies > 0; copies--) {
              chunks.push({ at: chunks.length + (moves.next().value as number) * 2, chunk });
            }
            tsn = (tsn + 1) >>> 0;
          }
        }
        chunks.sort((a, b) => a.at - b.at);
        const decoding = new Decoding();
        for (const { chunk } of chunks) decoding.feed(frame([chunk]));
        decoding.finish();
        expect(texts(decoding).toSorted()).toEqual(sent.toSorted());
        expect(decoding.messages.every(isAsCaptured)).toBe(true);
      },
    ),
    { seed: 4168, numRuns: 100 },
  );
});
