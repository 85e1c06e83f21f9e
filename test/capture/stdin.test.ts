import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openStdin, StreamSource } from '../../core/capture/stdin.ts';
import { payload } from './build.ts';

test('gives the bytes of a stream in pieces of any size', async () => {
  const bytes = payload(1000);
  const source = new StreamSource(
    'test',
    Readable.from([bytes.subarray(0, 7), bytes.subarray(7, 900), bytes.subarray(900)]),
  );
  const target = new Uint8Array(1000);
  let filled = 0;
  for (let got = -1; got !== 0; filled += got)
    got = await source.read(target, filled, Math.min(100, 1000 - filled) || 1);
  expect(Buffer.compare(target, bytes)).toBe(0);
  expect([source.consumed, source.size]).toEqual([1000, null]);
});

test('a read that waits ends when the source is closed', async () => {
  const source = new StreamSource('test', new PassThrough());
  const waiting = source.read(new Uint8Array(10), 0, 10);
  await source.close();
  expect(await waiting).toBe(0);
  expect(await source.read(new Uint8Array(10), 0, 10)).toBe(0);
});

test('an error of the stream comes as a sentence', async () => {
  const stream = new PassThrough();
  const source = new StreamSource('standard input', stream);
  stream.destroy(Object.assign(new Error('boom'), { code: 'EIO' }));
  await expect(source.read(new Uint8Array(10), 0, 10)).rejects.toThrow('standard input: the device reports an error');
});

test('a stream of text and a terminal are refused', async () => {
  const text = new StreamSource('test', Readable.from(['text']));
  await expect(text.read(new Uint8Array(10), 0, 10)).rejects.toThrow('test: gives text where bytes are expected');
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  expect(() => openStdin(terminal)).toThrow('standard input: is a terminal; a capture has to be piped in');
});
