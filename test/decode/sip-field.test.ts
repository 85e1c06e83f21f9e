import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeaderFinder } from '../../core/decode/sip-field.ts';
import { findByte, LINE_FEEDS } from '../../core/decode/sip-find.ts';
import { readMessage } from '../../core/decode/sip-message.ts';
import { madeMessage } from './sip-generator.ts';
import { joined, sip } from './sip-text.ts';

function all(name: string, bytes: Uint8Array, at = 0, end = bytes.length): string[] {
  const finder = new HeaderFinder(name);
  const found: string[] = [];
  for (let more = finder.findFirst(bytes, at, end); more; more = finder.find(bytes, finder.next, end)) {
    found.push(new TextDecoder().decode(bytes.subarray(finder.valueAt, finder.valueEnd)));
  }
  return found;
}

test('long and compact names, any case, white space before the colon, folds', () => {
  const bytes = sip(`
OPTIONS sip:a@b SIP/2.0
User-Agentx: no
user-agent : one
k: a
SUPPORTED:
  b
User-Agent:two
 three
K:c

User-Agent: in the body
`);
  expect(all('User-Agent', bytes)).toEqual(['one', 'two\r\n three']);
  expect(all('supported', bytes)).toEqual(['a', 'b', 'c']);
  expect(all('k', bytes)).toEqual(['a', 'b', 'c']);
  expect(all('server', bytes)).toEqual([]);
});

test('finds what a full reading finds, and nothing behind the end', () => {
  const names = [
    'Via',
    'from',
    'T',
    'Call-ID',
    'CSeq',
    'User-Agent',
    'Subject',
    'contact',
    'Max-Forwards',
    'X-Tag',
    'Record-Route',
    'l',
  ];
  fc.assert(
    fc.property(madeMessage, fc.constantFrom(...names), ({ bytes }, name) => {
      const padded = joined(Uint8Array.of(1, 2, 3), bytes, sip('\nVia: behind\nl: 1\n'));
      const decoder = new TextDecoder();
      const message = readMessage(bytes);
      const [wanted = ''] = message.headers.filter((header) => header.name === name).map(({ canonical }) => canonical);
      const values = message.headers
        .filter(
          ({ canonical }) =>
            canonical === (wanted || readMessage(sip(`\nA b SIP/2.0\n${name}: x\n\n`)).headers[0]?.canonical),
        )
        .map(({ valueAt, end }) => decoder.decode(bytes.subarray(valueAt, end)));
      expect(all(name, padded, 3, 3 + bytes.length)).toEqual(values);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test('a byte is found wherever it stands, and bytes that differ in one bit are not taken for it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(10, 11, 0x8a, 0, 0x0a0a & 0xff, 0x30, 0xff), { maxLength: 40 }),
      fc.nat(12),
      fc.nat(40),
      (values, at, end) => {
        const bytes = Uint8Array.from(values);
        const limit = Math.min(end, bytes.length);
        const expected = bytes.subarray(0, limit).indexOf(10, at);
        const found = findByte(bytes, new DataView(bytes.buffer), Math.min(at, limit), limit, LINE_FEEDS);
        expect(found).toBe(expected === -1 || at > limit ? limit : expected);
      },
    ),
    { seed: 10, numRuns: 3000 },
  );
});
