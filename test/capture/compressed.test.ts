import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressions, Decompressed, detectCompression } from '../../core/capture/compressed.ts';
import type { Compression } from '../../core/capture/decoder.ts';
import type { ByteSource, Damage } from '../../core/capture/reader.ts';
import { join, payload } from './build.ts';
import { sourceOf } from './drain.ts';
import { longSample, packed } from './zstd-samples.ts';

const plain = join(longSample(), payload(100_000), longSample());
const gz = gzipSync(plain);

interface Unpacked {
  readonly bytes: Uint8Array;
  readonly damage: Damage | null;
}

/** `again`: whether the packed bytes can be read a second time, as those of a file can. */
async function unpack(bytes: Uint8Array, { piece = Infinity, again = true } = {}): Promise<Unpacked> {
  const compression = detectCompression(bytes) as Compression;
  const open = (): Promise<ByteSource> => Promise.resolve(sourceOf(bytes, piece));
  const source = new Decompressed(sourceOf(bytes, piece), compression, again ? open : null);
  const target = new Uint8Array(50_000);
  const parts: Uint8Array[] = [];
  for (let got = -1; got !== 0; parts.push(target.slice(0, got))) got = await source.read(target, 0, target.length);
  await source.close();
  return { bytes: join(...parts), damage: source.damage };
}

const same = ({ bytes }: Unpacked, expected: Uint8Array): boolean => Buffer.compare(bytes, expected) === 0;
const begins = ({ bytes }: Unpacked): boolean => Buffer.compare(bytes, plain.subarray(0, bytes.length)) === 0;

describe('gzip', () => {
  test('unpacks one member or several, padding behind them, in pieces of any size', async () => {
    for (const piece of [1000, 40_000, Infinity]) expect(same(await unpack(gz, { piece }), plain)).toBe(true);
    expect(same(await unpack(gzipSync(payload(300)), { piece: 1 }), payload(300))).toBe(true);
    const several = await unpack(join(gz, gzipSync(payload(10)), gz, new Uint8Array(512)));
    expect([same(several, join(plain, payload(10), plain)), several.damage]).toEqual([true, null]);
  });

  test('gives what came before a cut, and says that it was cut', async () => {
    let before = 1;
    for (const length of [200, 1000, 50_000, gz.length - 8, gz.length - 1]) {
      const found = await unpack(gz.subarray(0, length));
      expect(begins(found)).toBe(true);
      expect(found.bytes.length).toBeGreaterThanOrEqual(before);
      expect(found.damage).toEqual({ code: 'cut-short', text: 'the gzip data end too early' });
      before = found.bytes.length;
    }
    expect(before).toBe(plain.length);
  });

  test('gives all that came before damage, to the last byte, where the file can be read again', async () => {
    const wrongSum = Uint8Array.from(gz);
    wrongSum[gz.length - 6] = (wrongSum[gz.length - 6] as number) ^ 1;
    const found = await unpack(wrongSum, { piece: 10_000 });
    expect(same(found, plain)).toBe(true);
    expect(found.damage).toEqual({ code: 'bad-data', text: 'the gzip data are damaged: incorrect data check' });
    const garbage = await unpack(join(gz, payload(40)));
    expect([same(garbage, plain), garbage.damage?.code]).toEqual([true, 'bad-data']);
    const small = gzipSync(payload(500));
    small[small.length - 6] = (small[small.length - 6] as number) ^ 1;
    expect(same(await unpack(small), payload(500))).toBe(true);
  });

  test('gives nearly all that came before damage where it cannot', async () => {
    const found = await unpack(join(gz, payload(40)), { again: false });
    expect(begins(found)).toBe(true);
    expect(found.bytes.length).toBeGreaterThan(plain.length - (256 << 10));
    expect(found.damage?.code).toBe('bad-data');
  });

  test('holds no more of a bomb than what was asked for', async () => {
    const bomb = gzipSync(new Uint8Array(60 << 20));
    const source = new Decompressed(sourceOf(bomb), detectCompression(bomb) as Compression, null);
    const before = process.memoryUsage.rss();
    const target = new Uint8Array(1000);
    for (let i = 0; i < 100; i++) await source.read(target, 0, target.length);
    expect(process.memoryUsage.rss() - before).toBeLessThan(30 << 20);
    await source.close();
  });
});

describe('zstd', () => {
  const name = 'long -19';
  const bytes = packed[name] as Uint8Array;

  test('unpacks, and gives what came before a cut or damage', async () => {
    expect(same(await unpack(bytes, { piece: 100 }), longSample())).toBe(true);
    const cut = await unpack(bytes.subarray(0, -5));
    expect([begins(cut), cut.damage]).toEqual([true, { code: 'cut-short', text: 'the zstd data end too early' }]);
    const wrong = Uint8Array.from(bytes);
    wrong[wrong.length - 1] = (wrong.at(-1) as number) ^ 1;
    const damaged = await unpack(wrong);
    expect([same(damaged, longSample()), damaged.damage]).toEqual([
      true,
      { code: 'bad-data', text: 'the zstd data are damaged: the checksum of a frame is wrong' },
    ]);
  });
});

test('a read that waits ends when the source is closed', async () => {
  const stuck: ByteSource = {
    name: 'test',
    size: null,
    read: (target, offset) => {
      target.set(gz.subarray(0, 1000), offset);
      return Promise.resolve(1000);
    },
    close: () => Promise.resolve(),
  };
  const source = new Decompressed(stuck, detectCompression(gz) as Compression, null);
  const waiting = source.read(new Uint8Array(10), 0, 10);
  await source.close();
  await waiting.catch(() => undefined);
});

test('no compression is taken for another, or for a capture', () => {
  const kinds = (first: Uint8Array): string[] => compressions.filter((c) => c.recognises(first)).map((c) => c.name);
  expect(kinds(gz)).toEqual(['gzip']);
  expect(kinds(packed['short -19'] as Uint8Array)).toEqual(['zstd']);
  expect(kinds(Uint8Array.of(0x51, 0x2a, 0x4d, 0x18))).toEqual(['zstd']);
  expect(kinds(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1))).toEqual([]);
  expect(kinds(new Uint8Array(0))).toEqual([]);
});
