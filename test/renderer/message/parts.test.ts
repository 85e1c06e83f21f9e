import { expect, test } from 'vitest';
import { outside, partsOf } from '../../../renderer/views/message/parts.ts';

function told(name: string, value: string): string[] {
  return partsOf(name, value).map((facts) => facts.map((fact) => `${fact.name}=${fact.value}`).join(' | '));
}

test('each hop of a Via list has its transport, sent-by and parameters', () => {
  expect(told('Via', 'SIP/2.0/UDP 10.0.0.1:5060;branch=z9;rport, SIP / 2.0 / TCP [::1];received=10.0.0.9')).toEqual([
    'transport=UDP | sent by=10.0.0.1:5060 | branch=z9 | rport=',
    'transport=TCP | sent by=[::1] | received=10.0.0.9',
  ]);
});

test('commas and semicolons in quotes and angle brackets separate nothing', () => {
  expect(told('Contact', String.raw`"Doe, \"J\"; x" <sip:a@h;transport=tcp>;expires=60, <sip:b@h>`)).toEqual([
    'name=Doe, "J"; x | URI=sip:a@h;transport=tcp | expires=60',
    'URI=sip:b@h',
  ]);
  expect(told('From', 'sip:a@h;tag=1')).toEqual(['URI=sip:a@h | tag=1']);
});

test('CSeq, credentials and other parameters', () => {
  expect(told('CSeq', '315 INVITE')).toEqual(['number=315 | method=INVITE']);
  expect(told('WWW-Authenticate', 'Digest realm="a,b", nonce="x"')).toEqual(['scheme=Digest | realm=a,b | nonce=x']);
  expect(told('Content-Type', 'multipart/mixed;boundary="x"')).toEqual(['value=multipart/mixed | boundary=x']);
});

test('what does not follow the grammar, or is too long, is left as it is', () => {
  for (const value of ['', 'nonsense', 'SIP/2.0', '<', '"', 'x'.repeat(100_000)])
    expect(told('Via', value)).toEqual([]);
  expect(told('To', '*')).toEqual([]);
  expect(told('Subject', 'a;b=c')).toEqual([]);
  expect(told('Route', `${'<sip:h>,'.repeat(400)}<sip:h>`).length).toBeLessThanOrEqual(40);
});

test('cutting loses nothing', () => {
  for (const text of ['a,b', '"a,b', '<a,b>,c', ',,', String.raw`"\",",x`])
    expect(outside(text, ',').join(',')).toBe(text);
});
