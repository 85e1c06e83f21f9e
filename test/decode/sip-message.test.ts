import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change as ContractChange, MessageDetail, MessageRow } from '../../core/contract/model.ts';
import { describe as describeMessage, type Description } from '../../core/decode/sip-describe.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { readMessage } from '../../core/decode/sip-message.ts';
import { looksLikeSip } from '../../core/decode/sip-start.ts';
import { Summarizer, type Summary } from '../../core/decode/sip-summary.ts';
import { paramValue } from '../../core/decode/sip-values.ts';
import type { Change } from '../../core/analysis/diff/diff.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { madeMessage } from './sip-generator.ts';
import { joined, sip } from './sip-text.ts';

/* What decode makes is what the contract promises, although decode may not import it: these do not compile otherwise. */
const detail = (made: Description): Omit<MessageDetail, 'row'> => made;
const row = (made: Summary): Pick<MessageRow, keyof Summary> => made;
const change = (made: Change): ContractChange => made;

test('decode and contract agree on their nouns', () => {
  expect([detail, row, change].map((same) => same.length)).toEqual([1, 1, 1]);
});

/** Numbers that the index noted, without the private ones. */
function noted(head: SipHead): [string, unknown][] {
  return Object.entries(head).filter(([name, value]) => typeof value !== 'object' && name !== 'tagEnd');
}

/* What a message is made of is what comes out of it, in all three readings: index, table row, full reading. */
test('well-formed messages come out as they were made', () => {
  const head = new SipHead();
  const summarizer = new Summarizer();
  const decoder = new TextDecoder();
  fc.assert(
    fc.property(madeMessage, fc.nat(9), (made, shift) => {
      const bytes = joined(new Uint8Array(shift).fill(0x3b), made.bytes, utf8(';tag=behind\r\n'));
      const end = shift + made.bytes.length;
      const text = (at: number, to: number): string | null =>
        at === 0 ? null : decoder.decode(bytes.subarray(at, to));
      expect(looksLikeSip(bytes, shift, end)).toBe(true);

      head.scan(bytes, shift, end);
      expect(head.isRequest).toBe(made.method !== null);
      if (made.status !== null) expect(head.status).toBe(made.status);
      expect([head.cseqNumber, text(head.cseqMethodAt, head.cseqMethodEnd)]).toEqual([made.cseq, made.cseqMethod]);
      expect(text(head.callIdAt, head.callIdEnd)).toBe(made.callId);
      expect(text(head.fromTagAt, head.fromTagEnd)).toBe(made.from.tag);
      expect(text(head.toTagAt, head.toTagEnd)).toBe(made.to.tag);
      expect(text(head.branchAt, head.branchEnd)).toBe(made.vias[0]?.branch ?? null);
      expect([head.viaCount, head.bodyEnd - head.bodyAt]).toEqual([made.vias.length, made.body.length]);

      const summary = summarizer.summary(bytes, head);
      expect(summary).toMatchObject({
        reason: made.reason,
        requestUri: made.uri,
        from: made.from.written,
        to: made.to.written,
        branches: made.vias.map(({ branch }) => branch ?? ''),
        bodyLength: made.body.length,
      });

      const message = readMessage(made.bytes);
      expect([message.method, message.requestUri, message.status, message.reason]).toEqual([
        made.method,
        made.uri,
        made.status,
        made.reason,
      ]);
      for (const [address, from] of [
        [message.from, made.from],
        [message.to, made.to],
      ] as const) {
        expect([address?.display, address?.uri]).toEqual([from.display, from.uri]);
        expect(paramValue(address?.params ?? [], 'tag')).toBe(from.tag);
      }
      expect(message.vias.map(({ transport, host, port, branch }) => [transport, host, port, branch])).toEqual(
        made.vias.map(({ transport, host, port, branch }) => [transport, host, port, branch]),
      );
      expect(message.header('i')).toBe(made.callId);
      expect(made.bytes.slice(message.bodyAt, message.bodyEnd)).toEqual(made.body);
      expect(message.faults.map(({ code }) => code).filter((code) => code !== 'bare-line-feed')).toEqual([]);
    }),
    { seed: 3261, numRuns: 1000 },
  );
});

/* One length check, then nothing can fail: whatever stands behind the end must make no difference. */
test('every truncation is read, and no byte behind its end', () => {
  const a = new SipHead();
  const b = new SipHead();
  const made = fc.sample(madeMessage, { seed: 7, numRuns: 6 }).map(({ bytes }) => bytes);
  for (const bytes of made) {
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      const rest = joined(cut, bytes.subarray(length), bytes);
      const rubbish = joined(cut, new Uint8Array(40).fill(0x0a));
      expect(looksLikeSip(rest, 0, length)).toBe(looksLikeSip(rubbish, 0, length));
      a.scan(rest, 0, length);
      b.scan(rubbish, 0, length);
      expect(noted(a)).toEqual(noted(b));
      for (const [name, value] of noted(a)) if (/At$|End$/u.test(name)) expect(value, name).toBeLessThanOrEqual(length);
      expect(new Summarizer().summary(rest, a)).toEqual(new Summarizer().summary(rubbish, b));
    }
    for (let length = 0; length < bytes.length; length += 3) {
      const described = describeMessage(bytes.slice(0, length));
      for (const header of described.headers) expect(header.end).toBeLessThanOrEqual(length);
      for (const { at } of described.faults) expect(at ?? 0).toBeLessThanOrEqual(length);
    }
  }
});

test('anything at all is read without an exception', () => {
  const head = new SipHead();
  const summarizer = new Summarizer();
  const piece = fc.constantFrom(
    'SIP/2.0 ',
    'INVITE ',
    'sip:a@b',
    ' SIP/2.0',
    '\r\n',
    '\n',
    '\r',
    ' ',
    '\t',
    'Via',
    'v',
    'From',
    't',
    'To',
    'i',
    'CSeq',
    'l',
    'c',
    'm',
    ':',
    ': ',
    ';',
    ',',
    '=',
    'tag=',
    'branch=',
    '"',
    '\\',
    '<',
    '>',
    '7',
    'multipart/mixed;boundary=x',
    '--x',
    'v=0',
    'ü',
    '\0',
    '%',
    '[',
    ']',
  );
  const hostile = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((pieces) => utf8(pieces.join(''))),
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(madeMessage, fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 8 }))
      .map(([{ bytes }, changes]) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, value] of changes) if (at < changed.length) changed[at] = value;
        return changed;
      }),
  );
  fc.assert(
    fc.property(hostile, (bytes) => {
      looksLikeSip(bytes, 0, bytes.length);
      head.scan(bytes, 0, bytes.length);
      const { branches } = summarizer.summary(bytes, head);
      expect(branches.length).toBeLessThanOrEqual(Math.max(head.viaCount, 0));
      const message = readMessage(bytes);
      expect([
        message.from,
        message.to,
        message.contacts,
        message.vias,
        message.credentials('Authorization'),
      ]).toBeDefined();
      expect(describeMessage(bytes).raw.length).toBeLessThanOrEqual(bytes.length);
    }),
    { seed: 11, numRuns: 4000 },
  );
});

test('hostile lines of full size take no time to speak of', () => {
  const size = 64_000;
  for (const filling of [
    '"\\',
    '<',
    ';',
    ',',
    '";',
    '<;"',
    ' \r\n ',
    '\r\n ',
    'a:\r\n',
    'v:,,,\r\n',
    'a',
    ':',
    '"\\";<',
  ]) {
    const bytes = sip(
      `INVITE sip:a@b SIP/2.0\nVia: ${filling.repeat(size / filling.length)}\nFrom: ${filling.repeat(size / filling.length)}\n\n`,
    );
    const head = new SipHead();
    head.scan(bytes, 0, bytes.length);
    new Summarizer().summary(bytes, head);
    expect(describeMessage(bytes).faults.length).toBeLessThanOrEqual(64);
  }
});

test('describe: places of headers and faults are offsets in the message', () => {
  const bytes = sip(`
MESSAGE sip:bob@example.com SIP/2.0
v: SIP/2.0/TCP a;branch=z9hG4bK1
no colon here
f: "Ünal" <sip:alice@example.com>
 ;tag=1
To: <sip:bob@example.com>
i: x
CSeq: 1 MESSAGE
c: text/plain
l: 5

hello`);
  const { startLine, headers, parts, faults, raw } = describeMessage(bytes);
  const at = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  expect(startLine).toBe('MESSAGE sip:bob@example.com SIP/2.0');
  expect(headers.map(({ name, canonical }) => `${name} ${canonical}`)).toEqual([
    'v Via',
    'f From',
    'To To',
    'i Call-ID',
    'CSeq CSeq',
    'c Content-Type',
    'l Content-Length',
  ]);
  expect(headers[1]).toMatchObject({ value: '"Ünal" <sip:alice@example.com> ;tag=1' });
  expect(at(headers[1]?.at ?? 0, headers[1]?.end ?? 0)).toBe('f: "Ünal" <sip:alice@example.com>\r\n ;tag=1');
  expect(Object.keys(headers[0] ?? {})).toEqual(['name', 'canonical', 'value', 'at', 'end']);
  expect(parts).toMatchObject([{ contentType: 'text/plain', text: 'hello', sdp: null }]);
  expect(at(parts[0]?.at ?? 0, parts[0]?.end ?? 0)).toBe('hello');
  expect(faults.map(({ code, at: place }) => [code, at(place ?? 0, bytes.length).slice(0, 8)])).toEqual([
    ['line-without-colon', 'no colon'],
  ]);
  expect(raw).toBe(new TextDecoder().decode(bytes));
});

test('values by name: compact or long, in any case, lists apart, others whole', () => {
  const message = readMessage(
    sip(`
OPTIONS sip:a@b SIP/2.0
k: timer , 100rel
Supported: path
Supported:
Warning: 301 isi.edu "a, b", 399 x "y"
WWW-Authenticate: Digest realm="a,b", nonce="c"
X-Note: one, two
x-note: three
Date: Sat, 13 Nov 2010 23:29:00 GMT

`),
  );
  expect(message.headerValues('SUPPORTED')).toEqual(['timer', '100rel', 'path']);
  expect(message.headerValues('warning')).toEqual(['301 isi.edu "a, b"', '399 x "y"']);
  expect(message.headerValues('www-authenticate')).toHaveLength(1);
  expect(message.headerValues('X-NOTE')).toEqual(['one, two', 'three']);
  expect(message.header('date')).toBe('Sat, 13 Nov 2010 23:29:00 GMT');
  expect(message.header('route')).toBeNull();
  expect([...message.groups()].map(([key, { name, values }]) => [key, name, values.length])).toEqual([
    ['supported', 'Supported', 3],
    ['warning', 'Warning', 2],
    ['www-authenticate', 'WWW-Authenticate', 1],
    ['x-note', 'X-Note', 2],
    ['date', 'Date', 1],
  ]);
});
