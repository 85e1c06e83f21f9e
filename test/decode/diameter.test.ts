import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeDiameter, readAuthVectors } from '../../core/decode/diameter.ts';
import { nothingKnown, Ring } from '../../core/ipsec/ring.ts';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { connection } from './streams.ts';

/* Keys are taken out of Multimedia-Auth-Answers, over TCP in any segments and over SCTP, and broken ones throw nothing. */

const { concat, u32, u8 } = build;
const text = (word: string): Uint8Array => new TextEncoder().encode(word);
const random = new build.Random(3);
const ck = random.bytes(16);
const ik = random.bytes(16);
const challenge = random.bytes(32);

function avp(code: number, data: Uint8Array, vendor = 0): Uint8Array {
  const header = vendor === 0 ? 8 : 12;
  const padding = new Uint8Array(-data.length & 3);
  const flags = vendor === 0 ? 0x40 : 0xc0;
  return concat(u32(code, flags * 2 ** 24 + header + data.length), vendor === 0 ? u8() : u32(vendor), data, padding);
}

function diameter(command: number, isRequest: boolean, avps: readonly Uint8Array[]): Uint8Array {
  const body = concat(...avps);
  const flags = isRequest ? 0xc0 : 0x40;
  return concat(u32(2 ** 24 + 20 + body.length, flags * 2 ** 24 + command, 16_777_216, 7, 9), body);
}

const answer = diameter(303, false, [
  avp(263, text('session;1;2')),
  avp(1, text('001@ims.example')),
  avp(601, text('sip:001@ims.example'), 10_415),
  avp(
    612,
    concat(avp(613, u32(1), 10_415), avp(609, challenge, 10_415), avp(625, ck, 10_415), avp(626, ik, 10_415)),
    10_415,
  ),
  avp(268, u32(2001)),
]);
const other = diameter(280, true, [avp(264, text('hss.example')), avp(296, text('example'))]);
const wanted = { impi: '001@ims.example', impu: 'sip:001@ims.example', challenge, ck, ik };
const diameterEnds = [
  { host: '10.0.0.1', port: 40_000 },
  { host: '10.0.0.2', port: 3868 },
] as const;

function learnt(decoding: Decoding): string[] {
  const { ring } = decoding.packet;
  return ring instanceof Ring ? ring.pairs.all.map(({ kind, impi }) => `${kind} ${impi}`) : [];
}

test('the bytes as RFC 6733 and TS 29.229 draw them', () => {
  expect(readAuthVectors(answer, 0, answer.length)).toStrictEqual([wanted]);
});

test.each([1, 7, 19, 20, 21, 100, 1000])('over TCP, in segments of %i bytes, among others', (size) => {
  const bytes = concat(other, answer, other, answer);
  const tcp = connection(...diameterEnds);
  const decoding = new Decoding(nothingKnown);
  const ranges = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i): [number, number] => [
    i * size,
    Math.min(bytes.length, (i + 1) * size),
  ]);
  const packets = [...tcp.open(), ...tcp.send('client', bytes, { ranges })];
  for (const packet of packets) decoding.feed(build.ethernetOf(packet));
  decoding.finish();
  // Two answers in packets of their own are two; in one packet they are the same keys.
  expect(new Set(learnt(decoding))).toStrictEqual(new Set(['diameter 001@ims.example']));
  expect(decoding.messages).toStrictEqual([]);
  expect(decoding.faultCodes()).toStrictEqual([]);
});

test.each([400, 60])('over SCTP, also in fragments (%i bytes)', (size) => {
  const decoding = new Decoding(nothingKnown);
  const chunks = build.sctpFragments({ tsn: 5, stream: 1, sequence: 0, protocol: 46 }, answer, size);
  for (const chunk of chunks) {
    const packet = build.ip('10.0.0.1', '10.0.0.2', 132, build.sctp({ sport: 40_000, dport: 3868, tag: 77 }, [chunk]));
    decoding.feed(build.ethernetOf(packet));
  }
  decoding.finish();
  expect(learnt(decoding)).toStrictEqual(['diameter 001@ims.example']);
});

test('every length, with rubbish behind the end', () => {
  for (let length = 0; length < answer.length; length++) {
    const bytes = concat(answer.subarray(0, length), new Uint8Array(64).fill(0xff));
    const found = readAuthVectors(bytes, 0, length);
    expect(found.every((one) => one.ck === null || Buffer.from(ck).equals(one.ck))).toBe(true);
    looksLikeDiameter(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, length);
  }
});

test('bytes changed anywhere throw nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const bytes = answer.slice();
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      readAuthVectors(bytes, 0, bytes.length);
      const decoding = new Decoding(nothingKnown);
      const tcp = connection(...diameterEnds);
      for (const packet of [...tcp.open(), ...tcp.send('client', bytes)]) decoding.feed(build.ethernetOf(packet));
      decoding.finish();
    }),
    { numRuns: 200, seed: 5 },
  );
});
