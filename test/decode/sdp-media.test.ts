import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSdp } from '../../core/decode/sdp.ts';
import { SdpMedia } from '../../core/decode/sdp-media.ts';

/** Reading many descriptions by what is known of those before must give what reading each by itself gives. */

const usual = (host: string, port: number, more: readonly string[] = []): string =>
  [
    'v=0',
    `o=- ${port} ${port} IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    ...more,
    `m=audio ${port} RTP/AVP 0 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=ptime:20',
    '',
  ].join('\r\n');

test('descriptions that are alike differ in address, port and direction only, and share the rest', () => {
  const reader = new SdpMedia();
  const [first] = reader.read(usual('192.0.2.1', 4000));
  const [second] = reader.read(usual('192.0.2.2', 5000, ['a=sendonly']));
  expect(first).toMatchObject({ address: '192.0.2.1', port: 4000, direction: 'sendrecv', ptimeMs: 20 });
  expect(second).toMatchObject({ address: '192.0.2.2', port: 5000, direction: 'sendonly', ptimeMs: 20 });
  expect(second?.codecs).toBe(first?.codecs);
});

const lines = fc.oneof(
  fc.constantFrom(
    'v=0',
    'o=- 1 1 IN IP4 192.0.2.1',
    'o=- 2 3 IN IP4 192.0.2.9',
    's=-',
    't=0 0',
    'c=IN IP4 192.0.2.1',
    'c=IN IP4 192.0.2.2/127',
    'c=IN IP6 2001:db8::1',
    'c=broken',
    'c=',
    'a=sendonly',
    'a=inactive',
    'a=recvonly',
    'a=ptime:20',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:96 opus/48000/2',
    'a=fmtp:96 x=1',
    'a=rtcp:5001',
    'm=audio 4000 RTP/AVP 0',
    'm=audio 4002 RTP/AVP 0',
    'm=audio 5000 RTP/AVP 0 96',
    'm=video 0 RTP/SAVP 96',
    'm=audio 70000 RTP/AVP 0',
    'm=audio 4000/2 RTP/AVP 0',
    'm=audio  4000 RTP/AVP 0',
    'm= audio 4000 RTP/AVP 0',
    'm=audio\t4000 RTP/AVP 0',
    'm=audio\u00A04000 5 RTP/AVP 0',
    'm=audio\u00A04000 6 RTP/AVP 0',
    'm=audio',
    'm=',
    'm=audio 4000',
    '',
    ' ',
    'x',
  ),
  fc.string({ maxLength: 12 }),
);
const descriptions = fc
  .array(fc.tuple(lines, fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n')), { maxLength: 14 })
  .map((parts) => parts.map(([line, end]) => line + end).join(''));

test('whatever a description holds, its sections are those that it has when it is read by itself', () => {
  fc.assert(
    fc.property(fc.array(descriptions, { minLength: 1, maxLength: 8 }), (texts) => {
      const reader = new SdpMedia();
      for (const text of [...texts, ...texts]) expect(reader.read(text)).toEqual(readSdp(text).media);
    }),
    { numRuns: 1500, seed: 20_260 },
  );
});

test('cut anywhere, and with other ports and addresses, it is the same as well', () => {
  const reader = new SdpMedia();
  const whole = usual('192.0.2.1', 4000, ['a=inactive']);
  for (let length = 0; length <= whole.length; length++) {
    for (const text of [whole.slice(0, length), whole.slice(0, length).replaceAll('4000', '6000')]) {
      expect(reader.read(text)).toEqual(readSdp(text).media);
    }
  }
});

test('more sections and longer texts than are usual are all there', () => {
  const long = usual('192.0.2.1', 4000, [`a=x:${'y'.repeat(9000)}`]);
  const reader = new SdpMedia();
  for (let again = 0; again < 2; again++) expect(reader.read(long)).toEqual(readSdp(long).media);
  const text = `v=0\r\n${'m=audio 4000 RTP/AVP 0\r\n'.repeat(40)}`;
  expect(new SdpMedia().read(text)).toEqual(readSdp(text).media);
});
