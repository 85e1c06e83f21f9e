import { describe, expect, it } from 'vitest';
import { readEspLine } from '../../core/ipsec/esp-line.ts';
import { hexOf } from '../../core/ipsec/hex.ts';
import { nothingKnown } from '../../core/ipsec/ring.ts';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from '../decode/decoding.ts';
import { espFrame, packet4 } from '../decode/protected.ts';
import { blockOf, protect, protectAsIs, withIcv, type Suite } from './protect.ts';

/* What is wrong with an ESP packet of which the key is known is a fault on that packet; those before and behind it are
   opened all the same, and nothing throws. */

const random = new build.Random(4303);
const suites: Suite[] = [
  { encryption: 'aes-cbc', key: random.bytes(16), authentication: 'hmac-sha-1-96', mac: random.bytes(20) },
  { encryption: 'des-ede3-cbc', key: random.bytes(24), authentication: 'hmac-md5-96', mac: random.bytes(16) },
  { encryption: 'aes-ctr', key: random.bytes(20), authentication: 'hmac-sha-256-128', mac: random.bytes(32) },
  { encryption: 'null', key: random.bytes(0), authentication: 'hmac-sha-1-96', mac: random.bytes(20) },
  { encryption: 'aes-gcm', key: random.bytes(20), authentication: 'none', mac: random.bytes(0) },
];
const SPI = 0x1000;
const udp = packet4.subarray(20);
const { concat, u8, u16, u32 } = build;

/** Zeros, and behind them a trailer, that fill blocks. */
function filled(suite: Suite, blocks: number, ...trailer: number[]): Uint8Array {
  return concat(new Uint8Array(blocks * blockOf(suite) - trailer.length), u8(...trailer));
}

/** The same bytes, beginning with these. */
function begun(head: Uint8Array, bytes: Uint8Array): Uint8Array {
  bytes.set(head);
  return bytes;
}

/** Codes of the faults of a good packet, `wrong`, and a good one again; and what the three were counted as. */
function faultsOf(suite: Suite, wrong: Uint8Array): { readonly faults: string[]; readonly outcomes: string[] } {
  const { encryption, key, authentication, mac } = suite;
  const line = `*,*,${SPI},${encryption},${hexOf(key)},${authentication},${hexOf(mac)}`;
  const decoding = new Decoding({ ...nothingKnown, associations: [readEspLine(line, 1)] });
  const outcomes = [protect(suite, SPI, 1, 17, udp), wrong, protect(suite, SPI, 3, 17, udp)].map((packet, index) =>
    decoding.feed(espFrame(packet), { time: index }),
  );
  decoding.finish();
  return { faults: decoding.faultCodes(), outcomes };
}

describe.each(suites)('$encryption, $authentication', (suite) => {
  const inside = (plain: Uint8Array): Uint8Array => protectAsIs(suite, SPI, 2, plain);
  const good = protect(suite, SPI, 2, 17, udp);
  const changed = good.slice();
  changed[good.length - 1] = (changed[good.length - 1] as number) ^ 1;

  it.each<[string, Uint8Array, string]>([
    ['a pad length far beyond the packet', inside(filled(suite, 4, 255, 17)), 'esp/nonsense-inside'],
    ['a pad length one beyond the packet', inside(filled(suite, 2, 2 * blockOf(suite) - 1, 17)), 'esp/nonsense-inside'],
    [
      'padding that is all there is, and a next header that needs more',
      inside(filled(suite, 2, 2 * blockOf(suite) - 2, 17)),
      'esp/nonsense-inside',
    ],
    [
      'a length of UDP that lies',
      inside(begun(u16(5060, 5060, 500, 0), filled(suite, 8, 0, 17))),
      'esp/nonsense-inside',
    ],
    ['an IPv4 header that lies', inside(begun(u8(0x45, 0, 0xff, 0xff), filled(suite, 8, 0, 4))), 'esp/nonsense-inside'],
    ['SPI, sequence number and four bytes', concat(u32(SPI, 2), u32(0)), 'esp/nonsense-inside'],
    ['SPI and sequence number alone', u32(SPI, 2), 'esp/too-short'],
    ['half a sequence number', concat(u32(SPI), u16(0)), 'esp/too-short'],
    ['an ICV that is not right', changed, 'esp/bad-icv'],
    ['an SPI of zero', protect(suite, 0, 2, 17, udp), 'esp/no-spi'],
  ])('%s', (_, wrong, fault) => {
    const { faults, outcomes } = faultsOf(suite, wrong);
    expect(faults).toStrictEqual([fault]);
    expect([outcomes[0], outcomes[2]]).toStrictEqual(['sip', 'sip']);
  });

  it('a sequence number that jumps', () => {
    const { faults, outcomes } = faultsOf(suite, protect(suite, SPI, 0x7fff_0000, 17, udp));
    expect(faults).toStrictEqual(['esp/sequence-jump']);
    expect(outcomes).toStrictEqual(['sip', 'sip', 'sip']);
  });

  it('no room for its initialisation vector, and every other length', () => {
    for (let length = 0; length < good.length; length++) {
      const { faults, outcomes } = faultsOf(suite, good.subarray(0, length));
      expect(faults).toHaveLength(1);
      expect([outcomes[0], outcomes[2]]).toStrictEqual(['sip', 'sip']);
    }
  });
});

describe.each(suites.slice(0, 2))('$encryption', (suite) => {
  it('no whole blocks under a right ICV', () => {
    for (const length of [1, 7, 9, 15, 17, 31, 33]) {
      const packet = withIcv(suite, concat(u32(SPI, 2), random.bytes(16 + length)));
      expect(faultsOf(suite, packet).faults).toStrictEqual(['esp/nonsense-inside']);
    }
  });
});
