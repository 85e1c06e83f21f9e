import { expect, test } from 'vitest';
import { faultCodes, sipFaultKinds, SipFault } from '../../core/decode/sip-faults.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { looksLikeSip } from '../../core/decode/sip-start.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { sip } from './sip-text.ts';

const head = new SipHead();
const rest = 'Via: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: c\n';

function faults(text: string): readonly string[] {
  const bytes = sip(text);
  head.scan(bytes, 0, bytes.length);
  return faultCodes(head.faults);
}

test('every bit has its kind', () => {
  const bits = Object.values(SipFault);
  expect(bits.map((bit) => 2 ** Math.log2(bit))).toEqual(bits);
  expect(sipFaultKinds).toHaveLength(bits.length);
  expect(new Set(sipFaultKinds.map(({ code }) => code)).size).toBe(bits.length);
  expect(faultCodes(0)).toEqual([]);
});

/* Each fault that is counted while indexing, alone. */
test.each<[string, readonly string[]]>([
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 0\n\n`, []],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\n\n`, []],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\n`, ['headers-unfinished']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 2147483648 ACK\n\n`, ['bad-cseq']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK x\n\n`, ['bad-cseq']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: ACK\n\n`, ['bad-cseq']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 INVITE\n\n`, ['cseq-method']],
  [`\nSIP/2.0 200 OK\n${rest}CSeq: 1 INVITE\n\n`, []],
  [`\nSIP/2.0 099 OK\n${rest}CSeq: 1 INVITE\n\n`, ['bad-status']],
  [`\nSIP/2.0 20 OK\n${rest}CSeq: 1 INVITE\n\n`, ['bad-status']],
  [`\nSIP/3.0 200 OK\n${rest}CSeq: 1 INVITE\n\n`, ['bad-version']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 1\n\n`, ['content-length-beyond']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 0\n\nx`, ['content-length-short']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 1x\n\nx`, ['bad-content-length']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 1\nl: 1\n\nx`, []],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nMax-Forwards: 256\n\n`, ['bad-max-forwards']],
  [`\nACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nt: <sip:a@b>\n\n`, ['duplicate-header']],
  ['\nACK sip:a@b SIP/2.0\nFoo: bar\n\n', ['no-call-id', 'no-cseq', 'no-via', 'no-from', 'no-to']],
])('faults: %j', (text, codes) => {
  expect(faults(text)).toEqual(codes);
});

test('bare line feeds are a fault, and read', () => {
  const bytes = utf8(`ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 2\n\nhi`);
  head.scan(bytes, 0, bytes.length);
  expect(faultCodes(head.faults)).toEqual(['bare-line-feed']);
  expect(bytes.length - head.bodyAt).toBe(2);
});

test('a head is used again: nothing of the message before stays', () => {
  faults(`\nSIP/2.0 200 OK\n${rest}CSeq: 7 INVITE\nMax-Forwards: 3\nm: <sip:c>\nExpires: 60\nc: text/plain\nl: 1\n\nx`);
  expect([head.maxForwards, head.expires, head.contentLength]).toEqual([3, 60, 1]);
  faults('\nACK sip:a@b SIP/2.0\n\n');
  const { faults: _, isRequest, methodEnd, uriAt, uriEnd, headersAt, bodyAt, bodyEnd, ...others } = head;
  expect([isRequest, methodEnd, uriAt, uriEnd, headersAt, bodyAt, bodyEnd]).toEqual([true, 3, 4, 11, 21, 23, 23]);
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === 'number')
      expect(value, name).toBe(['maxForwards', 'expires', 'contentLength'].includes(name) ? -1 : 0);
  }
});

test.each<[string, boolean]>([
  ['SIP/2.0 200 OK\r\n', true],
  ['sip/2.0 200', true],
  ['SIP/2.0 200', true],
  ['SIP/2.0 OK\r\n', false],
  ['INVITE sip:a@b SIP/2.0\r\n', true],
  ['INVITE sip:a@b SIP/2.0\n', true],
  ['INVITE sip:a@b SIP/2.0', true],
  ['X-NEW a SIP/7.1  \r\n', true],
  // Cut off within the line: an address that SIP uses is enough.
  ['INVITE sip:al', true],
  ['INVITE urn:service:sos', true],
  ['INVITE al', false],
  ['GET / HTTP/1.1\r\n', false],
  ['OPTIONS rtsp://x RTSP/1.0\r\n', false],
  ['INVITE SIP/2.0\r\n', false],
  ['IN(VITE sip:a@b SIP/2.0\r\n', false],
  // A lone CR ends the line where the version stands before it.
  ['CANCEL sip:a@b SIP/2.0\rVia: x\r\n', true],
  ['CANCEL sip:a@b\rSIP/2.0 x\r\n', false],
  ['', false],
  ['\r\n', false],
])('looks like SIP: %j is %s', (text, is) => {
  const bytes = utf8(`??${text}\r\nINVITE sip:a@b SIP/2.0\r\n`);
  expect(looksLikeSip(bytes, 2, 2 + text.length)).toBe(is);
});

test('a lone CR behind the version does not hide the headers behind it', () => {
  const bytes = utf8('CANCEL sip:a@b SIP/2.0\r7Via: x\r\nCall-ID: c\r\n\r\n');
  head.scan(bytes, 0, bytes.length);
  expect([head.uriEnd, head.headersAt, head.callIdEnd - head.callIdAt]).toEqual([14, 23, 1]);
});
