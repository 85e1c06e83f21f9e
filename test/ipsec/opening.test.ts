import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readEspLine } from '../../core/ipsec/esp-line.ts';
import { hexOf } from '../../core/ipsec/hex.ts';
import { nothingKnown, type Known } from '../../core/ipsec/ring.ts';
import * as build from '../../fixtures/builder/index.ts';
import { message } from '../decode/carriers.ts';
import { Decoding, latin1 } from '../decode/decoding.ts';
import { espFrame, packet4, packet6, phone, phone6, proxy, proxy6 } from '../decode/protected.ts';
import { connection, request, texts } from '../decode/streams.ts';
import { protect, type Suite } from './protect.ts';

/* Packets in ESP are opened with keys, whichever algorithms there are, and nothing that is wrong with them throws. */

const random = new build.Random(42);
const keyOf = (bytes: number): Uint8Array => random.bytes(bytes);
const none = new Uint8Array(0);

const ciphers: readonly (readonly [string, number])[] = [
  ['null', 0],
  ['aes-cbc', 16],
  ['aes-cbc', 24],
  ['aes-cbc', 32],
  ['des-ede3-cbc', 24],
  ['aes-ctr', 20],
  ['aes-ctr', 36],
];
const macs: readonly (readonly [string, number])[] = [
  ['none', 0],
  ['hmac-md5-96', 16],
  ['hmac-sha-1-96', 20],
  ['hmac-sha-256-128', 32],
  ['hmac-sha-384-192', 48],
  ['hmac-sha-512-256', 64],
];
const sealing: readonly (readonly [string, number])[] = [
  ['aes-gcm', 20],
  ['aes-gcm', 36],
  ['aes-gcm-12', 20],
  ['aes-gcm-8', 28],
  ['aes-gmac', 20],
];
const suites: Suite[] = [
  ...ciphers.flatMap(([encryption, length]) =>
    macs.map(([authentication, mac]) => ({ encryption, key: keyOf(length), authentication, mac: keyOf(mac) })),
  ),
  ...sealing.map(([encryption, length]) => ({ encryption, key: keyOf(length), authentication: 'none', mac: none })),
];

function knowing({ encryption, key, authentication, mac }: Suite, where = '*,*,0x1000'): Known {
  const line = [where, encryption, hexOf(key), authentication, hexOf(mac)].join(',');
  return { ...nothingKnown, associations: [readEspLine(line, 1)] };
}

const text = latin1(message);
const udp4 = packet4.subarray(20);
const udp6 = packet6.subarray(40);
const halves = ({ length }: Uint8Array): [number, number][] => [
  [0, 200],
  [200, length],
];
const ends = { src: phone.host, dst: proxy.host };
const cbc: Suite = { encryption: 'aes-cbc', key: keyOf(16), authentication: 'hmac-sha-1-96', mac: keyOf(20) };

describe('is opened', () => {
  it.each(
    suites.map((suite) => [`${suite.encryption} (${suite.key.length * 8}), ${suite.authentication}`, suite] as const),
  )('%s', (_, suite) => {
    const decoding = new Decoding(knowing(suite));
    for (const sequence of [1, 2]) decoding.feed(espFrame(protect(suite, 0x1000, sequence, 17, udp4)));
    // Where nothing is authenticated it takes SIP inside to be sure.
    expect(decoding.messages.map((seen) => [seen.text, seen.from, seen.to])).toStrictEqual([
      [text, '192.0.2.1:40001', '198.51.100.2:5061'],
      [text, '192.0.2.1:40001', '198.51.100.2:5061'],
    ]);
    const [one] = decoding.packet.associations.listed;
    const icv = suite.authentication === 'none' && !suite.encryption.startsWith('aes-g') ? [2, 0, 0] : [0, 2, 0];
    expect(one).toMatchObject({ packets: 2, unlocked: 2, verdicts: icv });
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ['IPv6', espFrame(protect(cbc, 0x1000, 1, 17, udp6), phone6.host, proxy6.host)],
    ['tunnel mode', espFrame(protect(cbc, 0x1000, 1, 4, packet4), '203.0.113.1', '203.0.113.2')],
    ['IPv6 in a tunnel of IPv4', espFrame(protect(cbc, 0x1000, 1, 41, packet6), '203.0.113.1', '203.0.113.2')],
    [
      'in UDP',
      build.ethernetOf(
        build.udpPacket({ ...phone, port: 4500 }, { ...proxy, port: 4500 }, protect(cbc, 0x1000, 1, 17, udp4)),
      ),
    ],
    ['ESP in ESP', espFrame(protect(cbc, 0x1000, 1, 4, espFrame(protect(cbc, 0x1000, 2, 17, udp4)).subarray(14)))],
  ])('%s', (_, frame) => {
    const decoding = new Decoding(knowing(cbc));
    expect(decoding.feed(frame)).toBe('sip');
    expect(decoding.messages.map((seen) => seen.text)).toStrictEqual([text]);
  });

  it('an ESP packet in IP fragments, and fragments inside a tunnel', () => {
    const whole = protect(cbc, 0x1000, 1, 17, udp4);
    const decoding = new Decoding(knowing(cbc));
    const parts = build.ipv4Fragments({ ...ends, protocol: 50, id: 9 }, whole, halves(whole));
    for (const part of parts) decoding.feed(build.ethernetOf(part));
    const inner = build.ipv4Fragments({ ...ends, protocol: 17, id: 10 }, udp4, halves(udp4));
    for (const [index, part] of inner.entries()) decoding.feed(espFrame(protect(cbc, 0x1000, 2 + index, 4, part)));
    expect(decoding.messages.map((seen) => seen.text)).toStrictEqual([text, text]);
  });

  it('TCP inside is put together, also out of order', () => {
    const decoding = new Decoding(knowing(cbc));
    const tcp = connection(phone, proxy);
    const long = request('long', 'x'.repeat(3000));
    const packets = [...tcp.open().slice(0, 1), ...tcp.send('client', long), ...tcp.send('client', request('a'))];
    const [syn, ...others] = packets.map((packet, index) => protect(cbc, 0x1000, index + 1, 6, packet.subarray(20)));
    for (const packet of [syn as Uint8Array, ...others.toReversed()]) decoding.feed(espFrame(packet));
    expect(texts(decoding)).toStrictEqual([long, request('a')]);
    expect(decoding.messages.every(({ transport }) => transport === 'TCP')).toBe(true);
  });
});

describe('what is wrong is a fault, and is told', () => {
  const flipped = (packet: Uint8Array, at: number): Uint8Array => {
    const changed = packet.slice();
    changed[at] = (changed[at] as number) ^ 1;
    return changed;
  };
  const good = (sequence: number): Uint8Array => protect(cbc, 0x1000, sequence, 17, udp4);

  test('a packet that was changed on its way stays visible where it speaks for itself', () => {
    const decoding = new Decoding(knowing(cbc));
    decoding.feed(espFrame(good(1)));
    const changed = good(2);
    expect(decoding.feed(espFrame(flipped(changed, changed.length - 1)))).toBe('sip');
    expect(decoding.faultCodes()).toStrictEqual(['esp/bad-icv']);
    const [, bad] = decoding.packet.associations.opened;
    expect(bad).toMatchObject({ icv: 2 });
  });

  test('a wrong key opens nothing and is kept as wrong', () => {
    const decoding = new Decoding(knowing({ ...cbc, mac: keyOf(20) }));
    for (let sequence = 1; sequence <= 200; sequence++) expect(decoding.feed(espFrame(good(sequence)))).toBe('esp');
    expect(decoding.packet.associations.listed[0]).toMatchObject({ packets: 0, lock: null, wrongCipher: false });
    expect(decoding.packet.associations.listed[0]?.wrong).not.toBeNull();
    const cipher = new Decoding(knowing({ ...cbc, key: keyOf(16) }));
    for (let sequence = 1; sequence <= 50; sequence++) expect(cipher.feed(espFrame(good(sequence)))).toBe('esp');
    expect(cipher.packet.associations.listed[0]).toMatchObject({ packets: 0, lock: null, wrongCipher: true });
  });

  test('sequence numbers that come again or jump', () => {
    const decoding = new Decoding(knowing(cbc));
    for (const [sequence, time] of [
      [7, 0],
      [7, 5],
      [0x7000_0000, 6],
    ] as const)
      expect(decoding.feed(espFrame(good(sequence)), { time })).toBe('sip');
    expect(decoding.faultCodes().toSorted()).toStrictEqual(['esp/replayed', 'esp/sequence-jump']);
    expect(decoding.packet.associations.listed[0]).toMatchObject({ replays: 1 });
  });

  test('padding beyond the packet, under the right key', () => {
    const nul: Suite = { ...cbc, encryption: 'null', key: none };
    const decoding = new Decoding(knowing(nul));
    decoding.feed(espFrame(protect(nul, 0x1000, 1, 17, udp4)));
    const lying = build.concat(build.u32(0x1000, 2), new Uint8Array(30), build.u8(255, 17));
    const icv = createHmac('sha1', nul.mac).update(lying).digest().subarray(0, 12);
    expect(decoding.feed(espFrame(build.concat(lying, icv)))).toBe('esp');
    expect(decoding.faultCodes()).toStrictEqual(['esp/nonsense-inside']);
  });

  test('the same SPI again with other keys is another association', () => {
    const other: Suite = { ...cbc, key: keyOf(16), mac: keyOf(20) };
    const known = { ...nothingKnown, associations: [cbc, other].flatMap((one) => knowing(one).associations) };
    const both = { ...known, associations: known.associations.map((one, index) => ({ ...one, typed: index })) };
    const decoding = new Decoding(both);
    for (const [suite, sequence] of [
      [cbc, 1],
      [cbc, 2],
      [other, 1],
      [other, 2],
    ] as const)
      expect(decoding.feed(espFrame(protect(suite, 0x1000, sequence, 17, udp4)))).toBe('sip');
    expect(decoding.packet.associations.listed.map(({ packets }) => packets)).toStrictEqual([2, 2]);
  });
});

describe('nothing throws', () => {
  const sealed: Suite = { encryption: 'aes-gcm', key: keyOf(20), authentication: 'none', mac: none };
  const plain: Suite = { encryption: 'aes-cbc', key: keyOf(16), authentication: 'none', mac: none };

  it.each([
    ['CBC', cbc],
    ['GCM', sealed],
    ['CBC, not authenticated', plain],
  ])('every length of a packet: %s', (_, suite) => {
    const whole = protect(suite, 0x1000, 1, 17, udp4);
    const decoding = new Decoding(knowing(suite));
    for (let length = 0; length < whole.length; length++) {
      expect(decoding.feed(espFrame(whole.subarray(0, length)))).not.toBe('sip');
    }
    for (let missing = 0; missing < whole.length; missing++) {
      decoding.feed(espFrame(whole).subarray(0, 34 + whole.length - missing), { missing });
    }
    decoding.finish();
  });

  test('bytes changed anywhere, and random ones', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(cbc, sealed, plain),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 80 }),
        (suite, changes, rubbish) => {
          const decoding = new Decoding(knowing(suite));
          const packet = protect(suite, 0x1000, 1, 17, udp4).slice();
          for (const [at, byte] of changes) packet[at % packet.length] = byte;
          decoding.feed(espFrame(packet));
          decoding.feed(espFrame(build.concat(build.u32(0x1000, 2), rubbish)));
          decoding.feed(espFrame(protect(suite, 0x1000, 3, 4, rubbish)));
          decoding.finish();
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});
