import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OggOpus, PRE_ROLL } from '../../core/audio/ogg-opus.ts';
import { OPUS_SAMPLES, opusPacket } from '../../fixtures/scenario/opus-tone.ts';
import { hasFfmpeg, NEEDS_FFMPEG } from './judges.ts';

/** A file with packets of 20 ms; `null` is 20 ms of nothing. */
function ogg(packets: readonly (Uint8Array | null)[], from = 0, to = packets.length * OPUS_SAMPLES): Uint8Array {
  const writer = new OggOpus({ channels: 1, serial: 7, from, to });
  const pages: Uint8Array[] = [];
  for (const packet of packets) {
    if (packet === null) writer.gap(OPUS_SAMPLES);
    else writer.sound(111, packet, OPUS_SAMPLES, 0);
    pages.push(...writer.take());
  }
  writer.end();
  writer.end();
  pages.push(...writer.take());
  return Uint8Array.from(Buffer.concat(pages));
}

interface Page {
  readonly flags: number;
  readonly granule: number;
  readonly sequence: number;
  readonly packets: number[];
  readonly body: Uint8Array;
}

function pagesOf(bytes: Uint8Array): Page[] {
  const pages: Page[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at < bytes.length;) {
    expect(String.fromCodePoint(...bytes.subarray(at, at + 4))).toBe('OggS');
    const segments = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] as number));
    const packets: number[] = [];
    let length = 0;
    for (const segment of segments) {
      length += segment;
      if (segment === 255) continue;
      packets.push(length);
      length = 0;
    }
    expect(length).toBe(0);
    const start = at + 27 + segments.length;
    const end = start + packets.reduce((sum, value) => sum + value, 0);
    pages.push({
      flags: bytes[at + 5] as number,
      granule: view.getUint32(at + 6, true),
      sequence: view.getUint32(at + 18, true),
      packets,
      body: bytes.subarray(start, end),
    });
    at = end;
  }
  return pages;
}

const second = Array.from({ length: 120 }, (_, index) => opusPacket(index));

test('headers, pages and granules as RFC 7845 has them', () => {
  const pages = pagesOf(ogg(second));
  expect(pages.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4]);
  expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 4]);
  expect(pages.map(({ packets }) => packets.length)).toEqual([1, 1, 50, 50, 20]);
  expect(pages.map(({ granule }) => granule / OPUS_SAMPLES)).toEqual([0, 0, 50, 100, 120]);
  expect(new TextDecoder().decode(pages[0]?.body.subarray(0, 8))).toBe('OpusHead');
  expect([...(pages[0]?.body.subarray(8) ?? [])]).toEqual([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  expect(new TextDecoder().decode(pages[1]?.body.subarray(0, 8))).toBe('OpusTags');
});

test('what is missing is stood in for, so that time is kept', () => {
  const holes = second.map((packet, index) => (index > 9 && index < 15 ? null : packet));
  const pages = pagesOf(ogg(holes));
  expect(pages.at(-1)?.granule).toBe(120 * OPUS_SAMPLES);
  expect(pages[2]?.packets.slice(8, 17)).toEqual([30, 30, 1, 1, 1, 1, 1, 30, 30]);
});

test('a part begins a little before, and says how much of it is not to be heard', () => {
  const pages = pagesOf(ogg(second, 48_000, 96_000));
  const head = pages[0]?.body ?? new Uint8Array(0);
  const skipped = (head[10] as number) | ((head[11] as number) << 8);
  expect(skipped).toBe(PRE_ROLL);
  expect((pages.at(-1)?.granule ?? 0) - skipped).toBe(48_000);
});

test('without a packet it is a file still', () => {
  expect(pagesOf(ogg([])).map(({ flags }) => flags)).toEqual([2, 0, 4]);
});

test('long packets, of whatever length, stay in their pages', () => {
  const long = [255, 510, 1275, 20_000, 61_298, 254].map((length) => new Uint8Array(length).fill(0xfc));
  expect(
    pagesOf(ogg(long))
      .flatMap(({ packets }) => packets)
      .slice(2),
  ).toEqual(long.map(({ length }) => length));
});

test.runIf(hasFfmpeg)(`ffmpeg reads it without complaint, and hears the tone${NEEDS_FFMPEG}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sipglass-ogg-'));
  try {
    const path = join(folder, 'x.ogg');
    writeFileSync(path, ogg(second.map((packet, index) => (index === 40 || index === 41 ? null : packet))));
    const raw = execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', path, '-f', 's16le', '-']);
    expect(raw.length / 2).toBe(120 * OPUS_SAMPLES);
    const loud = Array.from({ length: raw.length / 2 }, (_, i) => Math.abs(raw.readInt16LE(2 * i)));
    expect(Math.max(...loud.slice(5000, 30_000))).toBeGreaterThan(1000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
