import { describe, expect, it, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { SipPort } from '../../core/decode/sip-ports.ts';
import { message, packet4, tunnelled } from './carriers.ts';
import { decode, Decoding } from './decoding.ts';

/* What a datagram is, is told by its content: ports lie, and SIP is anywhere. */

const { concat, hex, u16, u32, u8 } = build;

function to(dport: number, payload: Uint8Array | string, sport = 40_000): Uint8Array {
  return build.ethernet(
    {},
    build.udpPacket({ host: '192.0.2.1', port: sport }, { host: '198.51.100.2', port: dport }, payload),
  );
}

function outcomeOf(dport: number, payload: Uint8Array | string, sport?: number): string {
  return decode(to(dport, payload, sport)).outcome;
}

const rtp = concat(hex('80080001'), u32(160, 0xdeadbeef), new Uint8Array(160));
const rtcp = concat(hex('80c80006'), new Uint8Array(24));

describe('SIP', () => {
  const ports = [1, 53, 500, 1701, 2152, 3478, 3544, 4500, 4789, 5247, 5353, 6081, 8472, 9060, 65_535];

  it.each(ports)('on port %i', (port) => {
    expect(outcomeOf(port, message)).toBe('sip');
    expect(outcomeOf(40_001, message, port)).toBe('sip');
  });

  it('a request whose method begins like a GTP-U or GENEVE header', () => {
    const odd = build.sip({ start: '0METHOD sip:bob@example.org SIP/2.0', headers: [['Call-ID', 'x']] });
    expect(outcomeOf(2152, odd)).toBe('sip');
    expect(outcomeOf(6081, odd)).toBe('sip');
  });

  it('behind line ends', () => {
    const { outcome, decoding } = decode(to(5060, concat('\r\n\r\n', message)));
    expect(outcome).toBe('sip');
    expect(decoding.messages[0]?.text.startsWith('OPTIONS ')).toBe(true);
  });

  it('and the rest that stands on its ports', () => {
    expect(outcomeOf(5060, '\r\n\r\n')).toBe('keep-alive');
    expect(outcomeOf(5060, new Uint8Array(4))).toBe('keep-alive');
    expect(outcomeOf(5060, '     ')).toBe('keep-alive');
    expect(outcomeOf(5060, 'jaK')).toBe('keep-alive');
    expect(outcomeOf(5060, 'hello')).toBe('not-sip-on-sip-port');
    expect(outcomeOf(40_001, 'hello', 5061)).toBe('not-sip-on-sip-port');
    expect(outcomeOf(40_001, 'hello')).toBe('other-udp');
    expect(outcomeOf(40_001, new Uint8Array(4))).toBe('other-udp');
  });

  it('compressed (SigComp) is named as what it is', () => {
    const { outcome, decoding } = decode(to(5060, hex('f8a1b2c3d4e5f60718293a4b5c6d7e8f')));
    expect(outcome).toBe('not-sip-on-sip-port');
    expect(decoding.faultCodes()).toStrictEqual(['udp/sigcomp']);
  });

  it('on a forced port a broken first line is no obstacle', () => {
    const broken = build.sip({
      start: 'INVITE sip:bob@example.org',
      headers: [
        ['v', 'SIP/2.0/UDP h'],
        ['Call-ID', 'x'],
      ],
    });
    const decoding = new Decoding();
    expect(decoding.feed(to(7000, broken))).toBe('other-udp');
    decoding.packet.sipPorts[7000] = SipPort.Forced;
    expect(decoding.feed(to(7000, broken))).toBe('sip');
    expect(decoding.feed(to(7000, 'hello\r\nworld: 1\r\n'))).toBe('not-sip-on-sip-port');
  });
});

describe('media', () => {
  it('RTP and RTCP', () => {
    const { outcome, decoding } = decode(to(20_000, rtp));
    expect(outcome).toBe('media');
    expect(decoding.media).toStrictEqual([rtp.length]);
    expect(outcomeOf(20_001, rtcp)).toBe('media');
    expect(outcomeOf(5060, rtp)).toBe('media');
    // On the port of a tunnel that does not claim it.
    expect(outcomeOf(2152, rtp)).toBe('media');
    expect(outcomeOf(6081, rtp)).toBe('media');
  });

  it('not what only begins like it', () => {
    expect(outcomeOf(20_000, rtp.subarray(0, 11))).toBe('other-udp');
    expect(outcomeOf(20_000, concat(hex('8f080001'), rtp.subarray(4, 60)))).toBe('other-udp');
    expect(outcomeOf(20_000, concat(hex('80c80100'), rtcp.subarray(4)))).toBe('other-udp');
    // A DNS answer whose identification begins with the same bits.
    expect(outcomeOf(40_001, concat(hex('81238180'), u16(1, 1, 0, 0), new Uint8Array(20)), 53)).toBe('other-udp');
  });

  it('in TURN ChannelData', () => {
    const { outcome, decoding } = decode(to(3478, concat(u16(0x4001, rtp.length), rtp)));
    expect(outcome).toBe('media');
    expect(decoding.media).toStrictEqual([rtp.length]);
    expect(outcomeOf(3478, concat(u16(0x4001, 20), new Uint8Array(20)))).toBe('stun');
    expect(outcomeOf(3478, concat(u16(0x4001, 200), rtp.subarray(0, 40)))).toBe('other-udp');
  });
});

describe('other protocols by their first bytes', () => {
  const wireGuard = concat(hex('01000000'), new Uint8Array(144));
  const esp = concat(u32(0xc0ffee01, 1), new Uint8Array(60));
  const ike = concat(new Uint8Array(16).fill(7), hex('21202208'), u32(0, 28));

  it.each<[string, string, number, Uint8Array]>([
    ['stun', 'STUN', 40_001, concat(hex('00010008'), u32(0x2112_a442), new Uint8Array(20))],
    ['stun', 'STUN of RFC 3489', 3478, concat(hex('00010000'), new Uint8Array(16))],
    ['other-udp', 'the same elsewhere', 40_001, concat(hex('00010000'), new Uint8Array(16))],
    ['dtls', 'DTLS 1.2', 40_001, concat(hex('16fefd'), new Uint8Array(8), u16(30), new Uint8Array(30))],
    [
      'other-udp',
      'DTLS of another version',
      40_001,
      concat(hex('160303'), new Uint8Array(8), u16(30), new Uint8Array(30)),
    ],
    ['other-encrypted', 'QUIC', 443, concat(hex('c000000001'), new Uint8Array(1195))],
    ['other-encrypted', 'QUIC, short header', 443, concat(hex('41'), new Uint8Array(40))],
    ['other-udp', 'the same elsewhere', 40_001, concat(hex('41'), new Uint8Array(40))],
    ['other-encrypted', 'WireGuard', 51_820, wireGuard],
    ['other-udp', 'not quite WireGuard', 51_820, wireGuard.subarray(1)],
    ['other-encrypted', 'IKE', 500, ike],
    ['other-udp', 'not IKE', 500, new Uint8Array(40)],
    ['other-encrypted', 'IKE with a marker', 4500, concat(u32(0), ike)],
    ['other-encrypted', 'keep-alive of a NAT', 4500, u8(0xff)],
    ['esp', 'ESP in UDP', 4500, esp],
    ['other-udp', 'no SPI there is', 4500, concat(u32(77), new Uint8Array(20))],
    ['dtls', 'CAPWAP in DTLS', 5247, concat(hex('01000000'), new Uint8Array(40))],
    ['other-udp', 'CAPWAP keep-alive', 5247, concat(hex('0010000800000000'), new Uint8Array(8))],
    ['other-udp', 'GTP-U echo', 2152, build.gtpu({ type: 1, sequence: 1 }, hex('0e00'))],
    ['other-udp', 'GTP-C', 2123, build.gtpu({}, packet4)],
    ['other-udp', 'L2TP control', 1701, concat(u16(0xc802, 12, 0, 0, 0, 0))],
    [
      'other-udp',
      'HEP, not SIP',
      9060,
      build.hep3(
        { from: { host: '10.0.0.1', port: 1 }, to: { host: '10.0.0.2', port: 2 }, time: 0n, type: 100 },
        'a log line',
      ),
    ],
    ['other-udp', 'nothing at all', 5060, u8()],
  ])('%s: %s', (outcome, _, port, payload) => expect(outcomeOf(port, payload)).toBe(outcome));
});

describe('ports lie', () => {
  const frame = build.ethernet({}, packet4);

  it.each<[string, number, Uint8Array]>([
    ['VXLAN without the flag', 4789, build.vxlan({ flags: 0 }, frame)],
    ['VXLAN of no Ethernet', 4789, build.vxlan({}, new Uint8Array(40).fill(0x77))],
    ['VXLAN elsewhere', 14_789, build.vxlan({}, frame)],
    ['GENEVE of nothing known', 6081, build.geneve({ protocol: 0x1234 }, frame)],
    ['GENEVE of another version', 6081, concat(hex('4000655800006400'), frame)],
    ['GTP-U of no IP', 2152, build.gtpu({}, new Uint8Array(40).fill(0x17))],
    ['GTP-U with a chain that does not end', 2152, concat(hex('34ff000801020304'), u32(1), hex('00000085'))],
    ['GTP version 2', 2152, concat(hex('48ff0008'), packet4)],
    ['Teredo of no IPv6', 3544, packet4],
    ['MPLS without a last label', 6635, u32(0x1000, 0x2000)],
  ])('%s', (_, port, payload) => expect(outcomeOf(port, payload)).toBe('other-udp'));
});

test('addresses in HEP hold for the message only', () => {
  const from = { host: '10.0.0.1', port: 1 };
  const hep = build.hep3({ from, to: { host: '2001:db8::9', port: 2 }, time: 0n }, 'not SIP');
  const { decoding } = decode(tunnelled(9060, hep));
  expect(decoding.packet.addresses.text(decoding.packet.src)).toBe('203.0.113.1');
  expect(decoding.packet.dport).toBe(9060);
});

test('a compressed HEP payload is named', () => {
  const header = { from: { host: '10.0.0.1', port: 1 }, to: { host: '10.0.0.2', port: 2 }, time: 0n, compressed: true };
  expect(decode(tunnelled(9060, build.hep3(header, 'x'))).decoding.faultCodes()).toStrictEqual(['hep/compressed']);
});

test('a datagram cut before anything can be told', () => {
  const frame = to(5060, message);
  expect(decode(frame.subarray(0, 42), { missing: frame.length - 42 }).outcome).toBe('cut-by-snaplen');
  expect(decode(frame.subarray(0, 50), { missing: frame.length - 50 }).outcome).toBe('cut-by-snaplen');
  // A start line that is there is enough.
  const { outcome, decoding } = decode(frame.subarray(0, 120), { missing: frame.length - 120 });
  expect(outcome).toBe('sip');
  expect(decoding.messages[0]?.text).toHaveLength(120 - 42);
});

describe('lengths that lie', () => {
  const from = { src: '192.0.2.1', dst: '198.51.100.2', sport: 5060, dport: 5060 };
  const inFrame = (datagram: Uint8Array): Uint8Array => build.ethernet({}, build.ip(from.src, from.dst, 17, datagram));

  it.each<[string, number, string[]]>([
    ['0, as jumbograms have', 0, []],
    ['below the header', 5, ['udp/bad-length']],
    ['beyond the packet', 5000, ['udp/length-beyond-packet']],
  ])('UDP: %s', (_, length, faults) => {
    const { outcome, decoding } = decode(inFrame(build.udp({ ...from, length }, message)));
    expect(outcome).toBe('sip');
    expect(decoding.messages[0]?.text).toHaveLength(message.length);
    expect(decoding.faultCodes()).toStrictEqual(faults);
  });

  it('UDP shorter than the packet', () => {
    const { decoding } = decode(inFrame(concat(build.udp(from, message), 'trailer')));
    expect(decoding.messages[0]?.text).toHaveLength(message.length);
  });
});
