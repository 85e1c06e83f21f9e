import { expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { AddressSpan, readAddress, readAddresses, type Address } from '../../core/decode/sip-address.ts';

const tag = { name: 'tag', value: '1' };

/* Where display name, URI and parameters end; the rules of RFC 3261 20.10. */
test.each<[string, Address]>([
  ['<sip:a@b>;tag=1', { display: null, uri: 'sip:a@b', params: [tag] }],
  ['Alice <sip:a@b;lr>;tag=1', { display: 'Alice', uri: 'sip:a@b;lr', params: [tag] }],
  ['"Alice <not an address>" <sip:a@b>', { display: 'Alice <not an address>', uri: 'sip:a@b', params: [] }],
  ['"A \\"B\\" \\\\" <sip:a@b>', { display: 'A "B" \\', uri: 'sip:a@b', params: [] }],
  ['"" <sip:a@b>', { display: '', uri: 'sip:a@b', params: [] }],
  // Without brackets parameters are the header's.
  ['sip:a@b;tag=1', { display: null, uri: 'sip:a@b', params: [tag] }],
  [' sip:a@b ; tag = 1 ', { display: null, uri: 'sip:a@b', params: [tag] }],
  ['tel:+1;tag=1', { display: null, uri: 'tel:+1', params: [tag] }],
  ['*', { display: null, uri: '*', params: [] }],
  [
    '<sip:a@b>;expires=3600;+sip.instance="<urn:uuid:1;2>"',
    {
      display: null,
      uri: 'sip:a@b',
      params: [
        { name: 'expires', value: '3600' },
        { name: '+sip.instance', value: '<urn:uuid:1;2>' },
      ],
    },
  ],
  ['A\r\n B <sip:a@b>', { display: 'A B', uri: 'sip:a@b', params: [] }],
  // Broken ones, as far as they go.
  ['<sip:a@b;tag=1', { display: null, uri: 'sip:a@b', params: [tag] }],
  ['"Alice <sip:a@b>;tag=1', { display: '"Alice', uri: 'sip:a@b', params: [tag] }],
  ['<>', { display: null, uri: '', params: [] }],
  ['', { display: null, uri: '', params: [] }],
])('%s', (text, address) => {
  expect(readAddress(utf8(text))).toEqual(address);
});

test('lists are apart at commas that are not quoted or in brackets', () => {
  expect(readAddresses(utf8('"A, B" <sip:a,c@b>;q=1,, sip:d@e ,<sip:f@g>')).map(({ uri }) => uri)).toEqual([
    'sip:a,c@b',
    'sip:d@e',
    'sip:f@g',
  ]);
});

test('an address without its parameters ends where the span says', () => {
  const span = new AddressSpan();
  for (const [text, address] of [
    ['"Alice" <sip:a@b>;tag=1', '"Alice" <sip:a@b>'],
    ['sip:a@b ;tag=1', 'sip:a@b'],
  ] as const) {
    span.read(utf8(text), 0, text.length);
    expect(text.slice(0, span.addressEnd)).toBe(address);
  }
});

test('stray quotes and brackets by the thousand take no time to speak of', () => {
  const text = `${'"\\'.repeat(30_000)}${'<;'.repeat(30_000)}`;
  expect(readAddresses(utf8(text)).length).toBeGreaterThan(0);
});
