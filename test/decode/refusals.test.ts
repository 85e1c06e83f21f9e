import { describe, expect, test } from 'vitest';
import { MOST_REFUSALS, refusalWords, type Refusal } from '../../core/decode/refusals.ts';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';

/** What ICMP says of datagrams with SIP: between whom they went, whatever the quotation holds, and nothing of others. */
const { concat, hex } = build;
const invite = new TextEncoder().encode('INVITE sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n');

/** The ICMP error that `by` sends about a datagram, `cut` bytes of which it quotes. */
function refused(
  version: 4 | 6,
  payload: Uint8Array,
  { type = '0303', cut = 1000, ports = [5070, 6080] } = {},
): Uint8Array {
  const [from, to, by] =
    version === 4 ? ['192.0.2.1', '192.0.2.2', '192.0.2.9'] : ['2001:db8::1', '2001:db8::2', '2001:db8::9'];
  const [sport = 0, dport = 0] = ports;
  const datagram = build.udpPacket({ host: from, port: sport }, { host: to, port: dport }, payload);
  const icmp = concat(hex(`${type}000000000000`), datagram.subarray(0, cut));
  const ip =
    version === 4
      ? build.ipv4({ src: by, dst: from, protocol: 1 }, icmp)
      : build.ipv6({ src: by, dst: from, nextHeader: 58 }, icmp);
  return build.ethernet({}, ip);
}

function notedOf(...frames: readonly Uint8Array[]): {
  readonly list: readonly Refusal[];
  readonly text: (n: number) => string;
} {
  const decoding = new Decoding();
  for (const frame of frames) expect(decoding.feed(frame)).toBe('icmp');
  return { list: decoding.packet.refusals.list, text: (number) => decoding.packet.addresses.text(number) };
}

describe('an ICMP error about SIP', () => {
  test.each([
    [4, '192.0.2.'],
    [6, '2001:db8::'],
  ] as const)('IPv%i: who sent it, and between which ends the datagram went', (version, net) => {
    const { list, text } = notedOf(refused(version, invite, { type: version === 4 ? '0303' : '0104' }));
    expect(list).toMatchObject([{ family: version, sport: 5070, dport: 6080 }]);
    const [one] = list as [Refusal];
    expect([one.by, one.src, one.dst].map(text)).toEqual([`${net}9`, `${net}1`, `${net}2`]);
    expect(refusalWords(one)).toBe('port unreachable');
  });

  test('a quotation of eight bytes counts where the ports are those of SIP', () => {
    expect(notedOf(refused(4, invite, { cut: 28 })).list).toEqual([]);
    expect(notedOf(refused(4, invite, { cut: 28, ports: [5070, 5060] })).list).toHaveLength(1);
  });

  test('one about media, or an echo, is none', () => {
    expect(notedOf(refused(4, hex('80006666'.repeat(20)))).list).toEqual([]);
    expect(notedOf(refused(4, invite, { type: '0800' })).list).toEqual([]);
  });

  test('cut anywhere it does no harm', () => {
    const [whole] = notedOf(refused(4, invite)).list;
    for (let cut = 0; cut < 60; cut++) {
      const { list } = notedOf(refused(4, invite, { cut }));
      expect(list).toHaveLength(cut < 30 ? 0 : 1);
      if (list.length === 1) expect(list[0]).toMatchObject({ src: whole?.src, dst: whole?.dst });
    }
  });

  test('a flood of them is kept in part', () => {
    const frame = refused(4, invite);
    const decoding = new Decoding();
    for (let sent = 0; sent < MOST_REFUSALS + 100; sent++) decoding.feed(frame);
    expect(decoding.packet.refusals.list).toHaveLength(MOST_REFUSALS);
  });
});

test('errors in words; what has no name by its numbers', () => {
  const words = (family: number, type: number, code: number): string => refusalWords({ family, type, code });
  expect(words(4, 3, 1)).toBe('host unreachable');
  expect(words(4, 3, 77)).toBe('unreachable');
  expect(words(6, 1, 0)).toBe('no route');
  expect(words(4, 12, 5)).toBe('type 12, code 5');
});
