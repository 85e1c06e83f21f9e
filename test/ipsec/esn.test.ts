import { describe, expect, it, test } from 'vitest';
import { readEspLine } from '../../core/ipsec/esp-line.ts';
import { hexOf } from '../../core/ipsec/hex.ts';
import { readKeyText } from '../../core/ipsec/key-text.ts';
import { nothingKnown, type Known } from '../../core/ipsec/ring.ts';
import { KeyMistakeError } from '../../core/ipsec/typed.ts';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from '../decode/decoding.ts';
import { espFrame, packet4 } from '../decode/protected.ts';
import { protect, type Suite } from './protect.ts';

/* Sequence numbers of 64 bits (RFC 4303 2.2.1): half of them is not sent, and the ICV says what it is. */

const random = new build.Random(77);
const suites: Suite[] = [
  { encryption: 'aes-cbc', key: random.bytes(16), authentication: 'hmac-sha-1-96', mac: random.bytes(20) },
  { encryption: 'null', key: random.bytes(0), authentication: 'hmac-sha-512-256', mac: random.bytes(64) },
  { encryption: 'aes-gcm', key: random.bytes(20), authentication: 'none', mac: random.bytes(0) },
  { encryption: 'aes-gmac', key: random.bytes(20), authentication: 'none', mac: random.bytes(0) },
];
const udp = packet4.subarray(20);

function knowing({ encryption, key, authentication, mac }: Suite, esn: string): Known {
  const line = ['*', '*', '0x1000', encryption, hexOf(key), authentication, hexOf(mac), esn].join(',');
  return { ...nothingKnown, associations: [readEspLine(line, 1)] };
}

/** Feeds packets and returns how many had which ICV. */
function verdicts(suite: Suite, esn: string, numbers: readonly (readonly [number, number])[]): number[] {
  const decoding = new Decoding(knowing(suite, esn));
  for (const [index, [upper, sequence]] of numbers.entries()) {
    decoding.feed(espFrame(protect(suite, 0x1000, sequence, 17, udp, upper)), { time: index });
  }
  return [...(decoding.packet.associations.listed[0]?.verdicts ?? [])];
}

describe.each(suites)('$encryption, $authentication', (suite) => {
  it('from the beginning', () => {
    const numbers = Array.from({ length: 50 }, (_, i) => [0, i + 1] as const);
    expect(verdicts(suite, 'esn', numbers)).toStrictEqual([0, 50, 0]);
  });

  it('past the end of the lower half, with late packets', () => {
    const numbers = [
      [0, 0xffff_fffe],
      [0, 0xffff_ffff],
      [1, 0],
      [0, 0xffff_fffd],
      [1, 1],
      [1, 2],
    ] as const;
    expect(verdicts(suite, 'esn', numbers)).toStrictEqual([0, 6, 0]);
  });

  it('from an upper half that was said', () => {
    expect(
      verdicts(suite, 'esn=0x12', [
        [0x12, 9],
        [0x12, 10],
      ]),
    ).toStrictEqual([0, 2, 0]);
    expect(verdicts(suite, 'esn=4294967295', [[0xffff_ffff, 9]])).toStrictEqual([0, 1, 0]);
  });

  it('is not taken for 32 bits, nor the other way round', () => {
    expect(
      verdicts(suite, '', [
        [0, 1],
        [0, 2],
      ])[1],
    ).toBe(0);
    const decoding = new Decoding(knowing(suite, 'esn'));
    decoding.feed(espFrame(protect(suite, 0x1000, 1, 17, udp)));
    expect(decoding.packet.associations.listed[0]?.lock).toBeNull();
  });
});

test('what is no upper half is a mistake, with its column', () => {
  for (const wrong of ['esn=', 'esn=0x100000000', 'esn=9999999999', 'yes', 'esn=-1']) {
    expect(() => readEspLine(`*,*,*,null,,hmac-md5-96,00,${wrong}`, 0)).toThrow(KeyMistakeError);
  }
  expect(readEspLine('*,*,*,null,,hmac-md5-96,00', 0).esn).toBeNull();
  expect(() => readEspLine('*,*,*,null,,hmac-md5-96,00,esn,more', 0)).toThrow(KeyMistakeError);
});

describe('is read from', () => {
  const key = '11'.repeat(16);
  const mac = '22'.repeat(20);
  const esnOf = (text: string) => readKeyText(text, 0).associations.map(({ association }) => association.esn);

  it('ip xfrm state', () => {
    const state = (flags: string, context: string): string =>
      [
        'src 10.0.0.1 dst 10.0.0.2',
        '\tproto esp spi 0x00001000 reqid 1 mode transport',
        `\treplay-window 0 ${flags}`,
        `\tauth-trunc hmac(sha1) 0x${mac} 96`,
        `\tenc cbc(aes) 0x${key}`,
        ...context.split('|').map((line) => `\t${line}`),
      ].join('\n');
    const context =
      'anti-replay esn context:| seq-hi 0x0, seq 0x0, oseq-hi 0x3, oseq 0x9| replay_window 32, bitmap-length 1';
    expect(esnOf(state('flag esn', context))).toStrictEqual([3]);
    expect(esnOf(state('flag af-unspec esn', ''))).toStrictEqual([0]);
    expect(esnOf(state('flag af-unspec', 'anti-replay context: seq 0x0, oseq 0x5, bitmap 0x0'))).toStrictEqual([null]);
  });

  it('Wireshark’s esp_sa, as since 4.2', () => {
    const line = (...more: string[]): string =>
      ['IPv4', '*', '*', '0x1000', 'AES-CBC [RFC3602]', `0x${key}`, 'HMAC-SHA-1-96 [RFC2404]', `0x${mac}`, ...more]
        .map((cell) => `"${cell}"`)
        .join(',');
    const lines = [line(), line('32-bit', ''), line('64-bit', ''), line('64-bit', '0x7')];
    expect(esnOf(lines.join('\n'))).toStrictEqual([null, null, 0, 7]);
  });
});
