import { describe, expect, test } from 'vitest';
import { formats } from '../../core/capture/formats.ts';
import { join, payload, pcapHeader, pcapRecord } from './build.ts';
import { drain, short } from './drain.ts';

const MODIFIED = 0xa1b2cd34;
const NANO = 0xa1b23c4d;

describe('pcap', () => {
  test('reads both byte orders, with microseconds and nanoseconds', async () => {
    for (const little of [true, false]) {
      const micro = join(
        pcapHeader({ little }),
        pcapRecord({ little, original: 99 }),
        pcapRecord({ little, seconds: 0 }),
      );
      expect(await short(micro)).toEqual(['1700000000.123456000 60/99', '0.123456000 60/60']);
      const nano = join(pcapHeader({ little, magic: NANO }), pcapRecord({ little, fraction: 123_456_789 }));
      expect(await short(nano)).toEqual(['1700000000.123456789 60/60']);
    }
  });

  test('says how many decimals the clock has', async () => {
    const micro = await drain(join(pcapHeader(), pcapRecord()));
    const nano = await drain(join(pcapHeader({ magic: NANO }), pcapRecord()));
    expect([micro.reader.decimals, nano.reader.decimals]).toEqual([6, 9]);
  });

  test('reads the longer record headers of the modified format', async () => {
    const record = pcapRecord({ extra: 8 });
    expect(await short(join(pcapHeader({ magic: MODIFIED }), record, record))).toHaveLength(2);
  });

  test('reads seconds beyond 2038 as they stand, up to 2106', async () => {
    expect(await short(join(pcapHeader(), pcapRecord({ seconds: 0xffff_ffff })))).toEqual([
      '4294967295.123456000 60/60',
    ]);
  });

  test('carries a fraction of a second or more over, so that no time has ten digits behind the point', async () => {
    const micro = join(pcapHeader(), pcapRecord({ fraction: 2_500_000 }), pcapRecord({ fraction: 0xffff_ffff }));
    expect(await short(micro)).toEqual(['1700000002.500000000 60/60', '1700004294.967295000 60/60']);
    const nano = join(pcapHeader({ magic: NANO }), pcapRecord({ fraction: 0xffff_ffff }));
    expect(await short(nano)).toEqual(['1700000004.294967295 60/60']);
  });

  test('takes the lengths in the other order before version 2.3, and in 2.3 where only that makes sense', async () => {
    const lengths = (version: [number, number], captured: number, original: number): Promise<string[]> =>
      short(join(pcapHeader({ version }), pcapRecord({ captured, original })));
    expect(await lengths([2, 2], 100, 60)).toEqual(['1700000000.123456000 60/100']);
    expect(await lengths([2, 3], 100, 60)).toEqual(['1700000000.123456000 60/100']);
    expect(await lengths([2, 3], 60, 100)).toEqual(['1700000000.123456000 60/100']);
    expect(await lengths([2, 4], 60, 20)).toEqual(['1700000000.123456000 60/60']);
  });

  test('ignores the bits above the link type, which tell of a frame check sequence', async () => {
    const { reader } = await drain(join(pcapHeader({ linkType: 0x1400_0071 }), pcapRecord()));
    expect(reader.linkType).toBe(113);
  });

  test('takes a record that is longer than the snapshot length, but none longer than 262,144 bytes', async () => {
    const long = payload(262_144);
    expect((await drain(join(pcapHeader({ snaplen: 100 }), pcapRecord({ data: long })))).packets).toHaveLength(1);
    const longer = join(pcapHeader(), pcapRecord(), pcapRecord({ captured: 262_145 }), long);
    const { packets, damage } = await drain(longer);
    expect(packets).toHaveLength(1);
    expect(damage).toEqual({ code: 'bad-record', text: 'a record claims 262145 captured bytes' });
  });

  test('takes longer records where the file header announces them', async () => {
    const { packets } = await drain(join(pcapHeader({ snaplen: 1 << 20 }), pcapRecord({ data: payload(1 << 20) })));
    expect(packets).toHaveLength(1);
  });

  test('gives every packet before a cut, wherever it is, and says that it was cut', async () => {
    const whole = join(pcapHeader(), pcapRecord(), pcapRecord());
    for (let length = 4; length < whole.length; length++) {
      const { packets, damage } = await drain(whole.subarray(0, length));
      expect(packets).toHaveLength(length < 100 ? 0 : 1);
      expect(damage?.code ?? null).toBe(length === 24 || length === 100 ? null : 'cut-short');
    }
  });

  test('takes a file without packets and packets without bytes', async () => {
    expect((await drain(pcapHeader())).damage).toBeNull();
    expect(await short(join(pcapHeader(), pcapRecord({ data: new Uint8Array(0), original: 9 })))).toEqual([
      '1700000000.123456000 0/9',
    ]);
  });

  test('is not taken for another format, nor another for it', () => {
    const names = (bytes: Uint8Array): string[] => formats.filter((f) => f.recognises(bytes)).map((f) => f.name);
    expect(names(pcapHeader())).toEqual(['pcap']);
    expect(names(pcapHeader({ little: false, magic: NANO }))).toEqual(['pcap']);
    expect(names(Uint8Array.of(0xd4, 0xc3, 0xb2))).toEqual([]);
    expect(names(new TextEncoder().encode('INVITE sip:bob@example.com SIP/2.0'))).toEqual([]);
  });
});
