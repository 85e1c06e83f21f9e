import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffMessages, type Change } from '../../../core/analysis/diff/diff.ts';
import { readMessage } from '../../../core/decode/sip-message.ts';
import { madeMessage } from '../../decode/sip-generator.ts';
import { sip } from '../../decode/sip-text.ts';

const diff = (a: string, b: string): Change[] => diffMessages(readMessage(sip(a)), readMessage(sip(b)));
/** A line each: `Via + …`, `Route - …`, `To: … → …`, `Allow moved`. */
const lines = (a: string, b: string): string[] =>
  diff(a, b).map(({ header, kind, before, after }) => {
    if (kind === 'added') return `${header} + ${after}`;
    if (kind === 'removed') return `${header} - ${before}`;
    return kind === 'changed' ? `${header}: ${before} → ${after}` : `${header} moved: ${before} → ${after}`;
  });

const start = '\nINVITE sip:bob@example.com SIP/2.0\n';
const headers = (...all: string[]): string => `${start}${all.join('\n')}\n\n`;

describe('what a proxy does', () => {
  const before = `
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport
Max-Forwards: 70
Route: <sip:proxy.example.com;lr>
From: "Alice" <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: c
CSeq: 1 INVITE
Contact: <sip:alice@192.0.2.1>
Supported: replaces, timer, 100rel
Content-Type: application/sdp
Content-Length: 1

v=0
o=- 1 1 IN IP4 192.0.2.1
s=-
c=IN IP4 192.0.2.1
t=0 0
m=audio 4000 RTP/AVP 8 0 101
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
`;
  const after = `
INVITE sip:bob@198.51.100.7:5080 SIP/2.0
Record-Route: <sip:203.0.113.9;lr>
Via: SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKb
Via: SIP/2.0/UDP 192.0.2.1:5060;received=192.0.2.55;branch=z9hG4bKa;rport=5062
Max-Forwards: 69
From: "Alice" <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: c
CSeq: 1 INVITE
Contact: <sip:alice@192.0.2.55:5062>
Supported: replaces, timer
Content-Type: application/sdp
Content-Length: 1

v=0
o=- 1 2 IN IP4 203.0.113.9
s=-
c=IN IP4 203.0.113.9
t=0 0
m=audio 30000 RTP/AVP 0 101
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=sendonly
`;
  test('is told element by element, the SDP by meaning', () => {
    const length = /Content-Length: 1/u;
    const body = (text: string): string =>
      text.replace(length, `Content-Length: ${text.split('\n\n')[1]?.replaceAll('\n', '\r\n').length}`);
    expect(lines(body(before), body(after)).filter((line) => !line.startsWith('Content-Length'))).toEqual([
      'start line: INVITE sip:bob@example.com SIP/2.0 → INVITE sip:bob@198.51.100.7:5080 SIP/2.0',
      'Record-Route + <sip:203.0.113.9;lr>',
      'Via + SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKb',
      'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport → SIP/2.0/UDP 192.0.2.1:5060;received=192.0.2.55;branch=z9hG4bKa;rport=5062',
      'Max-Forwards: 70 → 69',
      'Route - <sip:proxy.example.com;lr>',
      'Contact: <sip:alice@192.0.2.1> → <sip:alice@192.0.2.55:5062>',
      'Supported - 100rel',
      'SDP o=: - 1 1 IN IP4 192.0.2.1 → - 1 2 IN IP4 203.0.113.9',
      'SDP c=: 192.0.2.1 → 203.0.113.9',
      'SDP audio 1: port: 4000 → 30000',
      'SDP audio 1: direction: sendrecv → sendonly',
      'SDP audio 1: codec - PCMA/8000',
      'SDP audio 1: a=fmtp of telephone-event/8000: 0-15 → 0-16',
      'SDP audio 1: a=ptime + 20',
    ]);
  });
});

describe('headers', () => {
  test('compact names, folds, white space and how lists share lines are no change', () => {
    expect(
      diff(
        headers(
          'Via: SIP/2.0/UDP a;branch=1',
          'Via: SIP/2.0/UDP b;branch=2',
          'Supported: x, y',
          'To: "A  B" <sip:b@c>;tag=1',
          'X-Foo: a  b',
        ),
        headers(
          'v: SIP/2.0/UDP a;branch=1 ,SIP/2.0/UDP b ; branch = 2',
          'k: x',
          'K:y',
          't: "A  B"<sip:b@c> ;\n tag=1',
          'x-foo: a b',
        ),
      ),
    ).toEqual([]);
    // Within quotes white space counts.
    expect(lines(headers('To: "A  B" <sip:b@c>'), headers('To: "A B" <sip:b@c>'))).toHaveLength(1);
  });

  test('lists: members of sets come and go; another order is one move', () => {
    expect(lines(headers('Allow: INVITE, ACK, BYE'), headers('Allow: ACK, BYE, INFO'))).toEqual([
      'Allow + INFO',
      'Allow - INVITE',
    ]);
    expect(lines(headers('Allow: INVITE, ACK, BYE'), headers('Allow: BYE, INVITE, ACK'))).toEqual([
      'Allow moved: INVITE, ACK, BYE → BYE, INVITE, ACK',
    ]);
  });

  test('paths: an element put in or taken away, its parameters changed', () => {
    expect(lines(headers('Route: <sip:a;lr>, <sip:b;lr>'), headers('Route: <sip:b;lr>'))).toEqual([
      'Route - <sip:a;lr>',
    ]);
    expect(lines(headers('Record-Route: <sip:a;lr>'), headers('Record-Route: <sip:b;lr>,<sip:a;lr;nat=yes>'))).toEqual([
      'Record-Route + <sip:b;lr>',
      'Record-Route: <sip:a;lr> → <sip:a;lr;nat=yes>',
    ]);
  });

  test('a header that stands elsewhere has moved; others around it have not', () => {
    expect(
      lines(headers('X-A: 1', 'X-B: 2', 'X-C: 3', 'X-D: 4'), headers('X-B: 2', 'X-C: 3', 'X-A: 1', 'X-D: 4')),
    ).toEqual(['X-A moved: first → behind X-C']);
  });

  test('removed ones stand where they stood, headers without a value count, too', () => {
    expect(lines(headers('X-A: 1', 'X-B: 2', 'X-C: 3'), headers('X-A: 1', 'X-X:', 'X-C: 4'))).toEqual([
      'X-B - 2',
      'X-X + ',
      'X-C: 3 → 4',
    ]);
    expect(lines(headers('Supported:'), headers('X-A: 1'))).toEqual(['Supported - ', 'X-A + 1']);
  });

  test('a request and its response', () => {
    expect(
      lines(
        headers('Via: SIP/2.0/UDP p;branch=2', 'Via: SIP/2.0/UDP a;branch=1', 'Max-Forwards: 70', 'To: <sip:b@c>'),
        '\nSIP/2.0 180 Ringing\nVia: SIP/2.0/UDP a;branch=1\nTo: <sip:b@c>;tag=9\n\n',
      ),
    ).toEqual([
      'start line: INVITE sip:bob@example.com SIP/2.0 → SIP/2.0 180 Ringing',
      'Via - SIP/2.0/UDP p;branch=2',
      'Max-Forwards - 70',
      'To: <sip:b@c> → <sip:b@c>;tag=9',
    ]);
  });
});

describe('bodies', () => {
  const sdp = (...all: string[]): string => `${start}c: application/sdp\n\nv=0\n${all.join('\n')}\n`;

  test('codecs: another order, another payload type', () => {
    expect(
      lines(
        sdp('m=audio 1 RTP/AVP 0 8 96', 'a=rtpmap:96 opus/48000/2'),
        sdp('m=audio 1 RTP/AVP 111 0 8', 'a=rtpmap:111 opus/48000/2'),
      ),
    ).toEqual([
      'SDP audio 1: codec moved: PCMU/8000, PCMA/8000, opus/48000/2 → opus/48000/2, PCMU/8000, PCMA/8000',
      'SDP audio 1: payload type of opus/48000/2: 96 → 111',
    ]);
  });

  test('a rtpmap for a static type is no change', () => {
    expect(lines(sdp('m=audio 1 RTP/AVP 0'), sdp('m=audio 1 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=sendrecv'))).toEqual(
      [],
    );
  });

  test('c= is told once, where it changed', () => {
    const own = (session: string, audio: string): string =>
      sdp(`c=IN IP4 ${session}`, 'm=audio 1 RTP/AVP 0', `c=IN IP4 ${audio}`, 'm=video 2 RTP/AVP 31');
    expect(lines(own('1.1.1.1', '2.2.2.2'), own('1.1.1.1', '3.3.3.3'))).toEqual(['SDP audio 1: c=: 2.2.2.2 → 3.3.3.3']);
    expect(lines(own('1.1.1.1', '2.2.2.2'), own('9.9.9.9', '2.2.2.2'))).toEqual(['SDP c=: 1.1.1.1 → 9.9.9.9']);
  });

  test('sections: refused, added, T.38', () => {
    expect(
      lines(
        sdp('m=audio 1 RTP/AVP 0', 'm=video 2 RTP/AVP 31'),
        sdp('m=audio 1 RTP/AVP 0', 'm=video 0 RTP/AVP 31', 'm=audio 5 RTP/AVP 8'),
      ),
    ).toEqual(['SDP video 1: port: 2 → 0', 'SDP audio 2 + audio 5 RTP/AVP 8']);
    expect(lines(sdp('m=audio 1 RTP/AVP 0'), sdp('m=image 4 udptl t38'))).toEqual([
      'SDP audio 1 - audio 1 RTP/AVP 0',
      'SDP image 1 + image 4 udptl t38',
    ]);
  });

  test('other bodies by their text; added and removed ones by type and size', () => {
    const text = (body: string): string => `${start}c: text/plain\n\n${body}`;
    expect(lines(text('hello'), text('world'))).toEqual(['body: hello → world']);
    expect(lines(text('hello'), text(''))).toEqual(['body - text/plain, 5 bytes']);
    expect(lines(text(''), text('hello'))).toEqual(['body + text/plain, 5 bytes']);
  });
});

test('a message has no difference to itself, and nothing throws on two others', () => {
  fc.assert(
    fc.property(madeMessage, madeMessage, (a, b) => {
      expect(diffMessages(readMessage(a.bytes), readMessage(a.bytes))).toEqual([]);
      for (const { kind, before, after } of diffMessages(readMessage(a.bytes), readMessage(b.bytes))) {
        expect([before === null, after === null]).toEqual([kind === 'added', kind === 'removed']);
      }
    }),
    { seed: 16, numRuns: 300 },
  );
});

test('long lists and thousands of headers take no time to speak of', () => {
  const many = (name: (i: number) => string): string => headers(...Array.from({ length: 5000 }, (_, i) => name(i)));
  expect(
    diff(
      many((i) => `X-${i}: 1`),
      many((i) => `X-${4999 - i}: 2`),
    ).length,
  ).toBeGreaterThan(5000);
  expect(
    diff(
      many((i) => `k: a${i}`),
      many((i) => `k: b${i}`),
    ),
  ).toHaveLength(10_000);
});
