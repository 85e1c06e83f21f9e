import { describe, expect, it, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { inIp, message, packet4, packet6, tunnelled } from './carriers.ts';
import { decode } from './decoding.ts';

/* Links, networks and tunnels where they are out of the ordinary: lengths that lie, what cannot be read, what goes on for ever. */

const { concat, hex, u16, u32, u8 } = build;
const alice = '192.0.2.1';
const bob = '198.51.100.2';
const datagram = build.udp({ src: alice, dst: bob, sport: 5060, dport: 5060 }, message);
const inEthernet = (packet: Uint8Array, type?: number): Uint8Array =>
  build.ethernet(type === undefined ? {} : { type }, packet);

function outcomeAndFaults(frame: Uint8Array, linkType = 1): [string, string[]] {
  const { outcome, decoding } = decode(frame, { linkType });
  return [outcome, decoding.faultCodes()];
}

describe('IPv4', () => {
  const header = { src: alice, dst: bob, protocol: 17 };

  it.each<[string, Partial<build.Ipv4Header>, string, string[]]>([
    ['options', { options: hex('94040000') }, 'sip', []],
    ['total length 0, of a card that cuts', { totalLength: 0 }, 'sip', []],
    ['total length below the header', { totalLength: 19 }, 'sip', ['ipv4/bad-length']],
    ['total length beyond the packet', { totalLength: 9000 }, 'sip', ['ipv4/length-beyond-packet']],
    ['a wrong checksum', { checksum: 1 }, 'sip', []],
    ['header length below 20', { headerLength: 16 }, 'malformed', ['ipv4/bad-header']],
    ['version 5', { version: 5 }, 'malformed', ['ipv4/bad-header']],
    ['an unknown protocol', { protocol: 200 }, 'other-ip', []],
  ])('%s', (_, change, outcome, faults) => {
    expect(outcomeAndFaults(inEthernet(build.ipv4({ ...header, ...change }, datagram), 0x0800))).toStrictEqual([
      outcome,
      faults,
    ]);
  });

  it('where the layer below says IPv6, and the other way round', () => {
    expect(outcomeAndFaults(inEthernet(packet4, 0x86dd))).toStrictEqual(['sip', ['ipv6/version-4']]);
    expect(outcomeAndFaults(inEthernet(packet6, 0x0800))).toStrictEqual(['sip', ['ipv4/version-6']]);
  });

  it('notes what later tells copies apart', () => {
    const { decoding } = decode(inEthernet(build.ipv4({ ...header, id: 0xbeef, ttl: 61 }, datagram)));
    expect(decoding.packet).toMatchObject({ ipId: 0xbeef, ttl: 61, networkAt: 14, family: 4 });
  });
});

describe('IPv6', () => {
  const header = { src: '2001:db8::1', dst: '2001:db8::2', nextHeader: 17 };
  const datagram6 = build.udp({ src: header.src, dst: header.dst, sport: 5060, dport: 5060 }, message);

  it('a jumbogram says its length in an option', () => {
    const jumbo = build.hopByHop(concat(hex('c204'), u32(8 + datagram6.length)));
    const packet = build.ipv6({ ...header, extensions: [jumbo], payloadLength: 0 }, datagram6);
    const { outcome, decoding } = decode(inEthernet(concat(packet, 'trailer')));
    expect(outcome).toBe('sip');
    expect(decoding.messages[0]?.text).toHaveLength(message.length);
  });

  it('length 0 without that option reaches to the end', () => {
    expect(outcomeAndFaults(inEthernet(build.ipv6({ ...header, payloadLength: 0 }, datagram6)))).toStrictEqual([
      'sip',
      [],
    ]);
  });

  it('a length beyond the packet', () => {
    const frame = inEthernet(build.ipv6({ ...header, payloadLength: 5000 }, datagram6));
    expect(outcomeAndFaults(frame)).toStrictEqual(['sip', ['ipv6/length-beyond-packet']]);
  });

  it('an extension header longer than the packet', () => {
    const frame = inEthernet(
      build.ipv6({ ...header, extensions: [{ type: 60, body: hex('ff000000000000') }] }, datagram6),
    );
    expect(outcomeAndFaults(frame)).toStrictEqual(['malformed', ['ipv6/extension-too-short']]);
  });

  it('extension headers are none in IPv4', () => {
    expect(outcomeAndFaults(inIp(60, hex('1100000000000000')))).toStrictEqual(['other-ip', []]);
  });

  it('no next header, mobility', () => {
    expect(outcomeAndFaults(inEthernet(build.ipv6({ ...header, nextHeader: 59 }, u8())))).toStrictEqual([
      'other-ip',
      [],
    ]);
    expect(
      outcomeAndFaults(inEthernet(build.ipv6({ ...header, nextHeader: 135 }, hex('3b00000000000000')))),
    ).toStrictEqual(['other-ip', []]);
  });
});

test('SIP quoted in an ICMP error is no message', () => {
  for (const [protocol, packet] of [
    [1, packet4],
    [58, packet6],
  ] as const) {
    const { outcome, decoding } = decode(inIp(protocol, concat(hex('0303000000000000'), packet)));
    expect(outcome).toBe('icmp');
    expect(decoding.messages).toStrictEqual([]);
  }
});

test('what is encrypted is counted as that', () => {
  expect(outcomeAndFaults(inIp(50, concat(u32(1, 1), new Uint8Array(60))))).toStrictEqual(['esp', []]);
  expect(outcomeAndFaults(inIp(50, u32(1)))).toStrictEqual(['malformed', ['esp/too-short']]);
  expect(outcomeAndFaults(inEthernet(concat(hex('0c0000000001'), new Uint8Array(60)), 0x88e5))).toStrictEqual([
    'other-encrypted',
    [],
  ]);
  expect(outcomeAndFaults(build.wifi({ protectedFrame: true }, packet4), 105)).toStrictEqual(['other-encrypted', []]);
});

describe('802.11', () => {
  it('frames without data', () => {
    expect(outcomeAndFaults(concat(hex('80000000'), new Uint8Array(30)), 105)).toStrictEqual(['not-ip', []]);
    expect(outcomeAndFaults(concat(hex('c8010000'), new Uint8Array(22)), 105)).toStrictEqual(['not-ip', []]);
  });

  it('HT control', () => {
    const frame = build.wifi({ qos: true }, packet4);
    const withControl = concat(frame.subarray(0, 26), u32(0), frame.subarray(26));
    withControl.set([(withControl[1] as number) | 0x80], 1);
    expect(outcomeAndFaults(withControl, 105)).toStrictEqual(['sip', []]);
  });

  it('several packets in one frame (A-MSDU)', () => {
    const header = build.wifi({ qos: true }, packet4).subarray(0, 26).slice();
    header[24] = 0x80;
    const msdu = (packet: Uint8Array): Uint8Array =>
      build.padTo(
        concat(new Uint8Array(12), u16(8 + packet.length), hex('aaaa03000000'), u16(build.etherTypeOf(packet)), packet),
        4,
      );
    const arp = build.padTo(concat(new Uint8Array(12), u16(36), hex('aaaa030000000806'), new Uint8Array(28)), 4);
    const { outcome, decoding } = decode(concat(header, msdu(packet4), msdu(packet6), arp), { linkType: 105 });
    expect(outcome).toBe('sip');
    expect(decoding.messages.map((seen) => seen.from)).toStrictEqual(['192.0.2.1:5060', '[2001:db8::1]:5060']);
  });

  it('with its first two bytes swapped, as Cisco access points send it in CAPWAP', () => {
    const frame = build.wifi({}, packet4);
    frame.set([frame[1] as number, frame[0] as number]);
    expect(outcomeAndFaults(tunnelled(5247, concat(hex('0010030000000000'), frame)))).toStrictEqual(['sip', []]);
  });
});

test('a link type nobody knows', () => {
  expect(outcomeAndFaults(packet4, 147)).toStrictEqual(['unknown-link', []]);
  expect(outcomeAndFaults(packet4, -1)).toStrictEqual(['unknown-link', []]);
  expect(outcomeAndFaults(concat(u32(108, 1, 147), new Uint8Array(96), packet4), 258)).toStrictEqual([
    'unknown-link',
    [],
  ]);
});

test('frames that are not IP', () => {
  expect(outcomeAndFaults(inEthernet(new Uint8Array(28), 0x0806))).toStrictEqual(['not-ip', []]);
  expect(outcomeAndFaults(concat(new Uint8Array(12), u16(38), hex('424203'), new Uint8Array(35)))).toStrictEqual([
    'not-ip',
    [],
  ]);
  expect(outcomeAndFaults(inEthernet(concat(hex('1109'), u16(0, 0)), 0x8863))).toStrictEqual(['not-ip', []]);
  expect(outcomeAndFaults(build.sll({ device: 824, protocol: 0 }, new Uint8Array(20)), 113)).toStrictEqual([
    'not-ip',
    [],
  ]);
  expect(outcomeAndFaults(concat(hex('ff03c021'), new Uint8Array(10)), 9)).toStrictEqual(['not-ip', []]);
});

function wrap(times: number, outer: (inner: Uint8Array) => Uint8Array): Uint8Array {
  let packet = packet4;
  for (let i = 0; i < times; i++) packet = outer(packet);
  return packet;
}

describe('headers within headers without end', () => {
  it('are followed as deep as anybody needs', () => {
    expect(
      outcomeAndFaults(
        wrap(15, (inner) => build.ipInIp('10.0.0.1', '10.0.0.2', inner)),
        101,
      ),
    ).toStrictEqual(['sip', []]);
  });

  it.each<[string, number, Uint8Array]>([
    ['IP in IP', 101, wrap(3000, (inner) => build.ip('10.0.0.1', '10.0.0.2', 4, inner.subarray(0, 60_000)))],
    ['VLAN tags', 1, concat(new Uint8Array(12), ...Array.from({ length: 16_000 }, () => u16(0x8100, 5)))],
    [
      'Ethernet in Ethernet',
      1,
      Uint8Array.from({ length: 60_004 }, (_, i) => (i % 14 === 12 ? 0x65 : i % 14 === 13 ? 0x58 : 0)),
    ],
    [
      'NSH in NSH',
      1,
      concat(new Uint8Array(12), u16(0x894f), ...Array.from({ length: 8000 }, () => hex('0002020400000000'))),
    ],
    ['PPP in MPLS in PPP', 9, concat(...Array.from({ length: 4000 }, () => hex('0281000011000281')))],
    ['SNAP in SNAP', 100, concat(...Array.from({ length: 8000 }, () => hex('aaaa030000008870')))],
    ['PKTAP in PKTAP', 258, concat(...Array.from({ length: 5000 }, () => concat(u32(12, 1, 258))))],
    [
      'AH in AH',
      101,
      build.ip(
        '10.0.0.1',
        '10.0.0.2',
        51,
        concat(...Array.from({ length: 5000 }, () => concat(hex('33010000'), u32(1, 2)))),
      ),
    ],
    [
      'one label after the other',
      1,
      concat(new Uint8Array(12), u16(0x8847), ...Array.from({ length: 16_000 }, () => u32(0x1000))),
    ],
  ])('%s ends', (_, linkType, frame) => {
    expect(['too-deep', 'malformed', 'not-ip']).toContain(decode(frame, { linkType }).outcome);
  });
});

test('a tunnel of a mirrored frame keeps the inner addresses', () => {
  const { decoding } = decode(inIp(47, build.erspan2({}, inEthernet(packet4))));
  expect(decoding.messages[0]).toMatchObject({ from: '192.0.2.1:5060', networkAt: 14 + 20 + 8 + 8 + 14 });
});
