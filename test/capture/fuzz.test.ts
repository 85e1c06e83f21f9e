import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { Decompressed, detectCompression } from '../../core/capture/compressed.ts';
import type { Compression } from '../../core/capture/decoder.ts';
import { detect } from '../../core/capture/formats.ts';
import {
  block,
  Bytes,
  enhanced,
  interfaceBlock,
  join,
  option,
  payload,
  pcapHeader,
  pcapRecord,
  resolution,
  section,
  simple,
} from './build.ts';
import { drain, sourceOf } from './drain.ts';

/** Whatever happens to a capture: reading ends, nothing is thrown, and what stands before the change is read as before. */

const big = { little: false };
const names = new Bytes().u16(1, 10).u8(192, 0, 2, 1).bytes('alice\0').pad().u32(0).done();

const captures: Readonly<Record<string, Uint8Array>> = {
  pcap: join(pcapHeader(), ...Array.from({ length: 8 }, (_, i) => pcapRecord({ data: payload(10 + 3 * i, i) }))),
  'pcap, old': join(
    pcapHeader({ version: [2, 3] }),
    pcapRecord({ data: payload(20), captured: 40, original: 20 }),
    pcapRecord(),
  ),
  'pcap, big endian': join(pcapHeader(big), pcapRecord(big), pcapRecord({ ...big, data: payload(3) })),
  pcapng: join(
    section(),
    interfaceBlock({ options: join(option(2, payload(5)), resolution(9)), snaplen: 50 }),
    enhanced({ data: payload(33) }),
    block(4, names),
    simple(payload(50), 99),
    section(big),
    interfaceBlock({ ...big, linkType: 113 }),
    enhanced(big),
    block(2, new Bytes(false).u16(0, 0).u32(1, 2, 9, 9).bytes(payload(9)).done(), big),
    block(0xbad, payload(20), big),
    enhanced({ ...big, data: payload(70) }),
  ),
  snoop: join(
    new Bytes(false).bytes('snoop\0\0\0').u32(2, 4).done(),
    new Bytes(false).u32(61, 61, 88, 0, 5, 6).bytes(payload(61)).pad().done(),
    new Bytes(false).u32(10, 10, 36, 0, 5, 6).bytes(payload(10)).pad().done(),
  ),
};

/** Values that are more likely to mean something than any other. */
const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 4, 0x0a, 0x7f, 0x80, 0xff));

for (const [name, whole] of Object.entries(captures)) {
  describe(`a capture: ${name}`, () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), byte), { minLength: 1, maxLength: 5 });

    test('survives changed and cut bytes', async () => {
      const original = (await drain(whole)).packets;
      const places = original.map(
        (packet) => Number(/at=(\d+)/.exec(packet)?.[1]) + Number(/ (\d+)\//.exec(packet)?.[1]),
      );
      await fc.assert(
        fc.asyncProperty(changes, fc.nat(whole.length), async (list, length) => {
          const bytes = whole.slice(0, length);
          for (const [at, value] of list) if (at < length) bytes[at] = value;
          if (detect(bytes) === null) return;
          const { packets, damage } = await drain(bytes);
          expect(packets.length).toBeLessThanOrEqual(bytes.length / 16);
          if (damage !== null) expect(damage.text).toMatch(/^[a-z].+[^.]$/);
          // What ends before the first change is as it was; pcapng needs the end of its block, and that is near.
          const first = Math.min(length, ...list.map(([at]) => at)) - 8;
          places.forEach((end, i) => {
            if (end < first) expect(packets[i]).toBe(original[i]);
          });
        }),
        { seed: 5, numRuns: 2000 },
      );
    });

    test('is read alike in pieces of any size, damaged or not', async () => {
      await fc.assert(
        fc.asyncProperty(
          changes,
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 20, max: 100 }),
          async (list, piece, chunk) => {
            const bytes = whole.slice();
            for (const [at, value] of list) bytes[at] = value;
            if (detect(bytes) === null) return;
            const { packets, damage } = await drain(bytes);
            expect(await drain(bytes, piece, chunk)).toMatchObject({ packets, damage });
          },
        ),
        { seed: 6, numRuns: 300 },
      );
    });

    test('survives gzip that is damaged', async () => {
      const packed = gzipSync(whole);
      await fc.assert(
        fc.asyncProperty(changes, fc.nat(packed.length), async (list, length) => {
          const bytes = Uint8Array.from(packed.subarray(0, length));
          for (const [at, value] of list) if (at < length) bytes[at] = value;
          const compression: Compression | null = detectCompression(bytes);
          if (compression === null) return;
          const source = new Decompressed(sourceOf(bytes), compression, () => Promise.resolve(sourceOf(bytes)));
          const target = new Uint8Array(100_000);
          let total = 0;
          for (let got = -1; got !== 0; total += got) got = await source.read(target, 0, target.length);
          expect(total).toBeLessThanOrEqual(1032 * bytes.length);
          await source.close();
        }),
        { seed: 7, numRuns: 60 },
      );
    });
  });
}
