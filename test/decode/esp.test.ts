import { describe, expect, it, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { message } from './carriers.ts';
import { decode, Decoding, latin1 } from './decoding.ts';
import {
  espFrame,
  feedProtected,
  packet4,
  packet6,
  phone,
  phone6,
  protectedFrame,
  proxy,
  proxy6,
  rtpPacket,
} from './protected.ts';
import { connection, request, response, texts } from './streams.ts';

/* SIP is found in ESP without encryption, with nothing known but the packets; what is encrypted or broken is counted. */

const { concat, hex, u16, u32, u8 } = build;
const text = latin1(message);
const udp4 = packet4.subarray(20);
const ends4 = { from: '192.0.2.1:40001', to: '198.51.100.2:5061' };
const ends6 = { from: '[2001:db8::1]:40001', to: '[2001:db8::2]:5061' };
const header = { spi: 0x1000, sequence: 1 };
const icv = (length: number): { icv: Uint8Array } => ({ icv: new build.Random(length).bytes(length) });
const overUdp = (payload: Uint8Array): Uint8Array =>
  build.ethernetOf(build.udpPacket({ ...phone, port: 4500 }, { ...proxy, port: 4500 }, payload));

test('the bytes as RFC 4303 draws them', () => {
  const sip = hex('534950 2f 322e3020 32303020 4f4b 0d0a 43616c6c2d49443a2078 0d0a 0d0a');
  const datagram = concat(u16(5060, 5062, 8 + sip.length, 0), sip);
  expect(datagram).toHaveLength(38);
  const frame = espFrame(concat(hex('00000064 00000001'), datagram, hex('00 11'), hex('aaaaaaaa bbbbbbbb cccccccc')));
  const { outcome, decoding } = decode(frame);
  expect(outcome).toBe('sip');
  expect(decoding.messages).toMatchObject([{ from: '192.0.2.1:5060', to: '198.51.100.2:5062', text: latin1(sip) }]);
  expect(decoding.packet.associations.listed[0]).toMatchObject({ number: 1, spi: 100, packets: 1, frame: 1 });
});

describe('opens at once', () => {
  it.each<[string, Uint8Array, { from: string; to: string }]>([
    ['UDP with 96 bits behind it', protectedFrame(packet4), ends4],
    ['IPv6', protectedFrame(packet6), ends6],
    ['128 bits (HMAC-SHA-256-128)', protectedFrame(packet4, icv(16)), ends4],
    ['160 bits', protectedFrame(packet4, icv(20)), ends4],
    ['192 bits', protectedFrame(packet4, icv(24)), ends4],
    ['256 bits', protectedFrame(packet4, icv(32)), ends4],
    ['nothing authenticated', protectedFrame(packet4, icv(0)), ends4],
    ['AES-GMAC', protectedFrame(packet4, { ...icv(16), iv: hex('0102030405060708') }), ends4],
    [
      'more padding than is needed',
      protectedFrame(packet4, { padding: Uint8Array.from({ length: 255 - ((udp4.length + 1) % 4) }, (_, i) => i + 1) }),
      ends4,
    ],
    ['a reserved SPI, as Kamailio uses them', protectedFrame(packet4, { spi: 101 }), ends4],
    ['in UDP', overUdp(build.esp(header, 17, udp4)), ends4],
    ['tunnel mode', espFrame(build.esp(header, 4, packet4), '203.0.113.1', '203.0.113.2'), ends4],
    ['tunnel mode, IPv6 in IPv4', espFrame(build.esp(header, 41, packet6), '203.0.113.1', '203.0.113.2'), ends6],
    ['tunnel mode, IPv4 in IPv6', espFrame(build.esp(header, 4, packet4), '2001:db8::a', '2001:db8::b'), ends4],
    [
      'tunnel mode with padding that hides lengths',
      espFrame(build.esp(header, 4, concat(packet4, new Uint8Array(100)))),
      ends4,
    ],
    [
      'behind destination options of IPv6',
      build.ethernetOf(
        build.ip(phone6.host, proxy6.host, 50, build.esp(header, 17, packet6.subarray(40)), {
          extensions: [build.destinationOptions()],
        }),
      ),
      ends6,
    ],
    [
      'in GTP-U',
      build.ethernetOf(
        build.udpPacket(
          { host: '10.1.0.1', port: 2152 },
          { host: '10.1.0.2', port: 2152 },
          build.gtpu({}, build.espTransport(header, packet4)),
        ),
      ),
      ends4,
    ],
  ])('%s', (_, frame, ends) => {
    const { outcome, decoding } = decode(frame);
    expect(outcome).toBe('sip');
    // The bytes stand in the capture as they are: no copy is kept of them.
    expect(decoding.messages).toMatchObject([{ ...ends, text, transport: 'UDP', fromCapture: null }]);
    expect(decoding.packet.association).toBe(1);
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it('a connection, from its first segment on', () => {
    const decoding = new Decoding();
    const tcp = connection(phone, proxy);
    const long = request('long', 'x'.repeat(3000));
    const packets = [
      ...tcp.open(),
      ...tcp.send('client', long),
      ...tcp.send('client', `${request('a')}${request('b')}`),
    ];
    const [first, answer, ...others] = packets;
    expect(feedProtected(decoding, [first as Uint8Array])).toStrictEqual(['tcp-no-data']);
    expect(feedProtected(decoding, [answer as Uint8Array], { spi: 0x2000 })).toStrictEqual(['tcp-no-data']);
    expect(feedProtected(decoding, others, { first: 2 })).toStrictEqual([
      'tcp-no-data',
      'sip-segment',
      'sip-segment',
      'sip',
      'sip',
    ]);
    expect(texts(decoding)).toStrictEqual([long, request('a'), request('b')]);
    expect(decoding.messages.every(({ transport }) => transport === 'TCP')).toBe(true);
    expect(decoding.packet.associations.listed.map(({ spi, packets: count }) => [spi, count])).toStrictEqual([
      [0x1000, 6],
      [0x2000, 1],
    ]);
  });

  it('segments out of order and sent again: each is another packet of the association', () => {
    const decoding = new Decoding();
    const tcp = connection(phone, proxy);
    const sip = request('a', 'y'.repeat(500));
    const packets = [
      ...tcp.open().slice(0, 1),
      ...tcp.send('client', sip, {
        ranges: [
          [400, sip.length],
          [400, sip.length],
          [0, 400],
          [0, 400],
        ],
      }),
    ];
    feedProtected(decoding, packets);
    expect(decoding.counts()).toStrictEqual({ 'tcp-no-data': 1, sip: 1, 'sip-segment': 1, 'tcp-duplicate': 2 });
    expect(texts(decoding)).toStrictEqual([sip]);
  });

  it('a connection that the capture sees three times: in GTP-U, out of it, on the loopback', () => {
    const decoding = new Decoding();
    const tcp = connection(phone, proxy);
    const packets = [
      ...tcp.open().slice(0, 1),
      ...tcp.send('client', request('a')),
      ...tcp.send('client', request('b')),
    ];
    packets.forEach((packet, index) => {
      const inside = build.espTransport({ spi: 9, sequence: index + 1 }, packet);
      const tunnelled = build.udpPacket(
        { host: '10.1.0.1', port: 2152 },
        { host: '10.1.0.2', port: 2152 },
        build.gtpu({}, inside),
      );
      for (const copy of [tunnelled, inside, inside]) decoding.feed(build.ethernetOf(copy), { time: index / 1000 });
    });
    expect(texts(decoding)).toStrictEqual([request('a'), request('b')]);
    expect(decoding.counts()).toStrictEqual({ 'tcp-no-data': 3, sip: 2, 'tcp-duplicate': 4 });
    expect(decoding.faultCodes()).toStrictEqual([]);
    expect(decoding.packet.associations.opened).toHaveLength(1);
  });

  it('one packet in fragments', () => {
    const decoding = new Decoding();
    const inside = build.esp(
      header,
      17,
      build.udp({ src: phone.host, dst: proxy.host, sport: 5060, dport: 5060 }, concat(message, new Uint8Array(2000))),
    );
    const ranges = build.rangesOf(inside.length, 1480);
    const frames = build.ipv4Fragments({ src: phone.host, dst: proxy.host, protocol: 50, id: 7 }, inside, ranges);
    frames.forEach((frame) => decoding.feed(build.ethernetOf(frame)));
    expect(decoding.counts()).toStrictEqual({ sip: 1, 'sip-fragment': 1 });
    expect(decoding.messages[0]?.fromCapture).toBe(decoding.messages[0]?.text);
  });
});

test('what is known of one direction says nothing of the other, nor of another host with the same SPI', () => {
  const decoding = new Decoding();
  const answer = build.udpPacket(proxy, phone, response('a'));
  decoding.feed(protectedFrame(packet4));
  decoding.feed(protectedFrame(answer));
  decoding.feed(protectedFrame(packet4, { sequence: 2 }));
  const { associations } = decoding.packet;
  const { listed } = associations;
  expect(listed.map(({ number, packets }) => [number, packets])).toStrictEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(associations.get(3)).toBeNull();
});

describe('of an association that is not encrypted', () => {
  it('everything is opened: media, keep-alives, ICMP, dummy packets, other protocols', () => {
    const decoding = new Decoding();
    const ping = build.ip(phone.host, proxy.host, 1, hex('0800f7ff00000000'));
    const dummy = build.ip(phone.host, proxy.host, 59, new Uint8Array(100));
    const keepAlive = build.udpPacket(phone, proxy, '\r\n\r\n');
    expect(feedProtected(decoding, [packet4, rtpPacket(1), keepAlive, ping, dummy])).toStrictEqual([
      'sip',
      'media',
      'keep-alive',
      'icmp',
      'other-ip',
    ]);
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it('a message is read as far as the capture kept it', () => {
    const decoding = new Decoding();
    const [first, second] = [protectedFrame(packet4), protectedFrame(packet4, { sequence: 2 })];
    decoding.feed(first);
    for (const missing of [1, 13, 14, 60]) {
      expect(decoding.feed(second.subarray(0, second.length - missing), { missing })).toBe('sip');
      expect(decoding.messages.at(-1)?.text.startsWith(text.slice(0, -60))).toBe(true);
    }
    // Nothing says what this is.
    expect(decoding.feed(second.subarray(0, 14 + 20 + 8 + 7), { missing: 400 })).toBe('esp');
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    ['TCP', connection(phone, proxy).send('client', request('cut', 'z'.repeat(300)))[0] as Uint8Array, 'TCP'],
    ['IPv4', build.ipInIp(phone.host, proxy.host, packet4), 'UDP'],
    ['IPv6', build.ipInIp(phone.host, proxy.host, packet6), 'UDP'],
  ])('%s is told by its header where the trailer was not kept', (_, packet, transport) => {
    const decoding = new Decoding();
    decoding.feed(protectedFrame(packet4));
    const frame = protectedFrame(packet, { sequence: 2 });
    decoding.feed(frame.subarray(0, -50), { missing: 50 });
    decoding.finish();
    expect(decoding.messages.map((seen) => seen.transport)).toStrictEqual(['UDP', transport]);
    expect(decoding.packet.associations.listed).toMatchObject([{ packets: 2 }]);
  });

  it.each<[string, Partial<build.EspHeader>]>([
    ['a pad length beyond the packet', { padLength: 255 }],
    ['padding that does not count', { padding: u8(1, 3, 3) }],
    ['an ICV of another length', icv(10)],
  ])('a packet with %s is left alone, and a fault', (_, change) => {
    const decoding = new Decoding();
    decoding.feed(protectedFrame(packet4));
    expect(decoding.feed(protectedFrame(packet4, { sequence: 2, ...change }))).toBe('esp');
    expect(decoding.faultCodes()).toStrictEqual(['esp/unreadable']);
    expect(decoding.feed(protectedFrame(packet4, { sequence: 3 }))).toBe('sip');
  });

  it.each<[string, number, Uint8Array]>([
    ['UDP', 17, u16(1, 2, 100, 0)],
    ['TCP', 6, concat(u16(1, 2), u32(0, 0), u16(0x4010, 0, 0, 0))],
    ['IPv4', 4, concat(u8(0x45, 0), u16(21), new Uint8Array(16))],
    ['IPv6', 41, concat(u8(0x60, 0, 0, 0), u16(1), new Uint8Array(34))],
  ])('a packet with %s inside that does not fit is left alone, and a fault', (_, next, inside) => {
    const decoding = new Decoding();
    decoding.feed(protectedFrame(packet4));
    expect(decoding.feed(espFrame(build.esp({ spi: 0x1000, sequence: 2 }, next, inside)))).toBe('esp');
    expect(decoding.faultCodes()).toStrictEqual(['esp/unreadable']);
  });
});

describe('is only counted', () => {
  it.each<[string, Uint8Array, string[]]>([
    ['what is encrypted', espFrame(concat(u32(0x1000, 1), new build.Random(5).bytes(200))), []],
    ['zeros', espFrame(concat(u32(0x1000, 1), new Uint8Array(200))), []],
    ['no payload', espFrame(u32(0x1000, 1)), ['esp/too-short']],
    ['an SPI of 0', protectedFrame(packet4, { spi: 0 }), ['esp/no-spi']],
    ['a pad length beyond the packet', protectedFrame(packet4, { padLength: 255 }), []],
    ['padding that does not count', protectedFrame(packet4, { padding: u8(0) }), []],
    ['no multiple of four', protectedFrame(packet4, { padding: u8() }), []],
    [
      'a UDP length that lies',
      protectedFrame(build.ip(phone.host, proxy.host, 17, concat(u16(1, 2, 9 + message.length, 0), message))),
      [],
    ],
  ])('%s', (_, frame, faults) => {
    const { outcome, decoding } = decode(frame);
    expect(outcome).toBe('esp');
    expect(decoding.faultCodes()).toStrictEqual(faults);
    expect(decoding.packet.association).toBe(0);
  });

  it('too few bytes are malformed', () => {
    const { outcome, decoding } = decode(espFrame(u8(0, 0, 1, 0, 0, 0, 1)));
    expect([outcome, decoding.faultCodes()]).toStrictEqual(['malformed', ['esp/too-short']]);
  });
});

test('ESP in ESP in ESP comes to an end', () => {
  const decoding = new Decoding();
  const nested = (depth: number, sequence: number): Uint8Array => {
    let packet = packet4;
    for (let level = 0; level < depth; level++)
      packet = build.ip(phone.host, proxy.host, 4, build.espTransport({ spi: 0x100 + level, sequence }, packet));
    return packet;
  };
  // Each level has to be known before the next one can be: tunnel mode within transport mode.
  const feedDeep = (depth: number, sequence: number): string =>
    decoding.feed(build.ethernetOf(build.espTransport({ spi: 0x999, sequence }, nested(depth, sequence))));
  expect(feedDeep(2, 1)).toBe('sip');
  expect(feedDeep(40, 2)).toBe('too-deep');
});
