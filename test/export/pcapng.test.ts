import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PcapngWriter } from '../../core/export/pcapng.ts';
import type { PacketOut } from '../../core/export/pcapng.ts';
import { drain } from '../capture/drain.ts';

const bytes = Uint8Array.from({ length: 61 }, (_, i) => i);

function packet(change: Partial<PacketOut> = {}): PacketOut {
  return {
    seconds: 1_700_000_000,
    nanoseconds: 123_456_789,
    decimals: 9,
    linkType: 1,
    bytes,
    original: 1500,
    ...change,
  };
}

function written(...packets: readonly PacketOut[]): Uint8Array {
  const writer = new PcapngWriter();
  for (const each of packets) writer.add(each);
  return writer.take();
}

/** The packets of a file as our reader sees them, without the digest of their bytes. */
async function read(file: Uint8Array): Promise<string[]> {
  const { packets, damage } = await drain(file);
  expect(damage).toBeNull();
  return packets.map((each) => each.split(' ').slice(0, 4).join(' '));
}

const text = (file: Uint8Array): string => Buffer.from(file).toString('latin1');

describe('PcapngWriter', () => {
  test('writes what the reader reads back', async () => {
    expect(await read(written(packet(), packet({ decimals: 6, nanoseconds: 5_000, linkType: 113 }), packet()))).toEqual(
      [
        '1700000000.123456789 61/1500 link=1 if=0',
        '1700000000.000005000 61/1500 link=113 if=1',
        '1700000000.123456789 61/1500 link=1 if=0',
      ],
    );
  });

  test('writes an empty section where there are no packets', async () => {
    expect(await read(written())).toEqual([]);
    expect(text(written())).toContain('sipglass');
  });

  test('has an interface for each link type and clock, and says when link types are mixed', async () => {
    const writer = new PcapngWriter();
    writer.add(packet());
    writer.add(packet({ decimals: 6 }));
    writer.add(packet({ decimals: 3 }));
    expect(writer.mixed).toBe(false);
    writer.add(packet({ linkType: 101 }));
    expect(writer.mixed).toBe(true);
    const ids = (await read(writer.take())).map((each) => each.split('if=')[1]);
    expect(ids).toEqual(['0', '1', '1', '2']);
  });

  test('gives the file in parts that follow each other', async () => {
    const writer = new PcapngWriter();
    const parts = [writer.take()];
    for (let i = 0; i < 3000; i++) {
      writer.add(packet({ seconds: i }));
      if (writer.waiting > 50_000) parts.push(writer.take());
    }
    parts.push(writer.take());
    expect(parts.length).toBeGreaterThan(3);
    expect(writer.take()).toHaveLength(0);
    expect((await read(Buffer.concat(parts))).at(-1)).toBe('2999.123456789 61/1500 link=1 if=0');
  });

  test('keeps times exact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(18_446_744_073), fc.nat(999_999_999), async (seconds, nanoseconds) => {
        const [found] = await read(written(packet({ seconds, nanoseconds })));
        expect(found?.split(' ')[0]).toBe(`${seconds}.${String(nanoseconds).padStart(9, '0')}`);
      }),
      { seed: 3, numRuns: 200 },
    );
    expect((await read(written(packet({ seconds: -5 }))))[0]).toContain('0.000000000 ');
  });

  test('writes notes in UTF-8, at most as long as an option can be and without half a character', async () => {
    /** The note of the only packet. */
    const note = (comment: string): string => {
      const file = Buffer.from(written(packet({ comment })));
      const option = file.indexOf(bytes) + 64;
      expect(file.readUInt16LE(option)).toBe(1);
      return file.toString('utf8', option + 4, option + 4 + file.readUInt16LE(option + 2));
    };
    expect(note('486 – besetzt')).toBe('486 – besetzt');
    expect(note('')).toBe('');
    expect(note('ä'.repeat(40_000)) === 'ä'.repeat(32_767)).toBe(true);
    expect(await read(written(packet({ comment: 'one' }), packet()))).toHaveLength(2);
  });

  test('writes packets that nobody else could read in a way that they can', async () => {
    expect(
      await read(written(packet({ bytes: new Uint8Array(300_000), original: 10 }), packet({ linkType: -1 }))),
    ).toEqual(['1700000000.123456789 262144/300000 link=1 if=0', '1700000000.123456789 61/1500 link=147 if=1']);
  });
});
