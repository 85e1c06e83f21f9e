/* RFC 5118 (SIP torture tests for IPv6), each by the section there: where addresses end and ports begin. */
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { readMessage } from '../../core/decode/sip-message.ts';
import { looksLikeSip } from '../../core/decode/sip-start.ts';
import { readUri } from '../../core/decode/sip-uri.ts';
import { readVia } from '../../core/decode/sip-via.ts';
import { sip } from './sip-text.ts';

const uri = (text: string): ReturnType<typeof readUri> => readUri(utf8(text));
const via = (text: string): ReturnType<typeof readVia> => readVia(utf8(text));

describe('Request-URI', () => {
  test('4.1: with brackets, with and without a port', () => {
    expect(uri('sip:[2001:db8::10]')).toMatchObject({ user: null, host: '2001:db8::10', port: null });
    expect(uri('sip:user@[2001:db8::10]:5070;transport=tcp')).toMatchObject({
      user: 'user',
      host: '2001:db8::10',
      port: 5070,
      params: [{ name: 'transport', value: 'tcp' }],
    });
  });

  test('4.2: without brackets nobody can tell a port: all of it is the host', () => {
    expect(uri('sip:2001:db8::10')).toMatchObject({ host: '2001:db8::10', port: null });
  });

  test('4.3, 4.4: a port within the brackets is part of the address; outside it is a port', () => {
    expect(uri('sip:[2001:db8::10:5070]')).toMatchObject({ host: '2001:db8::10:5070', port: null });
    expect(uri('sip:[2001:db8::10]:5070')).toMatchObject({ host: '2001:db8::10', port: 5070 });
  });
});

describe('Via', () => {
  test('4.5: received with and without brackets', () => {
    expect(via('SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111')).toMatchObject({
      host: '2001:db8::9:1',
      port: null,
      received: '[2001:db8::9:255]',
      branch: 'z9hG4bKas3-111',
    });
    expect(via('SIP/2.0/UDP [2001:db8::9:1]:5060;received=2001:db8::9:255;branch=z9hG4bKas3')).toMatchObject({
      host: '2001:db8::9:1',
      port: 5060,
      received: '2001:db8::9:255',
      branch: 'z9hG4bKas3',
    });
  });

  test('without brackets all of it is the host', () => {
    expect(via('SIP/2.0/UDP 2001:db8::9;branch=z9')).toMatchObject({ host: '2001:db8::9', port: null, branch: 'z9' });
  });

  test('4.7: several values and families, with white space around the parts', () => {
    const bytes = sip(`
OPTIONS sip:[2001:db8::10] SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1] : 5060 ;received="[2001:db8::9:255]";branch=z9hG4bKas3, SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKb
Call-ID: SSG95523997077@hlau_4100
Max-Forwards: 70
Contact: "Caller" <sip:caller@[2001:db8::1]>
CSeq: 921 OPTIONS
l: 0

`);
    const message = readMessage(bytes);
    expect(message.vias.map(({ host, port, received, branch }) => [host, port, received, branch])).toEqual([
      ['2001:db8::9:1', 5060, '[2001:db8::9:255]', 'z9hG4bKas3'],
      ['192.0.2.1', null, null, 'z9hG4bKb'],
    ]);
    expect(message.faults).toEqual([]);
    const head = new SipHead();
    head.scan(bytes, 0, bytes.length);
    expect(new TextDecoder().decode(bytes.subarray(head.sentByAt, head.sentByEnd))).toBe('[2001:db8::9:1] : 5060');
  });
});

test('4.10: three colons, as the grammar of RFC 3261 had it', () => {
  expect(uri('sip:user@[2001:db8:::192.0.2.1]:5060')).toMatchObject({ host: '2001:db8:::192.0.2.1', port: 5060 });
});

test('4.6, 4.8, 4.9: SDP with IPv6, with both families, with a mapped address', () => {
  const bytes = sip(`
INVITE sip:user@[2001:db8::20] SIP/2.0
t: sip:user@[2001:db8::20]
f: sip:user@example.com;tag=1
v: SIP/2.0/UDP [2001:db8::20];branch=z9hG4bKas3-111
i: c
CSeq: 1 INVITE
m: <sip:user@[2001:db8::20]>
c: application/sdp

v=0
o=assistant 971731711378798081 0 IN IP6 2001:db8::20
s=Live video feed for today's meeting
c=IN IP6 2001:db8::20
t=3338481189 3370017201
m=audio 6000 RTP/AVP 2
a=rtpmap:2 G726-32/8000
m=video 6024 RTP/AVP 107
c=IN IP4 192.0.2.1/127
a=rtpmap:107 H263-1998/90000
m=audio 6026 RTP/AVP 0
c=IN IP6 ::ffff:192.0.2.7
`);
  expect(looksLikeSip(bytes, 0, bytes.length)).toBe(true);
  expect(readMessage(bytes).parts[0]?.sdp?.media.map(({ address }) => address)).toEqual([
    '2001:db8::20',
    '192.0.2.1',
    '::ffff:192.0.2.7',
  ]);
});
