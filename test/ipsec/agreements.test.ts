import { expect, test } from 'vitest';
import type { Mechanism, SecurityNotes } from '../../core/decode/security-notes.ts';
import { algorithmsOf, chosen, sidesOf } from '../../core/ipsec/agreement.ts';
import { Agreements } from '../../core/ipsec/agreements.ts';

/* Registrations and what they agree on: several phones at once, re-registrations inside the old associations, lost parts. */

const mechanism = (first: number, more: Partial<Mechanism> = {}): Mechanism => ({
  name: 'ipsec-3gpp',
  q: -1,
  alg: 'hmac-sha-1-96',
  ealg: 'aes-cbc',
  prot: 'esp',
  mode: 'trans',
  spiC: first,
  spiS: first + 1,
  portC: 5000 + (first % 1000),
  portS: 5001 + (first % 1000),
  ...more,
});

const notes = (more: Partial<SecurityNotes>): SecurityNotes => ({
  isRequest: true,
  status: 0,
  callId: 'a',
  cseq: 1,
  impi: '',
  impu: '',
  nonce: '',
  ck: '',
  ik: '',
  client: [],
  server: [],
  verify: [],
  ...more,
});
const ue = '10.0.0.1';
const pcscf = '10.0.0.9';
const up = (frame: number, src = ue) => ({ frame, time: frame, src, dst: pcscf });
const down = (frame: number, dst = ue) => ({ frame, time: frame, src: pcscf, dst });
const answer = (cseq: number, first: number, more: Partial<SecurityNotes> = {}): SecurityNotes =>
  notes({ isRequest: false, status: 401, cseq, server: [mechanism(first)], ...more });

test('a registration and its re-registration inside, each with four associations', () => {
  const all = new Agreements();
  all.take(notes({ client: [mechanism(1000)] }), up(1));
  all.take(answer(1, 7000, { nonce: 'N1' }), down(2));
  all.take(notes({ cseq: 2, client: [mechanism(1000)], verify: [mechanism(7000)] }), up(3));
  // Protected by the old associations, with SPIs for the new ones.
  all.take(notes({ cseq: 3, client: [mechanism(2000)], verify: [mechanism(7000)] }), up(10));
  all.take(answer(3, 8000, { nonce: 'N2' }), down(11));
  all.take(notes({ cseq: 4, client: [mechanism(2000)], verify: [mechanism(8000)] }), up(12));
  expect(all.all.map(({ nonce, verifyFrame, serverFrame }) => [nonce, serverFrame, verifyFrame])).toEqual([
    ['N1', 2, 3],
    ['N2', 11, 12],
  ]);
  expect(all.all.map((one) => sidesOf(one).map(({ spi, src, dst }) => `${spi} ${src} ${dst}`))).toEqual([
    [`7001 ${ue} ${pcscf}`, `1000 ${pcscf} ${ue}`, `1001 ${pcscf} ${ue}`, `7000 ${ue} ${pcscf}`],
    [`8001 ${ue} ${pcscf}`, `2000 ${pcscf} ${ue}`, `2001 ${pcscf} ${ue}`, `8000 ${ue} ${pcscf}`],
  ]);
  // What is known already says nothing new.
  expect(all.take(answer(3, 8000), down(13))).toBe(false);
});

test('two phones whose messages cross, and SPIs that both use', () => {
  const all = new Agreements();
  all.take(notes({ client: [mechanism(1000)] }), up(1));
  all.take(notes({ callId: 'b', client: [mechanism(1000)] }), up(2, '10.0.0.2'));
  all.take(answer(1, 7002, { callId: 'b' }), down(3, '10.0.0.2'));
  all.take(answer(1, 7000), down(4));
  expect(
    all
      .sides(1000)
      .map(({ dst }) => dst)
      .toSorted(),
  ).toEqual([ue, '10.0.0.2']);
  expect(all.sides(7001).map(({ src }) => src)).toEqual([ue]);
  expect(all.sides(7003).map(({ src }) => src)).toEqual(['10.0.0.2']);
});

test('without the REGISTER, or without the answer, the half that is known counts', () => {
  const all = new Agreements();
  all.take(answer(1, 7000), down(4));
  expect(all.sides(7001)).toHaveLength(1);
  all.take(notes({ callId: 'c', client: [mechanism(3000)], verify: [mechanism(9000)] }), up(5));
  expect(all.sides(9001)).toHaveLength(1);
  expect(all.sides(3000)).toHaveLength(1);
});

test('what is used is what the P-CSCF prefers of what was offered', () => {
  const all = new Agreements();
  const offers = ['null', 'aes-cbc'].flatMap((ealg) =>
    ['hmac-md5-96', 'hmac-sha-1-96'].map((alg) => mechanism(1000, { alg, ealg })),
  );
  all.take(notes({ client: offers }), up(1));
  const server = [
    mechanism(7000, { q: 0.1, alg: 'hmac-md5-96', ealg: 'null' }),
    mechanism(7000, { q: 0.5, ealg: 'aes-cbc' }),
    mechanism(7000, { q: 0.9, ealg: 'aes-gcm' }),
  ];
  all.take(answer(1, 0, { server }), down(2));
  const [one] = all.all;
  expect(one === undefined ? null : chosen(one)).toMatchObject({ alg: 'hmac-sha-1-96', ealg: 'aes-cbc' });
  expect(one === undefined ? [] : algorithmsOf(one)[0]).toEqual({ alg: 'hmac-sha-1-96', ealg: 'aes-cbc' });
});
