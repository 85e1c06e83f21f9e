import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { readUri, unescaped, UriSpan, type Uri } from '../../core/decode/sip-uri.ts';

const uri = (text: string): Uri | null => readUri(utf8(text));
const none = { user: null, password: null, host: null, port: null, params: [], headers: [] };

/* What a URI of each scheme is made of: filters and ladders show these parts. */
test.each<[string, Uri | null]>([
  ['sip:alice@example.com', { ...none, scheme: 'sip', user: 'alice', host: 'example.com' }],
  [
    'SIPS:alice:secret@example.com:5061',
    { ...none, scheme: 'sips', user: 'alice', password: 'secret', host: 'example.com', port: 5061 },
  ],
  ['sip:example.com', { ...none, scheme: 'sip', host: 'example.com' }],
  ['sip:192.0.2.4:5080', { ...none, scheme: 'sip', host: '192.0.2.4', port: 5080 }],
  [
    'sip:+1-212-555-1212:1234@gateway.com;user=phone?subject=project%20x&priority=urgent',
    {
      scheme: 'sip',
      user: '+1-212-555-1212',
      password: '1234',
      host: 'gateway.com',
      port: null,
      params: [{ name: 'user', value: 'phone' }],
      headers: [
        { name: 'subject', value: 'project%20x' },
        { name: 'priority', value: 'urgent' },
      ],
    },
  ],
  // A `?` or `;` before the `@` belongs to the user, `@` in a header does not make a user.
  ['sip:a?b;c@example.com', { ...none, scheme: 'sip', user: 'a?b;c', host: 'example.com' }],
  // Two `@`: the user should have been escaped; the host is what stands behind the last one.
  ['sip:alice@home.org@example.com', { ...none, scheme: 'sip', user: 'alice@home.org', host: 'example.com' }],
  [
    'sip:alice@example.com;x=1@2',
    { ...none, scheme: 'sip', user: 'alice', host: 'example.com', params: [{ name: 'x', value: '1@2' }] },
  ],
  [
    'tel:+1-201-555-0123;phone-context=example.com',
    { ...none, scheme: 'tel', user: '+1-201-555-0123', params: [{ name: 'phone-context', value: 'example.com' }] },
  ],
  ['urn:service:sos', { ...none, scheme: 'urn' }],
  ['mailto:alice@example.com', { ...none, scheme: 'mailto', user: 'alice', host: 'example.com' }],
  ['https://user@example.com/', { ...none, scheme: 'https' }],
  ['sip:alice@example.com:70000', { ...none, scheme: 'sip', user: 'alice', host: 'example.com' }],
  ['sip:alice@[2001:db8::1', { ...none, scheme: 'sip', user: 'alice', host: '2001:db8::1' }],
  ['sip:', { ...none, scheme: 'sip' }],
  ['sip:@', { ...none, scheme: 'sip' }],
  ['alice', null],
  ['', null],
  [':x', null],
  ['*', null],
])('%s', (text, parts) => {
  expect(uri(text)).toEqual(parts);
});

test('offsets stay within the URI, whatever stands behind it', () => {
  const span = new UriSpan();
  const piece = fc.constantFrom(
    'sip:',
    'tel:',
    'x:',
    '@',
    ':',
    ';',
    '?',
    '[',
    ']',
    'a',
    '5060',
    '%',
    '=',
    '/',
    ' ',
    '<',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 4 }), (pieces, behind) => {
      const text = pieces.join('');
      const bytes = utf8(`!!${text}${behind.join('')}`);
      const end = 2 + text.length;
      span.read(bytes, 2, end);
      const places = Object.values(span) as number[];
      expect(Math.min(...places)).toBeGreaterThanOrEqual(2);
      expect(Math.max(...places)).toBeLessThanOrEqual(end);
      expect(readUri(bytes, 2, end)).toEqual(uri(text));
    }),
    { seed: 4475, numRuns: 2000 },
  );
});

test('escapes: UTF-8 is put together, broken ones stay', () => {
  expect(unescaped('J%C3%BCrgen%40x')).toBe('Jürgen@x');
  expect(unescaped('100%')).toBe('100%');
  expect(unescaped('%zz%ff')).toBe('%zz%ff');
});
