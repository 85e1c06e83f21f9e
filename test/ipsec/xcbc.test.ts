import { expect, test } from 'vitest';
import { authenticationNamed } from '../../core/ipsec/algorithms.ts';
import { authenticator, XcbcMac } from '../../core/ipsec/authenticators.ts';
import { hexOf, readHexKey } from '../../core/ipsec/hex.ts';

/* AES-XCBC-MAC is the only algorithm made here: the test vectors of RFC 3566 4.6. */

const key = readHexKey('000102030405060708090a0b0c0d0e0f') as Uint8Array;
const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 0xff);

test.each([
  [counting(0), '75f0251d528ac01c4573dfd584d79f29'],
  [counting(3), '5b376580ae2f19afe7219ceef172756f'],
  [counting(16), 'd2a246fa349b68a79998a4394ff7a263'],
  [counting(20), '47f51b4564966215b8985c63055ed308'],
  [counting(32), 'f54f0ec8d2b9f3d36807734bd5283fd4'],
  [counting(34), 'becbb3bccdb518a30677d5481fb6b4d8'],
  [new Uint8Array(1000), 'f0dafee895db30253761103b5d84528f'],
])('%#', (bytes, mac) => {
  expect(hexOf(new XcbcMac(key).of(bytes))).toBe(mac);
});

test('the first 96 bits of it are the ICV', () => {
  const algorithm = authenticationNamed('aes-xcbc-mac-96');
  const check = algorithm === null ? null : authenticator(algorithm, key);
  const packet = Buffer.concat([counting(20), Buffer.from('47f51b4564966215b8985c63', 'hex')]);
  expect(check?.(packet, 0, packet.length, new Uint8Array(0))).toBe(true);
  packet[0] = 1;
  expect(check?.(packet, 0, packet.length, new Uint8Array(0))).toBe(false);
});
