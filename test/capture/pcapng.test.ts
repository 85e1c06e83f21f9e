import { describe, expect, test } from 'vitest';
import { formats } from '../../core/capture/formats.ts';
import {
  block,
  Bytes,
  enhanced,
  interfaceBlock,
  join,
  NOON,
  option,
  payload,
  resolution,
  section,
  simple,
  timeOffset,
} from './build.ts';
import { drain, short } from './drain.ts';

const data = payload(60);
const start = join(section(), interfaceBlock());
const one = '1700000000.123456000 60/60';

/** What is read of a file with a good packet, then `blocks`, then another good packet. */
async function between(...blocks: Uint8Array[]): Promise<{ readonly count: number; readonly damage: string | null }> {
  const { packets, damage } = await drain(join(start, enhanced(), ...blocks, enhanced()));
  return { count: packets.length, damage: damage?.text ?? null };
}

describe('pcapng', () => {
  test('reads enhanced, simple and obsolete packet blocks in both byte orders', async () => {
    for (const little of [true, false]) {
      const old = new Bytes(little)
        .u16(0, 3)
        .u32(Number(NOON >> 32n), Number(NOON & 0xffff_ffffn), 60, 99)
        .bytes(data);
      const file = join(
        section({ little }),
        interfaceBlock({ little }),
        enhanced({ little, original: 1500 }),
        block(2, old.done(), { little }),
        simple(data, 60, little),
      );
      expect(await short(file)).toEqual(['1700000000.123456000 60/1500', '1700000000.123456000 60/99', one]);
    }
  });

  test('changes the byte order from section to section, and counts interfaces over all of them', async () => {
    const big = { little: false };
    const { packets } = await drain(
      join(
        section(),
        interfaceBlock(),
        interfaceBlock({ linkType: 101 }),
        enhanced({ id: 1 }),
        section(big),
        interfaceBlock({ ...big, linkType: 113 }),
        enhanced(big),
        section(),
        interfaceBlock({ linkType: 228 }),
        enhanced(),
      ),
    );
    expect(packets.map((packet) => packet.split(' ').slice(2, 4).join(' '))).toEqual([
      'link=101 if=1',
      'link=113 if=2',
      'link=228 if=3',
    ]);
  });

  test('gives packets of an interface nobody described an unknown link type', async () => {
    const { packets, damage } = await drain(join(start, enhanced({ id: 7 }), enhanced()));
    expect(packets[0]).toContain('link=-1 if=7');
    expect(packets).toHaveLength(2);
    expect(damage).toBeNull();
  });

  describe('time', () => {
    /** What a clock of this resolution makes of these ticks. */
    const time = async (ticks: bigint, options: Uint8Array): Promise<string | undefined> =>
      (await short(join(section(), interfaceBlock({ options }), enhanced({ ticks }))))[0]?.split(' ')[0];

    test('is exact with any resolution, decimal or binary', async () => {
      const largest = 2n ** 64n - 1n;
      expect(await time(1_700_000_000n, resolution(0))).toBe('1700000000.000000000');
      expect(await time(17_000_000_005n, resolution(1))).toBe('1700000000.500000000');
      expect(await time(1_700_000_000_123_456_789n, resolution(9))).toBe('1700000000.123456789');
      expect(await time(largest, resolution(6))).toBe('18446744073709.551615000');
      expect(await time(largest, resolution(9))).toBe('18446744073.709551615');
      expect(await time(1_700_000n * 10n ** 12n + 123_456_789_999n, resolution(12))).toBe('1700000.123456789');
      expect(await time(largest, resolution(15))).toBe('18446.744073709');
      expect(await time(largest, resolution(16))).toBe('1844.674407370');
      expect(await time(largest, resolution(19))).toBe('1.844674407');
      expect(await time(largest, resolution(127))).toBe('0.000000000');
      expect(await time((1_700_000_000n << 20n) | 77_777n, resolution(0x94))).toBe('1700000000.074173927');
      // 2^64 seconds would not be exact any more.
      expect(await time(largest, resolution(0x80))).toBe(`${2 ** 52 - 2 ** 32 - 1}.000000000`);
      expect(await time(largest, resolution(0xa0))).toBe('4294967295.999999999');
      expect(await time(largest, resolution(0xbf))).toBe('1.999999999');
      expect(await time(largest, resolution(0xff))).toBe('0.000000000');
    });

    test('adds the offset of the interface, which may lead before 1970', async () => {
      expect(await time(NOON, timeOffset(-3600n))).toBe('1699996400.123456000');
      expect(await time(NOON, timeOffset(-1_700_000_100n))).toBe('-100.123456000');
      expect(await time(NOON, timeOffset(2n ** 62n))).toBe('1700000000.123456000');
    });

    test('has as many decimals as the clock, nine at the most', async () => {
      const decimals = async (byte: number): Promise<number> =>
        (await drain(join(section(), interfaceBlock({ options: resolution(byte) }), enhanced()))).reader.decimals;
      expect(await Promise.all([0, 3, 6, 9, 12, 0x8a].map(decimals))).toEqual([0, 3, 6, 9, 9, 9]);
    });

    test('of a simple packet is that of the packet before it', async () => {
      expect(await short(join(start, simple(data), enhanced(), simple(data)))).toEqual(['0.000000000 60/60', one, one]);
    });

    test('does not mix up interfaces whose clocks differ', async () => {
      const nano = interfaceBlock({ options: resolution(9) });
      const packets = [0, 1, 0, 1].map((id) => enhanced({ id, ticks: id === 0 ? NOON : NOON * 1000n + 7n }));
      expect(await short(join(start, nano, ...packets))).toEqual([
        one,
        '1700000000.123456007 60/60',
        one,
        '1700000000.123456007 60/60',
      ]);
    });
  });

  test('takes the captured length of a simple packet from the snapshot length', async () => {
    const limited = join(section(), interfaceBlock({ snaplen: 40 }));
    expect(await short(join(limited, simple(data.subarray(0, 40), 60), simple(data.subarray(0, 9))))).toEqual([
      '0.000000000 40/60',
      '0.000000000 9/9',
    ]);
  });

  test('passes over statistics, keys, custom and unknown blocks', async () => {
    const others = [5, 0x0a, 0xbad, 0x4000_0bad, 0x8000_0001].map((type) => block(type, payload(33, type)));
    expect(await between(...others)).toEqual({ count: 2, damage: null });
  });

  test('reads the names of addresses', async () => {
    const v4 = new Bytes()
      .u16(1, 4 + 20)
      .u8(192, 0, 2, 1)
      .bytes('alice.example\0alice\0')
      .done();
    const v6 = new Bytes()
      .u16(2, 16 + 5)
      .u16(0x0120, 0xb80d, 0, 0, 0, 0, 0, 0x0100)
      .bytes('bob\0\0')
      .pad()
      .done();
    const other = new Bytes().u16(3, 8).bytes(payload(8)).done();
    const { reader } = await drain(join(start, block(4, join(v4, other, v6, new Bytes().u16(0, 0).done()))));
    expect([...reader.names]).toEqual([
      ['192.0.2.1', ['alice.example', 'alice']],
      ['2001:db8::1', ['bob']],
    ]);
  });

  test('reads on behind options that do not fit', async () => {
    const { packets } = await drain(
      join(section(), interfaceBlock({ options: new Bytes().u16(9, 200).u32(9).done() }), enhanced()),
    );
    expect(packets).toHaveLength(1);
    const comment = option(1, payload(10));
    expect(
      await short(
        join(section(), interfaceBlock({ options: join(comment, resolution(3)) }), enhanced({ ticks: 1500n })),
      ),
    ).toEqual(['1.500000000 60/60']);
  });

  test('takes a section for what it is whatever minor version it has, and none of another major one', async () => {
    expect(await short(join(section({ version: [1, 5] }), interfaceBlock(), enhanced()))).toEqual([one]);
    expect(await between(section({ version: [2, 0] }))).toEqual({
      count: 1,
      damage: 'a section is of version 2 of pcapng, which nobody has described yet',
    });
  });

  test('stops at damage, with everything before it', async () => {
    const short32 = block(6, payload(16));
    const cases: [string, Uint8Array, string][] = [
      ['length 8', new Bytes().u32(6, 8).done(), 'a block claims a length of 8 bytes, less than any block has'],
      [
        'length over 16 MiB',
        new Bytes().u32(0xbad, (16 << 20) + 4).done(),
        'a block claims a length of 16777220 bytes',
      ],
      ['trailer', enhanced({ trailer: 77 }), 'the two lengths of a block differ'],
      ['no padding', block(0xbad, payload(3), { unpadded: true }), 'the two lengths of a block differ'],
      ['captured too long', enhanced({ captured: 61 }), 'a block claims 61 captured bytes, more than it has'],
      [
        'captured huge',
        enhanced({ captured: 0xffff_ffff }),
        'a block claims 4294967295 captured bytes, more than it has',
      ],
      ['simple too long', simple(data, 80), 'a block claims 80 captured bytes, more than it has'],
      ['no room for a packet header', short32, 'a block is too short for what it should hold'],
      ['short interface', block(1, payload(4)), 'a block is too short for what it should hold'],
      [
        'byte order',
        block(0x0a0d0d0a, new Bytes().u32(0x1a2b3c4e, 1, 2, 3).done()),
        'a section header has no byte-order mark',
      ],
    ];
    for (const [name, damaged, text] of cases) {
      expect({ name, ...(await between(damaged)) }).toEqual({ name, count: 1, damage: text });
    }
  });

  test('rounds a length that is no multiple of 4 up, where the block is padded all the same', async () => {
    const odd = enhanced({ data: payload(61), length: 32 + 61 });
    expect(await between(odd)).toEqual({ count: 3, damage: null });
    expect(await between(block(0xbad, payload(3), { length: 15 }))).toEqual({ count: 2, damage: null });
  });

  test('gives every packet before a cut, wherever it is, and says that it was cut', async () => {
    const whole = join(start, enhanced(), enhanced());
    const first = start.length + enhanced().length;
    for (let length = 12; length < whole.length; length++) {
      const { packets, damage } = await drain(whole.subarray(0, length));
      expect(packets).toHaveLength(length < first ? 0 : 1);
      const clean = [28, start.length, first].includes(length);
      expect(damage?.code ?? null).toBe(clean ? null : 'cut-short');
    }
  });

  test('keeps no more interfaces than it says', async () => {
    const many = join(section(), ...Array.from({ length: 65_540 }, () => interfaceBlock({ linkType: 113 })));
    const { packets } = await drain(join(many, enhanced({ id: 65_535 }), enhanced({ id: 65_536 })));
    expect(packets.map((packet) => packet.split(' ')[2])).toEqual(['link=113', 'link=-1']);
  });

  test('is known by its type and its byte-order mark', () => {
    const names = (bytes: Uint8Array): string[] => formats.filter((f) => f.recognises(bytes)).map((f) => f.name);
    expect(names(section())).toEqual(['pcapng']);
    expect(names(section({ little: false }))).toEqual(['pcapng']);
    expect(names(section().subarray(0, 11))).toEqual([]);
    expect(names(block(0x0a0d0d0a, payload(16)))).toEqual([]);
  });
});
