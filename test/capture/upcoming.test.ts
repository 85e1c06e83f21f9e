import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../core/capture/formats.ts';
import type { CaptureReader } from '../../core/capture/reader.ts';
import * as build from '../../fixtures/builder/index.ts';

/* What a reader says of packets that come next is what it finds when it gets there, and it never says anything of bytes
   that are not there. */

const packets: build.Packet[] = Array.from({ length: 40 }, (_, number) => ({
  time: BigInt(number) * 1_000_000n,
  bytes: new Uint8Array((number * 37) % 300).fill(number),
}));
const captures: readonly (readonly [string, Uint8Array])[] = [
  ['pcap', build.pcap(packets)],
  ['pcap, the other byte order', build.pcap(packets, { bigEndian: true })],
  ['pcap, modified', build.pcap(packets, { modified: true })],
  ['pcapng', build.pcapng(packets)],
];

/** Reads up to the first packet; returns what follows it. */
function begun(bytes: Uint8Array): { reader: CaptureReader; at: number } | null {
  const reader = detect(bytes)?.open();
  if (reader === undefined) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length;) {
    const used = reader.next(bytes, view, at, bytes.length);
    if (used <= 0) return null;
    at += used;
    if (reader.packet) return { reader, at };
  }
  return null;
}

describe.each(captures)('%s', (_, bytes) => {
  test('is what is found then', () => {
    const one = begun(bytes);
    if (one === null) throw new Error('there are packets');
    const { reader } = one;
    const view = new DataView(bytes.buffer);
    for (const room of [1024, 7]) {
      const into = new Int32Array(2 * room);
      const found = reader.upcoming?.(view, one.at, bytes.length, into) ?? 0;
      expect(found).toBe(Math.min(room, packets.length - 1));
      const again = begun(bytes);
      if (again === null) throw new Error('it is the same');
      let { at } = again;
      for (let number = 0; number < found; number++) {
        at += again.reader.next(bytes, view, at, bytes.length);
        const { dataAt, captured } = again.reader;
        expect([into[2 * number], into[2 * number + 1]]).toStrictEqual([dataAt, dataAt + captured]);
      }
    }
  });

  test('stays within what is there, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(bytes.length),
        (changes, end) => {
          const one = begun(bytes);
          if (one === null || end < one.at) return;
          const changed = bytes.slice();
          for (const [at, byte] of changes) changed[at] = byte;
          const into = new Int32Array(200);
          const found = one.reader.upcoming?.(new DataView(changed.buffer), one.at, end, into) ?? 0;
          let before = one.at;
          for (let i = 0; i < 2 * found; i++) {
            expect(into[i]).toBeGreaterThanOrEqual(before);
            before = into[i] as number;
          }
          expect(before).toBeLessThanOrEqual(end);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
