import { describe, expect, test } from 'vitest';
import { readContentType, type Part } from '../../core/decode/sip-body.ts';
import { readMessage, type SipMessage } from '../../core/decode/sip-message.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { joined, sip } from './sip-text.ts';

function withBody(type: string | null, body: Uint8Array, more = ''): SipMessage {
  const line = type === null ? '' : `Content-Type: ${type}\n`;
  return readMessage(
    joined(
      sip(
        `INFO sip:a@b SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: c\nCSeq: 1 INFO\n${line}${more}Content-Length: ${body.length}\n\n`,
      ),
      body,
    ),
  );
}

const short = ({ contentType, text }: Part): unknown => [contentType, text];

test('Content-Type: small letters, white space, quoted parameters', () => {
  expect(readContentType(utf8('Multipart / Mixed ; Boundary="a;b" ;x'))).toEqual({
    type: 'multipart/mixed',
    params: [
      { name: 'Boundary', value: 'a;b' },
      { name: 'x', value: null },
    ],
  });
});

describe('one part', () => {
  test('none without a body', () => {
    expect(withBody('application/sdp', utf8('')).parts).toEqual([]);
  });

  test('text, bytes, UTF-8 and what is not', () => {
    expect(withBody('application/json', utf8('{"a":"ü"}')).parts.map(short)).toEqual([
      ['application/json', '{"a":"ü"}'],
    ]);
    expect(withBody('application/octet-stream', Uint8Array.from([0xff, 0x41])).parts[0]?.text).toBeNull();
    expect(withBody('application/vnd.3gpp.sms', Uint8Array.from([1, 0, 0x41])).parts[0]?.text).toBeNull();
    // What says it is text is text, byte by byte where it is not UTF-8.
    expect(withBody('text/plain', Uint8Array.from([0xe4, 0x41])).parts[0]?.text).toBe('äA');
  });

  test('SDP is read, also without Content-Type, and with a stray NUL behind it', () => {
    const sdp = 'v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
    expect(withBody('application/sdp', utf8(sdp)).parts[0]?.sdp?.media[0]?.port).toBe(4000);
    expect(withBody(null, utf8(sdp)).parts[0]?.sdp?.media[0]?.port).toBe(4000);
    expect(withBody('Application/SDP;charset=x', utf8(`${sdp}\0`)).parts[0]?.sdp?.media[0]?.port).toBe(4000);
    expect(withBody('text/plain', utf8(sdp)).parts[0]?.sdp).toBeNull();
  });
});

describe('multipart (RFC 2046 5.1)', () => {
  const codes = (message: SipMessage): string[] => message.faults.map(({ code }) => code);

  test('nested parts come in line; boundaries that begin alike are told apart', () => {
    const body = sip(`
--a
Content-Type: multipart/alternative; boundary="a b"

--a b
Content-Type: text/plain

inner
--a b
c: application/sdp

v=0
m=audio 1 RTP/AVP 0
--a b--
--a
Content-Type: application/pidf+xml
Content-ID: <alice@example.com>

<presence/>
--ab is no boundary
--a--
`);
    const message = withBody('multipart/mixed; boundary=a', body);
    expect(message.parts.map(short)).toEqual([
      ['text/plain', 'inner'],
      ['application/sdp', 'v=0\r\nm=audio 1 RTP/AVP 0'],
      ['application/pidf+xml', '<presence/>\r\n--ab is no boundary'],
    ]);
    expect(message.parts[1]?.sdp?.media).toHaveLength(1);
    expect(message.parts[2]?.headers.map(({ canonical }) => canonical)).toEqual(['Content-Type', 'Content-ID']);
    expect(codes(message)).toEqual([]);
  });

  test('bare line feeds, parts without headers, empty parts', () => {
    const message = withBody('multipart/mixed;boundary=x', utf8('--x\n\nhello\n--x\n\n--x--'));
    expect(message.parts.map(short)).toEqual([[null, 'hello'], [null, ''].slice(0, 2)]);
  });

  test('without a boundary, or with one that does not occur, the body is one part', () => {
    for (const type of ['multipart/mixed', 'multipart/mixed;boundary=x']) {
      const message = withBody(type, utf8('--y\r\n\r\nhello\r\n--y--'));
      expect(message.parts).toHaveLength(1);
      expect(codes(message)).toEqual(['no-boundary']);
    }
  });

  test('without its end the last part goes to the end of the body', () => {
    const message = withBody('multipart/mixed;boundary=x', utf8('--x\r\n\r\nhello'));
    expect(message.parts.map(short)).toEqual([[null, 'hello']]);
    expect(codes(message)).toEqual(['multipart-unfinished']);
  });

  test('depth and number of parts have limits', () => {
    let nested = 'core';
    for (let i = 0; i < 12; i++)
      nested = `--b${i}\r\nContent-Type: multipart/mixed;boundary=b${i - 1}\r\n\r\n${nested}\r\n--b${i}--`;
    expect(codes(withBody('multipart/mixed;boundary=b11', utf8(nested)))).toContain('too-many-parts');
    const many = withBody('multipart/mixed;boundary=x', utf8('--x\r\n\r\na\r\n'.repeat(5000)));
    expect(many.parts).toHaveLength(256);
    expect(codes(many)).toContain('too-many-parts');
  });
});

test('a multipart body with SDP in it is found by whoever asks for the first SDP', () => {
  const body = utf8(
    '--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--x\r\nContent-Type: application/isup\r\n\r\n\u0001\u0000\r\n--x--',
  );
  expect(withBody('multipart/mixed;boundary=x', body).parts.map(({ sdp, text }) => [sdp !== null, text])).toEqual([
    [true, 'v=0'],
    [false, null],
  ]);
});
