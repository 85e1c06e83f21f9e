/* The valid messages of RFC 4475 (SIP torture tests), each by its name there, in our own words. All must come out whole. */
import { describe, expect, test } from 'vitest';
import { SipHead } from '../../core/decode/sip-head.ts';
import { readMessage } from '../../core/decode/sip-message.ts';
import { Summarizer } from '../../core/decode/sip-summary.ts';
import { readUri, unescaped } from '../../core/decode/sip-uri.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { joined, sip } from './sip-text.ts';

const uri = (text: string): ReturnType<typeof readUri> => readUri(utf8(text));

describe('3.1.1 valid messages', () => {
  test('wsinv: white space, folds, compact names, comma lists, escapes in quotes', () => {
    const message = readMessage(
      sip(`
INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : 150
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.3
s=-
c=IN IP4 192.0.2.4
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
`),
    );
    expect(message.method).toBe('INVITE');
    expect(message.requestUri).toBe('sip:vivekg@chair-dnrc.example.com;unknownparam');
    expect(message.to).toEqual({
      display: null,
      uri: 'sip:vivekg@chair-dnrc.example.com',
      params: [{ name: 'tag', value: '1918181833n' }],
    });
    expect(message.from).toEqual({
      display: 'J Rosenberg \\"',
      uri: 'sip:jdrosen@example.com',
      params: [{ name: 'tag', value: '98asjd8' }],
    });
    expect(message.header('Max-Forwards')).toBe('0068');
    expect(message.header('CSeq')).toBe('0009 INVITE');
    expect(message.header('Subject')).toBe('');
    expect(message.header('newfangledheader')).toBe('newfangled value continued newfangled value');
    expect(message.header('unknownheaderwithunusualvalue')).toBe(';;,,;;,;');
    expect(message.vias.map(({ protocol, transport, host, branch }) => [protocol, transport, host, branch])).toEqual([
      ['SIP/2.0', 'UDP', '192.0.2.2', '390skdjuw'],
      ['SIP/2.0', 'TCP', 'spindle.example.com', 'z9hG4bK9ikj8'],
      ['SIP/2.0', 'UDP', '192.168.255.111', 'z9hG4bK30239'],
    ]);
    expect(message.contacts).toEqual([
      {
        display: 'Quoted string ""',
        uri: 'sip:jdrosen@example.com',
        params: [
          { name: 'newparam', value: 'newvalue' },
          { name: 'secondparam', value: null },
          { name: 'q', value: '0.33' },
        ],
      },
    ]);
    expect(message.parts[0]?.sdp?.media.map(({ type, port, address }) => [type, port, address])).toEqual([
      ['audio', 49_217, '192.0.2.4'],
      ['video', 3227, '192.0.2.4'],
    ]);
    expect(message.faults.map(({ code }) => code)).toEqual([]);
  });

  test('wsinv: the index finds the same tags, branches and numbers', () => {
    const bytes = sip(`
INVITE sip:a@b SIP/2.0
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
i : wsinv.ndaksdj@192.0.2.1
cseq: 0009
  INVITE
l  : 0

`);
    const head = new SipHead();
    head.scan(bytes, 0, bytes.length);
    const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
    expect(text(head.toTagAt, head.toTagEnd)).toBe('1918181833n');
    expect(text(head.fromTagAt, head.fromTagEnd)).toBe('98asjd8');
    expect(text(head.branchAt, head.branchEnd)).toBe('z9hG4bK9ikj8');
    expect(text(head.sentByAt, head.sentByEnd)).toBe('spindle.example.com');
    expect(text(head.callIdAt, head.callIdEnd)).toBe('wsinv.ndaksdj@192.0.2.1');
    expect([head.viaCount, head.cseqNumber, head.contentLength, head.faults]).toEqual([2, 9, 0, 0]);
    expect(new Summarizer().summary(bytes, head)).toEqual({
      reason: null,
      requestUri: 'sip:a@b',
      from: '"J Rosenberg \\\\\\"" <sip:jdrosen@example.com>'.replace(' <', '       <'),
      to: 'sip:vivekg@chair-dnrc.example.com',
      branches: ['z9hG4bK9ikj8', 'z9hG4bK30239'],
      contentType: null,
      bodyLength: 0,
    });
  });

  test('intmeth: every character of a token in the method, of a user in the URI, UTF-8 in the display name', () => {
    const method = "!interesting-Method0123456789_*+`.%indeed'~";
    const user = "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)";
    const message = readMessage(
      sip(`
${method} sip:${user}@example.com SIP/2.0
Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+\`'~
To: "BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007F" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
From: token1~\` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="работающий";tag=_token~1'+\`*%!-.
Call-ID: intmeth.word%ZK-!.*_+'@word\`~)(><:\\/"][?}{
CSeq: 139122385 ${method}
Max-Forwards: 255
extensionHeader-!.%*+_\`'~:大停電
Content-Length: 0

`),
    );
    expect(message.method).toBe(method);
    expect(uri(message.requestUri ?? '')).toMatchObject({
      user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
      password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
      host: 'example.com',
    });
    expect(message.to?.display).toBe('BEL:\u0007 NUL:\u0000 DEL:\u007F');
    expect(message.from).toEqual({
      display: "token1~` token2'+_ token3*%!.-",
      uri: 'sip:mundane@example.com',
      params: [
        { name: "fromParam''~+*_!.-%", value: 'работающий' },
        { name: 'tag', value: "_token~1'+`*%!-." },
      ],
    });
    expect(message.header("extensionHeader-!.%*+_`'~")).toBe('大停電');
    expect(message.vias[0]?.branch).toBe("z9hG4bK-.!%66*_+`'~");
    expect(message.header('call-id')).toBe('intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{');
  });

  test('esc01, escnull: escapes stay as they are on the wire, and can be resolved', () => {
    const message = readMessage(
      sip(`
INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
To: sip:%75se%72@example.com
From: <sip:I%20have%20spaces@example.net>;tag=938
Max-Forwards: 87
i: esc01.239409asdfakjkn23onasd0-3234
CSeq: 234234 INVITE
Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
Contact:
  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
Contact: <sip:%00@host5.example.com>
Contact: <sip:%00%00@host5.example.com>
C: application/sdp
L: 0

`),
    );
    const request = uri(message.requestUri ?? '');
    expect(request).toMatchObject({ scheme: 'sip', user: 'sips%3Auser%40example.com', host: 'example.net' });
    expect(unescaped(request?.user ?? '')).toBe('sips:user@example.com');
    expect(unescaped(uri(message.from?.uri ?? '')?.user ?? '')).toBe('I have spaces');
    const [first, second, third] = message.contacts.map((contact) => uri(contact.uri));
    expect(unescaped(first?.user ?? '')).toBe('caller');
    expect(first?.params).toEqual([
      { name: '%6C%72', value: null },
      { name: 'n%61me', value: 'v%61lue%25%34%31' },
    ]);
    expect([unescaped(second?.user ?? ''), unescaped(third?.user ?? '')]).toEqual(['\u0000', '\u0000\u0000']);
    expect(message.faults.map(({ code }) => code)).toEqual([]);
  });

  test('esc02: % is a character of tokens, where it escapes nothing', () => {
    const message = readMessage(
      sip(`
RE%47IST%45R sip:registrar.example.com SIP/2.0
To: "%Z%45" <sip:resource@example.com>
From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
CSeq: 29344 RE%47IST%45R
Max-Forwards: 70
Contact: <sip:alias1@host1.example.com>
C%6Fntact: <sip:alias2@host2.example.com>
Contact: <sip:alias3@host3.example.com>
l: 0

`),
    );
    expect(message.method).toBe('RE%47IST%45R');
    expect(message.to?.display).toBe('%Z%45');
    expect(message.contacts.map((contact) => contact.uri)).toEqual([
      'sip:alias1@host1.example.com',
      'sip:alias3@host3.example.com',
    ]);
    expect(message.header('C%6Fntact')).toBe('<sip:alias2@host2.example.com>');
    expect(message.vias[0]?.branch).toBe('z9hG4bK209%fzsnel234');
    expect(message.faults).toEqual([]);
  });

  test('lwsdisp: no white space between display name and <', () => {
    const message = readMessage(
      sip(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: caller<sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: lwsdisp.1234abcd@funky.example.com
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
l: 0

`),
    );
    expect(message.from).toEqual({
      display: 'caller',
      uri: 'sip:caller@example.com',
      params: [{ name: 'tag', value: '323' }],
    });
    expect(message.faults).toEqual([]);
  });

  test('longreq: nothing is cut off', () => {
    const long = (word: string): string => word.repeat(60);
    const vias = Array.from({ length: 34 }, (_, i) => `SIP/2.0/UDP sip${i}.example.com;branch=z9hG4bK${long('k')}${i}`);
    const message = readMessage(
      sip(`
INVITE sip:user@example.com SIP/2.0
To: "I have a user name of ${long('extreme')} proportion"<sip:user@example.com:6000;unknownparam1=very${long('long')}value;longparam${long('name')}=shortvalue;very${long('long')}ParameterNameWithNoValue>
F: sip:${long('amazinglylongcallername')}@example.net;tag=12${long('982')}424;unknownheaderparam${long('name')}=unknowheaderparam${long('value')};unknownValueless${long('param')}
Call-ID: longreq.one${long('really')}longcallid
CSeq: 3882340 INVITE
Unknown-${long('Long')}-Name: unknown-${long('long')}-value; unknown-${long('long')}-parameter-name = unknown-long-parameter-value
${vias
  .slice(0, 30)
  .map((via) => `Via: ${via}`)
  .join('\n')}
V: ${vias.slice(30).join(',')}
Max-Forwards: 70
Contact: <sip:${long('amazinglylongcallername')}@host5.example.net>
Content-Length: 0

`),
    );
    expect(message.to?.display).toBe(`I have a user name of ${long('extreme')} proportion`);
    expect(uri(message.to?.uri ?? '')?.params).toHaveLength(3);
    expect(message.from?.params.map(({ value }) => value)).toEqual([
      `12${long('982')}424`,
      `unknowheaderparam${long('value')}`,
      null,
    ]);
    expect(message.vias.map(({ host }) => host)).toEqual(vias.map((_, i) => `sip${i}.example.com`));
    expect(message.header('call-id')).toBe(`longreq.one${long('really')}longcallid`);
    expect(message.faults).toEqual([]);
  });

  test('dblreq: over UDP a second request behind the first is no part of it', () => {
    const first = sip(`
REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=43251j3j324
Max-Forwards: 8
I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
Contact: sip:j.user@host.example.com
CSeq: 8 REGISTER
Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
Content-Length: 0

`);
    const message = readMessage(joined(first, sip('\nINVITE sip:joe@example.com SIP/2.0\nt: sip:joe@example.com\n\n')));
    expect([message.bodyAt, message.bodyEnd]).toEqual([first.length, first.length]);
    expect(message.parts).toEqual([]);
    expect(message.faults.map(({ code }) => code)).toEqual(['content-length-short']);
  });

  test('semiuri: semicolons in a user', () => {
    expect(uri('sip:user;par=u%40example.net@example.com')).toEqual({
      scheme: 'sip',
      user: 'user;par=u%40example.net',
      password: null,
      host: 'example.com',
      port: null,
      params: [],
      headers: [],
    });
  });

  test('transports: known and unknown ones', () => {
    const message = readMessage(
      sip(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: <sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: transports.kijh4akdnaqjkwendsasfdj
Accept: application/sdp
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw
Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
l: 0

`),
    );
    expect(message.vias.map(({ transport }) => transport)).toEqual(['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP']);
    expect(message.faults).toEqual([]);
  });

  test('mpart01: a multipart body with text and bytes that are no text', () => {
    const boundary = '7a9cbec02ceef655';
    const binary = Uint8Array.from([0x30, 0x82, 1, 0x52, 6, 9, 0x2a, 0x86, 0x0d, 0x0a, 0x2d, 0x2d, 0x37, 0, 0xff]);
    const body = joined(
      sip(
        `\nPreamble, which nobody shows\n--${boundary}\nContent-Type: text/plain\nContent-Transfer-Encoding: binary\n\nHello\n--${boundary}\n`,
      ),
      sip('\nContent-Type: application/octet-stream\nContent-Disposition: attachment;\n handling=required\n\n'),
      binary,
      sip(`\n\n--${boundary}--\nepilogue`),
    );
    const head = sip(`
MESSAGE sip:kumiko@example.org SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport
Max-Forwards: 70
Call-ID: mpart01.NzNCZDQ5
From: <sip:fluffy@example.com>;tag=2fb0dcc9
To: <sip:kumiko@example.org>
CSeq: 1 MESSAGE
Content-Type: multipart/mixed;boundary=${boundary}
Content-Length: ${body.length}

`);
    const message = readMessage(joined(head, body));
    expect(message.parts.map(({ contentType, text }) => [contentType, text])).toEqual([
      ['text/plain', 'Hello'],
      ['application/octet-stream', null],
    ]);
    const [, part] = message.parts;
    expect(message.bytes.slice(part?.at, part?.end)).toEqual(binary);
    expect(part?.headers.map(({ canonical, value }) => [canonical, value])).toEqual([
      ['Content-Type', 'application/octet-stream'],
      ['Content-Disposition', 'attachment; handling=required'],
    ]);
    expect(message.faults).toEqual([]);
  });

  test('unreason, noreason: any text in a reason phrase, or none', () => {
    const response = (line: string): Uint8Array =>
      sip(`
${line}
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Call-ID: unreason.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Content-Length: 0

`);
    const unreason = readMessage(response('SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое'));
    expect([unreason.status, unreason.reason]).toEqual([200, '= 2**3 * 5**2 но сто девяносто девять - простое']);
    const noreason = readMessage(response('SIP/2.0 100 '));
    expect([noreason.status, noreason.reason, noreason.version]).toEqual([100, '', 'SIP/2.0']);
    expect([...unreason.faults, ...noreason.faults]).toEqual([]);
  });
});
