/* The invalid messages of RFC 4475 (SIP torture tests), each by its name there, in our own words: what is wrong is said, and the rest comes out all the same. */
import { describe, expect, test } from 'vitest';
import { faultCodes } from '../../core/decode/sip-faults.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { readMessage, type SipMessage } from '../../core/decode/sip-message.ts';
import { looksLikeSip } from '../../core/decode/sip-start.ts';
import { readUri } from '../../core/decode/sip-uri.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { sip } from './sip-text.ts';

const codes = (message: SipMessage): string[] => [...new Set(message.faults.map(({ code }) => code))];

/** A well-formed request but for the lines given, which take the place of those with the same name. */
function request(
  lines: Record<string, string | null>,
  line = 'INVITE sip:user@example.com SIP/2.0',
  body = '',
): SipMessage {
  const headers: Record<string, string | null> = {
    To: 'sip:j.user@example.com',
    From: 'sip:caller@example.net;tag=134161461246',
    'Max-Forwards': '7',
    'Call-ID': 'torture.0ha0isndaksdjasdf3234nas',
    CSeq: `8 ${line.split(' ')[0] ?? ''}`,
    Via: 'SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw',
    'Content-Length': String(body.length),
    ...lines,
  };
  const present = Object.entries(headers).filter(([, value]) => value !== null);
  const bytes = sip(`${line}\n${present.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body}`);
  expect(looksLikeSip(bytes, 0, bytes.length)).toBe(true);
  return readMessage(bytes);
}

const sdp = 'v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n';

test('the request that the cases change is faultless itself', () => {
  expect(request({}).faults).toEqual([]);
});

describe('3.1.2 invalid messages', () => {
  test('badinv01: separators with nothing between them', () => {
    const message = request({
      Via: 'SIP/2.0/UDP 192.0.2.15;;,;,,',
      Contact: '"Joe" <sip:joe@example.org>;;;;',
    });
    expect(codes(message)).toContain('empty-element');
    expect(message.vias.map(({ host }) => host)).toEqual(['192.0.2.15']);
    expect(message.contacts).toEqual([{ display: 'Joe', uri: 'sip:joe@example.org', params: [] }]);
  });

  test('clerr: Content-Length beyond the datagram; the body is what there is', () => {
    const message = request({ 'Content-Type': 'application/sdp', 'Content-Length': '9999' }, undefined, sdp);
    expect(codes(message)).toEqual(['content-length-beyond']);
    expect(message.parts[0]?.sdp?.origin).toBe('- 1 1 IN IP4 192.0.2.1');
  });

  test('ncl: a negative Content-Length', () => {
    const message = request({ 'Content-Type': 'application/sdp', 'Content-Length': '-999' }, undefined, sdp);
    expect(codes(message)).toEqual(['bad-content-length']);
    expect(message.parts[0]?.sdp).not.toBeNull();
  });

  test('scalar02: numbers that no field can hold', () => {
    const line = 'REGISTER sip:example.com SIP/2.0';
    const message = request(
      { CSeq: '36893488147419103232 REGISTER', 'Max-Forwards': '300', Expires: '10000000000000' },
      line,
    );
    expect(codes(message)).toEqual(['bad-max-forwards', 'bad-cseq']);
    const head = new SipHead();
    head.scan(message.bytes, 0, message.bytes.length);
    expect([head.cseqNumber, head.maxForwards, head.expires]).toEqual([0, -1, -1]);
  });

  test('scalarlg: the same in a response', () => {
    const message = readMessage(
      sip(
        '\nSIP/2.0 503 Service Unavailable\nv: SIP/2.0/TCP host;branch=z9hG4bKzz\nf: <sip:a@b>;tag=1\nt: <sip:a@b>;tag=2\ni: s\nCSeq: 9292394834772304023312 OPTIONS\nl: 0\n\n',
      ),
    );
    expect(codes(message)).toEqual(['bad-cseq']);
  });

  test('quotbal: a quote that nothing closes is a character, and the address is found', () => {
    const message = request({ To: '"Mr. J. User <sip:j.user@example.com>;tag=7' });
    expect(codes(message)).toEqual(['unclosed-quote']);
    expect(message.to).toEqual({
      display: '"Mr. J. User',
      uri: 'sip:j.user@example.com',
      params: [{ name: 'tag', value: '7' }],
    });
  });

  test('ltgtruri, lwsruri: brackets and white space in a Request-URI', () => {
    const brackets = request({}, 'INVITE <sip:user@example.com> SIP/2.0');
    expect([codes(brackets), brackets.requestUri]).toEqual([['bad-request-uri'], '<sip:user@example.com>']);
    const blank = request({}, 'INVITE sip:user@example.com; lr SIP/2.0');
    expect([codes(blank), blank.requestUri]).toEqual([['bad-request-uri'], 'sip:user@example.com; lr']);
  });

  test('lwsstart, trws: more than one space in the start line, and one behind it', () => {
    const message = request({}, 'INVITE  sip:user@example.com  SIP/2.0');
    expect([codes(message), message.requestUri]).toEqual([['start-line-spaces'], 'sip:user@example.com']);
    const behind = request({}, 'OPTIONS sip:remote-target@example.com SIP/2.0  ');
    expect([codes(behind), behind.requestUri]).toEqual([['start-line-spaces'], 'sip:remote-target@example.com']);
  });

  test('escruri: headers in a Request-URI are no part of its host', () => {
    const message = request({}, 'INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0');
    expect(readUri(utf8(message.requestUri ?? ''))).toMatchObject({
      host: 'example.com',
      headers: [{ name: 'Route', value: '%3Csip:example.com%3E' }],
    });
  });

  test('regbadct, badaspec, baddn: addresses that need brackets, or quotes, or no blanks', () => {
    const contact = request({ Contact: 'sip:user@example.com?Route=%3Csip:sip.example.com%3E' });
    expect(codes(contact)).toEqual(['bad-address']);
    const spaces = request({ To: '"Watson, Thomas" < sip:t.watson@example.org >' });
    expect([codes(spaces), spaces.to?.uri]).toEqual([['bad-address'], 'sip:t.watson@example.org']);
    const name = request({ From: 'Bell, Alexander <sip:a.g.bell@example.com>;tag=43' });
    expect([codes(name), name.from?.display, name.from?.uri]).toEqual([
      ['bad-display-name'],
      'Bell, Alexander',
      'sip:a.g.bell@example.com',
    ]);
  });

  test('badvers: another version', () => {
    const message = request({}, 'OPTIONS sip:t.watson@example.org SIP/7.0');
    expect([codes(message), message.version, message.requestUri]).toEqual([
      ['bad-version'],
      'SIP/7.0',
      'sip:t.watson@example.org',
    ]);
  });

  test('mismatch01, mismatch02: CSeq names another method', () => {
    expect(codes(request({ CSeq: '8 INVITE' }, 'OPTIONS sip:user@example.com SIP/2.0'))).toEqual(['cseq-method']);
    expect(codes(request({ CSeq: '8 INVITE' }, 'NEWMETHOD sip:user@example.com SIP/2.0'))).toEqual(['cseq-method']);
  });

  test('bigcode: a status that is none', () => {
    const message = readMessage(
      sip(
        '\nSIP/2.0 4294967301 better not break the receiver\nv: SIP/2.0/UDP h;branch=z9hG4bKzz\nf: <sip:a@b>;tag=1\nt: <sip:a@b>;tag=2\ni: b\nCSeq: 353494 INVITE\nl: 0\n\n',
      ),
    );
    expect(codes(message)).toEqual(['bad-status']);
    expect([message.isRequest, message.status, message.reason]).toEqual([false, null, 'better not break the receiver']);
  });
});

describe('3.2 to 3.4 transactions and applications', () => {
  test('badbranch: the cookie and nothing else', () => {
    expect(request({ Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK' }).vias[0]?.branch).toBe('z9hG4bK');
  });

  test('insuf: required headers are missing', () => {
    const message = request({ To: null, From: null, 'Call-ID': null });
    expect(codes(message)).toEqual(['no-call-id', 'no-from', 'no-to']);
  });

  test('unkscm, novelsc, unksm2: schemes that nobody knows', () => {
    for (const uri of ['nobodyKnowsThisScheme:totallyopaquecontent', 'soap.beep://192.0.2.103:3002']) {
      const message = request({}, `OPTIONS ${uri} SIP/2.0`);
      expect([codes(message), message.requestUri]).toEqual([[], uri]);
      expect(readUri(utf8(uri))).toMatchObject({ user: null, host: null });
    }
    const message = request({ To: 'isbn:2983792873', Contact: '<name:John_Smith>' });
    expect([message.faults, message.to?.uri, message.contacts[0]?.uri]).toEqual([
      [],
      'isbn:2983792873',
      'name:John_Smith',
    ]);
  });

  test('regaut01: credentials of an unknown scheme', () => {
    const message = request({ Authorization: 'NoOneKnowsThisScheme opaque-data=here' });
    expect(message.credentials('authorization')).toEqual([
      { scheme: 'NoOneKnowsThisScheme', params: [{ name: 'opaque-data', value: 'here' }] },
    ]);
  });

  test('multi01, mcl01: a header that may stand there once stands there twice; the first one counts', () => {
    const message = readMessage(
      sip(
        '\nINVITE sip:u@h SIP/2.0\nv: SIP/2.0/UDP h;branch=z9hG4bKzz\nCSeq: 59 INVITE\nCall-ID: first\nCall-ID: other\nf: <sip:a@b>;tag=1\nFrom: <sip:c@d>;tag=2\nCSeq: 60 INVITE\nt: <sip:a@b>\nl: 5\nContent-Length: 3\n\nhello',
      ),
    );
    expect(codes(message)).toEqual(['duplicate-header']);
    expect([message.header('i'), message.from?.uri, message.header('CSeq')]).toEqual(['first', 'sip:a@b', '59 INVITE']);
    expect(message.parts[0]?.text).toBe('hello');
    // The place is that of the second one.
    expect(message.faults[0]?.at).toBe(message.headers.find(({ value }) => value === 'other')?.at);
  });

  test('zeromf, cparam01, cparam02, regescrt: parameters stay with what they belong to', () => {
    expect(request({ 'Max-Forwards': '0' }).faults).toEqual([]);
    const outside = request({ Contact: 'sip:+19725552222@gw1.example.net;unknownparam' });
    expect(outside.contacts[0]).toEqual({
      display: null,
      uri: 'sip:+19725552222@gw1.example.net',
      params: [{ name: 'unknownparam', value: null }],
    });
    const inside = request({ Contact: '<sip:+19725552222@gw1.example.net;unknownparam>' });
    expect(inside.contacts[0]?.params).toEqual([]);
    const route = request({ Contact: '<sip:user@example.com?Route=%3Csip:sip.example.com%3E>' });
    expect([route.faults, route.contacts[0]?.uri]).toEqual([
      [],
      'sip:user@example.com?Route=%3Csip:sip.example.com%3E',
    ]);
  });

  test('inv2543: a request as RFC 2543 had it', () => {
    const message = request({
      Via: 'SIP/2.0/UDP iftgw.example.com',
      From: '<sip:+13035551111@ift.client.example.net;user=phone>',
      'Max-Forwards': null,
    });
    expect([message.faults, message.vias[0]?.branch]).toEqual([[], null]);
  });
});

test('the index notes the same faults as the full reading', () => {
  const { bytes, faults } = request({ CSeq: '-1 INVITE', 'Content-Length': 'x', To: null });
  const head = new SipHead();
  head.scan(bytes, 0, bytes.length);
  expect([...faultCodes(head.faults)].toSorted()).toEqual(faults.map(({ code }) => code).toSorted());
});

test('unusual start lines are told to be SIP', () => {
  for (const line of [
    "!interesting-Method0123456789_*+`.%indeed'~ sip:a@b SIP/2.0",
    'SIP/2.0 100 ',
    'A tel:1 SIP/2.0',
  ]) {
    const bytes = utf8(`${line}\r\n`);
    expect(looksLikeSip(bytes, 0, bytes.length)).toBe(true);
  }
});
