import { expect, test } from 'vitest';
import { ipBytes } from '../../fixtures/builder/index.ts';
import { Addresses } from '../../core/decode/addresses.ts';

/* Addresses are compared by number and shown as text, wherever a message is. */

function numberOf(addresses: Addresses, text: string): number {
  const bytes = ipBytes(text);
  return text.includes(':')
    ? addresses.v6(bytes, 0)
    : addresses.v4(bytes, new DataView(bytes.buffer, bytes.byteOffset), 0);
}

test.each([
  '10.0.0.1',
  '255.255.255.255',
  '1.0.0.0',
  '0.0.0.0',
  '0.255.255.255',
  '::',
  '::1',
  '2001:db8::1',
  '2001:db8:0:1:1:1:1:1',
  '2001:0:0:1::1',
  '::ffff:192.0.2.1',
  'fe80::1:0:0:1',
])('%s', (text) => {
  const addresses = new Addresses();
  numberOf(addresses, '192.0.2.7');
  numberOf(addresses, '2001:db8::7');
  const number = numberOf(addresses, text);
  expect(number).toBeGreaterThan(0);
  expect(number).toBeLessThan(2 ** 32);
  expect(numberOf(addresses, text)).toBe(number);
  expect(addresses.text(number)).toBe(text);
  expect(addresses.text(number)).toBe(text);
  expect(addresses.family(number)).toBe(text.includes(':') ? 6 : 4);
  expect(addresses.bytesOf(number)).toStrictEqual(ipBytes(text));
});

test('different addresses have different numbers, IPv4-mapped ones too', () => {
  const addresses = new Addresses();
  const texts = ['192.0.2.1', '::ffff:192.0.2.1', '0.0.0.1', '::1', '1.0.0.0', '255.255.255.255', '::'];
  expect(new Set(texts.map((text) => numberOf(addresses, text))).size).toBe(texts.length);
});

test('0 is none', () => {
  const addresses = new Addresses();
  expect(addresses.text(0)).toBe('?');
  expect(addresses.family(0)).toBe(0);
});

test('addresses beyond the limit have no number, and that is counted; known ones keep theirs', () => {
  const addresses = new Addresses(3);
  const number = (last: number): number => addresses.v6(new Uint8Array(16).fill(last), 0);
  const [a, b] = [number(1), number(2)];
  expect([number(3), number(3), addresses.unnumbered]).toEqual([0, 0, 2]);
  expect([number(1), number(2), addresses.unnumbered]).toEqual([a, b, 2]);
  expect(addresses.text(0)).toBe('?');
});
