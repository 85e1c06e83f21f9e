import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadTime } from '../../core/decode/codec-time.ts';
import type { Codec } from '../../core/decode/sdp-codecs.ts';

function codec(name: string, clockRate = 8000, parameters: string | null = null, channels = 1): Codec {
  return { payloadType: 96, name, clockRate, channels, parameters };
}

const aligned = 'mode-set=7; octet-align=1';

test.each([
  ['PCMA', codec('PCMA'), 240, [], 30],
  ['G722: 64 kbit/s, whatever its clock', codec('G722'), 160, [], 20],
  ['L16 stereo', codec('L16', 44_100, null, 2), 1764, [], 10],
  ['G729, with a frame of noise behind', codec('G729'), 22, [], 30],
  ['G729 that fits no frame', codec('G729'), 21, [], null],
  ['GSM', codec('GSM'), 66, [], 40],
  ['iLBC, mode 30', codec('iLBC'), 50, [], 30],
  ['iLBC, mode 20', codec('iLBC'), 76, [], 40],
  ['G723, 6.3 kbit/s', codec('G723'), 24, [0], 30],
  ['AMR, octets, one frame', codec('AMR', 8000, aligned), 33, [0xf0, 0x3c], 20],
  ['AMR, octets, three frames', codec('AMR', 8000, aligned), 97, [0xf0, 0xbc, 0xbc, 0x3c], 60],
  // 1111 | 0 0111 1 | …
  ['AMR, dense, one frame', codec('AMR'), 32, [0xf3, 0xc0], 20],
  // 1111 | 1 0111 1 | 0 0111 1
  ['AMR, dense, two frames', codec('AMR'), 63, [0xfb, 0xdf, 0x80], 40],
  ['AMR-WB, a type that there is not', codec('AMR-WB', 16_000, aligned), 40, [0xf0, 0x5c], null],
  ['EVS, 13.2 kbit/s without header', codec('EVS', 16_000), 33, [0x80], 20],
  ['EVS, two entries', codec('EVS', 16_000), 69, [0x44, 0x04], 40],
  ['Opus, CELT 20 ms', codec('opus', 48_000), 80, [0xf8], 20],
  ['Opus, SILK 60 ms', codec('opus', 48_000), 80, [0x18], 60],
  ['Opus, two frames of 20 ms', codec('opus', 48_000), 80, [0xf9], 40],
  ['Opus, six frames', codec('opus', 48_000), 80, [0xfb, 6], 120],
  ['Opus, more than there may be', codec('opus', 48_000), 80, [0xfb, 7], null],
  ['speex says nothing', codec('speex'), 80, [0], null],
])('%s', (_, which, length, head, ms) => {
  expect(payloadTime(which, length, Uint8Array.from(head))?.ms ?? null).toBe(ms);
});

test('rubbish of any length gives a time between 0 and what fits, or null', () => {
  const names = ['PCMU', 'G729', 'GSM', 'iLBC', 'G723', 'AMR', 'AMR-WB', 'EVS', 'opus', 'DVI4', 'L16', 'nothing'];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.uint8Array({ maxLength: 30 }),
      fc.integer({ min: 0, max: 65_535 }),
      fc.boolean(),
      (name, head, length, isAligned) => {
        const time = payloadTime(codec(name, 8000, isAligned ? aligned : null), length, head);
        if (time !== null) expect(time.ms).toBeGreaterThan(0);
      },
    ),
  );
});
