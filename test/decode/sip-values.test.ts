import { expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/text.ts';
import { readCredentials } from '../../core/decode/sip-auth.ts';
import { canonicalName, compactName, isListHeader } from '../../core/decode/sip-headers.ts';
import { parameter, valueEnd } from '../../core/decode/sip-params.ts';
import { elements, paramValue, readParams } from '../../core/decode/sip-values.ts';
import { readVia, readVias } from '../../core/decode/sip-via.ts';

test('names: compact forms and any case lead to the spelling of the RFC', () => {
  for (const [written, canonical] of [
    ['i', 'Call-ID'],
    ['CALL-ID', 'Call-ID'],
    ['v', 'Via'],
    ['k', 'Supported'],
    ['x', 'Session-Expires'],
    ['o', 'Event'],
    ['r', 'Refer-To'],
    ['b', 'Referred-By'],
    ['y', 'Identity'],
    ['d', 'Request-Disposition'],
    ['cseq', 'CSeq'],
    ['www-authenticate', 'WWW-Authenticate'],
    ['p-asserted-identity', 'P-Asserted-Identity'],
    ['X-Whatever', 'X-Whatever'],
    ['constructor', 'constructor'],
  ] as const) {
    expect(canonicalName(written)).toBe(canonical);
  }
  expect([compactName('call-id'), compactName('Max-Forwards'), compactName('c')]).toEqual(['i', null, 'c']);
});

test('lists: only where the grammar has them; a date or a challenge keeps its commas', () => {
  for (const name of [
    'Via',
    'v',
    'Route',
    'record-route',
    'Contact',
    'k',
    'Require',
    'Allow',
    'Diversion',
    'Security-Verify',
  ]) {
    expect(isListHeader(name), name).toBe(true);
  }
  for (const name of [
    'Date',
    'WWW-Authenticate',
    'Authorization',
    'Subject',
    'From',
    'Call-ID',
    'User-Agent',
    'X-List',
  ]) {
    expect(isListHeader(name), name).toBe(false);
  }
});

test('elements: trimmed, empty ones kept, quotes and brackets respected', () => {
  const text = ' a , "b,c" ,<d,e>;x="\\",",, f ';
  const bytes = utf8(text);
  const places = elements(bytes, 0, bytes.length, 0x2c);
  const found: string[] = [];
  for (let i = 0; i < places.length; i += 2) found.push(text.slice(places[i], places[i + 1]));
  expect(found).toEqual(['a', '"b,c"', '<d,e>;x="\\","', '', 'f']);
});

test('parameters: quoted values, none, white space, empty ones left out', () => {
  const params = readParams(utf8('; a = "x;\\"y" ;b;;c=;d = 1 2'), 0, 27);
  expect(params).toEqual([
    { name: 'a', value: 'x;"y' },
    { name: 'b', value: null },
    { name: 'c', value: '' },
    { name: 'd', value: '1' },
  ]);
  expect([paramValue(params, 'A'), paramValue(params, 'b'), paramValue(params, 'z')]).toEqual(['x;"y', '', null]);
});

test.each<[string, string | null]>([
  ['<sip:a@b;tag=inner>;tag=outer', 'outer'],
  ['"; tag=quoted" <sip:a@b>; TAG = real ;x=1', 'real'],
  ['<sip:a@b>;mytag=1;tagged=2;tag=3', '3'],
  ['<sip:a@b>;tag', null],
  ['<sip:a@b>;tag=', ''],
  ['sip:a@b;tag=a.b%c', 'a.b%c'],
  ['"unclosed <sip:a@b>;tag=1', '1'],
  ['<sip:a@b;tag=unclosed', 'unclosed'],
])('the tag in %s', (text, tag) => {
  const bytes = utf8(text);
  const at = parameter(bytes, 0, bytes.length, 'tag');
  expect(at < 0 ? null : text.slice(at, valueEnd(bytes, at, bytes.length))).toBe(tag);
});

test('Via: all its parts', () => {
  expect(
    readVia(utf8('SIP/2.0/UDP erlang.example.com:5061;received=192.0.2.207;rport=9988;branch=z9hG4bK77asjd;ttl=16')),
  ).toEqual({
    protocol: 'SIP/2.0',
    transport: 'UDP',
    host: 'erlang.example.com',
    port: 5061,
    branch: 'z9hG4bK77asjd',
    received: '192.0.2.207',
    rport: 9988,
    asksRport: true,
    params: [
      { name: 'received', value: '192.0.2.207' },
      { name: 'rport', value: '9988' },
      { name: 'branch', value: 'z9hG4bK77asjd' },
      { name: 'ttl', value: '16' },
    ],
  });
  expect(readVia(utf8('SIP/2.0/WSS df7jal23ls0d.invalid;rport;branch=z9'))).toMatchObject({
    transport: 'WSS',
    port: null,
    received: null,
    rport: null,
    asksRport: true,
  });
  expect(readVia(utf8('SIP/2.0/UDP'))).toBeNull();
  expect(readVia(utf8('UDP host'))).toBeNull();
  expect(readVia(utf8('SIP/2.0/UDP host:99999'))).toMatchObject({ host: 'host', port: null });
  expect(readVias(utf8('SIP/2.0/UDP a;branch=1,,SIP/2.0/TLS b')).map(({ host, branch }) => [host, branch])).toEqual([
    ['a', '1'],
    ['b', null],
  ]);
});

test('credentials: digest, with commas in quotes; IMS keys', () => {
  expect(
    readCredentials(
      utf8('Digest realm="ims,net", nonce="a=b==", algorithm=AKAv1-MD5,qop="auth,auth-int" ,ck="00ff", ik="1"'),
    ),
  ).toEqual({
    scheme: 'Digest',
    params: [
      { name: 'realm', value: 'ims,net' },
      { name: 'nonce', value: 'a=b==' },
      { name: 'algorithm', value: 'AKAv1-MD5' },
      { name: 'qop', value: 'auth,auth-int' },
      { name: 'ck', value: '00ff' },
      { name: 'ik', value: '1' },
    ],
  });
  expect(readCredentials(utf8(' '))).toBeNull();
});
