import { describe, expect, test } from 'vitest';
import { CaptureError } from '../../core/capture/reader.ts';
import type { ByteSource } from '../../core/capture/reader.ts';
import { Window } from '../../core/capture/window.ts';
import { payload } from './build.ts';
import { sourceOf } from './drain.ts';

const bytes = payload(3 << 20);

describe('Window', () => {
  test('gives the same bytes at the same offsets, however the source cuts them', async () => {
    for (const [piece, chunk, length] of [
      [1, 64, 5_000],
      [7, 64, 50_000],
      [4096, 65_536, bytes.length],
      [Infinity, 300_000, bytes.length],
    ] as const) {
      const whole = bytes.subarray(0, length);
      const window = new Window(sourceOf(whole, piece), chunk);
      let at = 0;
      for (let need = 1; at < length; need = (need * 7) % 9001) {
        const wanted = Math.min(need, length - at);
        expect(await window.fill(wanted)).toBe(true);
        expect(window.origin + window.at).toBe(at);
        expect(
          Buffer.compare(window.bytes.subarray(window.at, window.at + wanted), whole.subarray(at, at + wanted)),
        ).toBe(0);
        expect(window.view.getUint8(window.at)).toBe(whole[at]);
        window.at += wanted;
        at += wanted;
      }
      expect(await window.fill(1)).toBe(false);
      expect(window.read).toBe(length);
    }
  });

  test('puts a record longer than any chunk together, and goes on behind it', async () => {
    for (const piece of [4096, Infinity]) {
      const window = new Window(sourceOf(bytes, piece), 65_536);
      await window.fill(10);
      window.at += 10;
      const need = 2 << 20;
      expect(await window.fill(need)).toBe(true);
      expect(Buffer.compare(window.bytes.subarray(window.at, window.at + need), bytes.subarray(10, 10 + need))).toBe(0);
      expect(window.origin + window.at).toBe(10);
      window.at += need;
      expect(await window.fill(1000)).toBe(true);
      expect(window.bytes[window.at]).toBe(bytes[10 + need]);
      expect(window.origin + window.at).toBe(10 + need);
      expect(await window.fill(bytes.length)).toBe(false);
      expect(window.end - window.at).toBe(bytes.length - 10 - need);
    }
  });

  test('does not set memory aside for a record that only claims to be long', async () => {
    const window = new Window(sourceOf(bytes.subarray(0, 100)), 4096);
    expect(await window.fill(16 << 20)).toBe(false);
    expect(window.end - window.at).toBe(100);
    expect(window.bytes.length).toBeLessThan(1 << 20);
  });

  test('reports an error of the source when the bytes are asked for, each time', async () => {
    let reads = 0;
    const source: ByteSource = {
      name: 'test',
      size: null,
      read: (target, offset) => {
        reads += 1;
        if (reads > 1) return Promise.reject(new CaptureError('test: the device reports an error'));
        target.fill(1, offset, offset + 10);
        return Promise.resolve(10);
      },
      close: () => Promise.resolve(),
    };
    const window = new Window(source);
    expect(await window.fill(10)).toBe(true);
    await expect(window.fill(11)).rejects.toThrow('the device reports an error');
    await expect(window.fill(11)).rejects.toThrow('the device reports an error');
    await window.settle();
  });
});
