import { expect, test } from 'vitest';
import { Bytes, join, payload } from './build.ts';
import { drain, short } from './drain.ts';

const header = (link: number): Uint8Array => new Bytes(false).bytes('snoop\0\0\0').u32(2, link).done();

function record(
  data: Uint8Array,
  lies: { captured?: number; length?: number; original?: number; micro?: number } = {},
): Uint8Array {
  const { captured = data.length, original = data.length, micro = 123_456 } = lies;
  const { length = 24 + data.length + (-data.length & 3) } = lies;
  return new Bytes(false).u32(original, captured, length, 0, 1_700_000_000, micro).bytes(data).pad().done();
}

test('snoop: reads records with their padding', async () => {
  const file = join(header(4), record(payload(61), { original: 1500 }), record(payload(60)));
  expect(await short(file)).toEqual(['1700000000.123456000 61/1500', '1700000000.123456000 60/60']);
});

test('snoop: knows the link types of RFC 1761', async () => {
  const links = [0, 2, 4, 8, 9].map(
    async (link) => (await drain(join(header(link), record(payload(9))))).reader.linkType,
  );
  expect(await Promise.all(links)).toEqual([1, 6, 1, 10, -1]);
});

test('snoop: carries microseconds of a second or more over', async () => {
  expect(await short(join(header(4), record(payload(9), { micro: 2_500_000 })))).toEqual(['1700000002.500000000 9/9']);
});

test('snoop: stops at a record whose lengths contradict each other, and at a cut', async () => {
  const good = join(header(4), record(payload(60)));
  for (const lies of [{ length: 23 }, { captured: 61, length: 84 }, { length: 0xffff_ffff }]) {
    const { packets, damage } = await drain(join(good, record(payload(60), lies), record(payload(60))));
    expect([packets.length, damage?.code]).toEqual([1, 'bad-record']);
  }
  for (let length = 8; length < good.length; length++) {
    const { damage } = await drain(good.subarray(0, length));
    expect(damage?.code ?? null).toBe(length === 16 ? null : 'cut-short');
  }
});
