import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Other people's decoders: sox and ffmpeg, from Debian. Where they are not installed, what needs them is skipped and says so. */
export const hasSox = spawnSync('sox', ['--version']).status === 0;
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
export const NEEDS_BOTH = hasSox && hasFfmpeg ? '' : ' (skipped: sox and ffmpeg are not both installed)';
export const NEEDS_FFMPEG = hasFfmpeg ? '' : ' (skipped: ffmpeg is not installed)';

type Raw = 'alaw' | 'mulaw' | 'g722' | 's16be';

function withFile<Result>(bytes: Uint8Array, work: (path: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'sipglass-sound-'));
  try {
    const path = join(folder, 'payloads.raw');
    writeFileSync(path, bytes);
    return work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function samplesIn(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(2 * index));
}

/** Decodes payload bytes to 16 bits with ffmpeg. */
export function byFfmpeg(bytes: Uint8Array, format: Raw, rate = 8000): Int16Array {
  const form = format === 'g722' ? [] : ['-ar', String(rate), '-ac', '1'];
  return withFile(bytes, (path) =>
    samplesIn(
      execFileSync('ffmpeg', ['-v', 'error', '-f', format, ...form, '-i', path, '-f', 's16le', '-'], {
        maxBuffer: 1 << 28,
      }),
    ),
  );
}

/** The same with sox. */
export function bySox(bytes: Uint8Array, format: 'alaw' | 'mulaw'): Int16Array {
  const type = format === 'alaw' ? 'al' : 'ul';
  return withFile(bytes, (path) =>
    samplesIn(
      execFileSync('sox', ['-D', '-t', type, '-r', '8000', '-c', '1', path, '-t', 's16', '-L', '-'], {
        maxBuffer: 1 << 28,
      }),
    ),
  );
}

/** Sound as G.722, by ffmpeg. */
export function asG722(filter: string): Uint8Array {
  const made = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    filter,
    '-ar',
    '16000',
    '-ac',
    '1',
    '-c:a',
    'g722',
    '-f',
    'g722',
    '-',
  ];
  return new Uint8Array(execFileSync('ffmpeg', made, { maxBuffer: 1 << 28 }));
}
