import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LOOK_AGAIN, MAX_CONTRADICTIONS, MAX_TRIES } from '../../core/decode/esp-association.ts';
import * as build from '../../fixtures/builder/index.ts';
import { message } from './carriers.ts';
import { Decoding } from './decoding.ts';
import {
  espFrame,
  feedProtected,
  packet4,
  packet6,
  phone,
  protectedFrame,
  proxy,
  rtpPacket,
  withBadChecksum,
} from './protected.ts';
import { connection, request, texts } from './streams.ts';

/*
 * Whether ESP is encrypted is decided by what its bytes prove (RFC 5879): one packet with a checksum or SIP in it, or two
 * that agree. What is encrypted is never taken for something else, and soon not looked at any more.
 */

const { concat, u16, u32, u8 } = build;
/** Where the checksum is behind the IP header. */
const TCP_CHECKSUM = 16;
const UDP_CHECKSUM = 6;
const random = new build.Random(4303);
const encrypted = (sequence: number, length = 120): Uint8Array =>
  espFrame(concat(u32(0x1000, sequence), random.bytes(length)));

describe('without a checksum that is right, as behind address translation', () => {
  const wrong = (packets: readonly Uint8Array[], offset: number): Uint8Array[] =>
    packets.map((packet) => withBadChecksum(packet, offset));

  it('two segments of a connection agree', () => {
    const decoding = new Decoding();
    const tcp = connection(phone, proxy);
    const [syn, , ack] = wrong(tcp.open(), TCP_CHECKSUM);
    const data = wrong([...tcp.send('client', request('a')), ...tcp.send('client', request('b'))], TCP_CHECKSUM);
    expect(feedProtected(decoding, [syn as Uint8Array, ack as Uint8Array, ...data])).toStrictEqual([
      'esp',
      'tcp-no-data',
      'sip',
      'sip',
    ]);
  });

  it('the same packet again is no second one', () => {
    const decoding = new Decoding();
    const [syn] = wrong(connection(phone, proxy).open(), TCP_CHECKSUM) as [Uint8Array];
    const frame = protectedFrame(syn);
    expect([decoding.feed(frame), decoding.feed(frame), decoding.feed(frame)]).toStrictEqual(['esp', 'esp', 'esp']);
  });

  it('two segments with other ports, or that need another ICV, do not agree', () => {
    const decoding = new Decoding();
    const other = { ...phone, port: 40_009 };
    const syns = wrong(
      [phone, other, phone, other].map((from) => connection(from, proxy).open()[0] as Uint8Array),
      TCP_CHECKSUM,
    );
    expect(feedProtected(decoding, syns)).toStrictEqual(['esp', 'esp', 'esp', 'esp']);
    const long = { icv: random.bytes(16) };
    expect(feedProtected(decoding, syns.slice(3), { ...long, first: 5 })).toStrictEqual(['esp']);
  });

  it('SIP in a segment or datagram is proof enough', () => {
    const tcp = connection(phone, proxy).send('client', request('a'));
    expect(feedProtected(new Decoding(), wrong(tcp, TCP_CHECKSUM))).toStrictEqual(['sip']);
    expect(feedProtected(new Decoding(), wrong([packet4], UDP_CHECKSUM))).toStrictEqual(['sip']);
  });

  it('two datagrams of a stream agree', () => {
    const decoding = new Decoding();
    expect(feedProtected(decoding, wrong([1, 2, 3].map(rtpPacket), UDP_CHECKSUM))).toStrictEqual([
      'esp',
      'media',
      'media',
    ]);
  });

  it.each<[string, number, Uint8Array]>([
    ['SCTP', 132, concat(u16(5060, 5060), u32(1, 0), u8(4, 0, 0, 8), u32(7))],
    ['GRE', 47, build.gre({}, packet4)],
  ])('two packets of %s agree', (_, protocol, payload) => {
    const decoding = new Decoding();
    const packet = build.ip(phone.host, proxy.host, protocol, payload);
    const [first, second] = feedProtected(decoding, [packet, packet]);
    expect(first).toBe('esp');
    expect(second).not.toBe('esp');
  });
});

test.each<[string, Uint8Array]>([
  ['a ping', build.ip(phone.host, proxy.host, 1, u8(8, 0, 0xf7, 0xff, 0, 0, 0, 0))],
  ['RTP', rtpPacket(1)],
  ['a datagram without a checksum', build.ip(phone.host, proxy.host, 17, concat(u16(1, 2, 20, 0), random.bytes(12)))],
  ['a segment without data', connection(phone, proxy).open()[2] as Uint8Array],
])('%s is enough to know that an association is not encrypted', (_, packet) => {
  const decoding = new Decoding();
  expect(feedProtected(decoding, [packet, packet4])).not.toContain('esp');
});

describe('an association that is encrypted', () => {
  it(`is not looked at any more after ${MAX_TRIES} packets, but now and then`, () => {
    const decoding = new Decoding();
    for (let sequence = 1; sequence <= MAX_TRIES; sequence++) decoding.feed(encrypted(sequence));
    // Not on an encrypted association, of course: this only shows which packets are looked at.
    const outcomes = feedProtected(
      decoding,
      Array.from({ length: LOOK_AGAIN + 1 }, () => packet4),
      { first: MAX_TRIES + 1 },
    );
    const opened = outcomes.indexOf('sip');
    expect((MAX_TRIES + 1 + opened) % LOOK_AGAIN).toBe(0);
    expect(opened).toBeGreaterThan(0);
    expect(new Set(outcomes.slice(0, opened))).toStrictEqual(new Set(['esp']));
    expect(new Set(outcomes.slice(opened))).toStrictEqual(new Set(['sip']));
  });

  it('is another one when its numbers begin again', () => {
    const decoding = new Decoding();
    for (let sequence = 1; sequence <= MAX_TRIES; sequence++) decoding.feed(encrypted(sequence));
    expect(feedProtected(decoding, [packet4], { how: { time: 0.2 } })).toStrictEqual(['esp']);
    expect(feedProtected(decoding, [packet4], { how: { time: 0.3 } })).toStrictEqual(['sip']);
    expect(decoding.faultCodes()).toStrictEqual([]);
  });
});

test(`after ${MAX_CONTRADICTIONS} unreadable packets in a row, an SPI belongs to another association`, () => {
  const decoding = new Decoding();
  expect(feedProtected(decoding, [packet4])).toStrictEqual(['sip']);
  for (let count = 2; count <= MAX_CONTRADICTIONS; count++) decoding.feed(encrypted(count));
  expect(feedProtected(decoding, [packet4], { first: 20 })).toStrictEqual(['sip']);
  for (let count = 0; count < MAX_CONTRADICTIONS + 1; count++) decoding.feed(encrypted(30 + count));
  expect(decoding.faults.list().map(({ kind, count }) => [kind.code, count])).toStrictEqual([
    ['unreadable', 2 * MAX_CONTRADICTIONS - 1],
  ]);
  expect(feedProtected(decoding, [packet4], { first: 50, icv: random.bytes(16) })).toStrictEqual(['sip']);
  const { listed } = decoding.packet.associations;
  expect(listed.map(({ number, layout, packets }) => [number, layout, packets])).toStrictEqual([
    [1, 0, 2],
    [2, 1, 1],
  ]);
});

describe('random bytes', () => {
  /** Each packet is the first of its association: nothing is known of it. */
  const openedOf = (count: number, make: (spi: number) => Uint8Array): number => {
    const decoding = new Decoding();
    for (let spi = 1; spi <= count; spi++) decoding.feed(espFrame(concat(u32(spi, 1), make(spi))));
    return decoding.packet.associations.opened.length;
  };

  it('never open', () => {
    expect(openedOf(30_000, (spi) => random.bytes(32 + 4 * (spi % 40)))).toBe(0);
  });

  it.each([4, 6, 17, 41, 1, 47, 58, 132])(
    'do not open either where the trailer names protocol %i (chance alone does that once in 65,536 times)',
    (next) => {
      expect(openedOf(10_000, (spi) => concat(random.bytes(38 + 4 * (spi % 40)), u8(0, next), random.bytes(12)))).toBe(
        0,
      );
    },
  );

  it('with a UDP length that is right besides (once in 2^32), the checksum still has to be', () => {
    const make = (spi: number): Uint8Array => {
      const length = 38 + 4 * (spi % 40);
      return concat(random.bytes(4), u16(length), random.bytes(length - 6), u8(0, 17), random.bytes(12));
    };
    // Right or absent by chance: twice in 65,536 times.
    expect(openedOf(10_000, make)).toBeLessThan(5);
  });

  it('of one association do not open it: two packets that look likely have to agree', () => {
    const decoding = new Decoding();
    for (let sequence = 1; sequence <= MAX_TRIES; sequence++) {
      decoding.feed(
        espFrame(concat(u32(7, sequence), random.bytes(4), u16(38), random.bytes(32), u8(0, 17), random.bytes(12))),
      );
    }
    expect(decoding.packet.associations.opened).toStrictEqual([]);
  });
});

/* What a decoder reads beyond the packet would show as a difference when something else stands there. */
const surroundings = [new Uint8Array(0), new Uint8Array(300), Uint8Array.from({ length: 300 }, (_, i) => (i % 60) + 1)];

function feedAlike(decodings: readonly Decoding[], frame: Uint8Array, missing: number): void {
  const found = decodings.map((decoding, index) => {
    const outcome = decoding.feed(frame, { missing, rubbish: surroundings[index] as Uint8Array });
    return {
      outcome,
      messages: decoding.messages.splice(0),
      faults: decoding.faultCodes(),
      opened: decoding.packet.associations.opened.length,
    };
  });
  for (const other of found.slice(1)) expect(other).toStrictEqual(found[0]);
  expect(found[0]?.outcome).not.toBe('unset');
}

const shapes: readonly (readonly [string, Uint8Array, Partial<build.EspHeader>])[] = [
  ['UDP', packet4, {}],
  ['IPv6', packet6, { icv: u8() }],
  ['TCP', connection(phone, proxy).send('client', request('a'))[0] as Uint8Array, { icv: random.bytes(16) }],
  ['a tunnel', build.ipInIp(phone.host, proxy.host, packet4), { icv: random.bytes(16), iv: random.bytes(8) }],
  ['SCTP', build.ip(phone.host, proxy.host, 132, concat(u16(1, 2), u32(1, 0), u8(4, 0, 0, 40), random.bytes(36))), {}],
];

test.each(shapes)('never reads beyond %s', (_, packet, header) => {
  for (const isKnown of [false, true]) {
    const decodings = [surroundings, surroundings].map((list) => list.map(() => new Decoding()));
    const [whole, cut] = decodings as [Decoding[], Decoding[]];
    if (isKnown) for (const list of decodings) feedAlike(list, protectedFrame(packet4, header), 0);
    const frame = protectedFrame(packet, { sequence: 2, ...header });
    for (let length = 14; length <= frame.length; length++) {
      feedAlike(whole, frame.subarray(0, length), 0);
      feedAlike(cut, frame.subarray(0, length), frame.length - length);
    }
    // Cut by the snaplen is nobody's fault.
    expect(cut[0]?.faultCodes().filter((code) => code.startsWith('esp/'))).toStrictEqual([]);
  }
});

test('survives any byte being another', () => {
  const decodings = surroundings.map(() => new Decoding());
  fc.assert(
    fc.property(
      fc.constantFrom(...shapes),
      fc.nat(3),
      fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
      fc.nat(40),
      fc.boolean(),
      ([, packet, header], spi, changes, cut, isCut) => {
        const frame = protectedFrame(packet, { ...header, spi, sequence: cut });
        for (const [from, value] of changes) if (from < frame.length) frame[frame.length - 1 - from] = value;
        feedAlike(decodings, frame.subarray(0, frame.length - cut), isCut ? cut : 0);
      },
    ),
    { seed: 50, numRuns: 4000 },
  );
});

test('what is inside is framed as in the clear: nothing of padding and ICV gets into a message', () => {
  const decoding = new Decoding();
  const tcp = connection(phone, proxy);
  const messages = Array.from({ length: 12 }, (_, i) => request(`m${i}`, 'x'.repeat(i)));
  feedProtected(
    decoding,
    messages.flatMap((sip) => tcp.send('client', sip, { size: 101 })),
  );
  expect(texts(decoding)).toStrictEqual(messages);
  const datagrams = new Decoding();
  feedProtected(
    datagrams,
    [0, 1, 2, 3].map((more) => build.udpPacket(phone, proxy, concat(message, new Uint8Array(more)))),
  );
  expect(datagrams.messages.map((seen) => seen.text.length - message.length)).toStrictEqual([0, 1, 2, 3]);
});
