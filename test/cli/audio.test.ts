import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { byFfmpeg, bySox, hasFfmpeg, hasSox, NEEDS_BOTH } from '../audio/judges.ts';
import { dissect, hasTshark, NEEDS_TSHARK } from '../fixtures/tshark.ts';
import { sipglass } from './run.ts';

/** `sipglass audio`, as users type it, and its WAV against other people's readers and decoders. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-audio-'));
afterAll(() => rmSync(folder, { recursive: true }));

const day = 'fixtures/sample-day.pcapng';
const listening = 'fixtures/listening.pcap';
const g722 = '../shared/captures/corpus/captures/sipnab-sip-rtp-g722.pcap';

interface Wav {
  readonly rate: number;
  readonly channels: number;
  /** By channel. */
  readonly samples: readonly Int16Array[];
}

function readWav(bytes: Buffer): Wav {
  expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 16)]).toEqual(['RIFF', 'WAVEfmt ']);
  expect([bytes.readUInt32LE(4), bytes.readUInt32LE(40)]).toEqual([bytes.length - 8, bytes.length - 44]);
  const channels = bytes.readUInt16LE(22);
  const count = (bytes.length - 44) / 2 / channels;
  return {
    rate: bytes.readUInt32LE(24),
    channels,
    samples: Array.from({ length: channels }, (_, channel) =>
      Int16Array.from({ length: count }, (__, i) => bytes.readInt16LE(44 + 2 * (i * channels + channel))),
    ),
  };
}

async function wav(args: readonly string[]): Promise<Wav & { readonly stderr: string }> {
  const path = join(folder, 'x.wav');
  const { status, stderr, stdout } = await sipglass(['audio', ...args, '-o', path]);
  expect({ status, stdout, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  return { ...readWav(readFileSync(path)), stderr };
}

/** The payloads of a stream, one after the other, as tshark sees them. */
function payloads(capture: string, ssrc: string, src: string): Uint8Array {
  const fields = dissect(capture, `rtp.ssrc == ${ssrc} && ip.src == ${src}`, ['rtp.payload']);
  return Uint8Array.from(Buffer.concat(fields.map(([hex = '']) => Buffer.from(hex.replaceAll(':', ''), 'hex'))));
}

const judged = hasSox && hasFfmpeg && hasTshark;
const needs = `${NEEDS_BOTH}${NEEDS_TSHARK}`;

describe('to the bit what sox and ffmpeg decode from the same payloads', () => {
  test.runIf(judged)(`A-law${needs}`, async () => {
    const { rate, samples } = await wav([day, '--stream', '3']);
    const bytes = payloads(day, '0x26342952', '10.0.10.21');
    expect([rate, samples.length, bytes.length]).toEqual([8000, 1, 220 * 160]);
    expect(samples[0]).toEqual(bySox(bytes, 'alaw'));
    expect(samples[0]).toEqual(byFfmpeg(bytes, 'alaw'));
  });

  test.runIf(judged)(`µ-law${needs}`, async () => {
    const { samples } = await wav([listening, '--stream', '192.0.2.10:40006-192.0.2.20:50006']);
    const bytes = payloads(listening, '0xca11e203', '192.0.2.10');
    expect(bytes).toHaveLength(50 * 160);
    expect(samples[0]).toEqual(bySox(bytes, 'mulaw'));
    expect(samples[0]).toEqual(byFfmpeg(bytes, 'mulaw'));
  });

  test.runIf(judged && existsSync(g722))(
    `G.722${needs}${existsSync(g722) ? '' : ' (skipped: no captures)'}`,
    async () => {
      const { rate, samples } = await wav([g722, '--stream', '1']);
      expect(rate).toBe(16_000);
      expect(samples[0]).toEqual(byFfmpeg(payloads(g722, '0x043daaba', '10.0.2.15'), 'g722'));
    },
  );
});

test('both directions of a call, left and right, in their time', async () => {
  const { channels, samples, stderr } = await wav([listening, '--call', '1']);
  expect(channels).toBe(2);
  const [caller = new Int16Array(0), callee = new Int16Array(0)] = samples;
  // The callee’s phone began 40 ms later.
  expect(callee.slice(0, 318).every((value) => value === 0)).toBe(true);
  expect(Math.max(...callee.slice(320, 640))).toBeGreaterThan(15_000);
  expect(Math.max(...caller.slice(0, 160))).toBeGreaterThan(15_000);
  expect(stderr).toContain('stream 1, PCMA: 187 packets played\n');
  expect(stderr).toContain('stream 2, PCMA: 193 packets played, 3 lost, 1 too late, 1 sent twice');
  const lost = callee.slice(320 + 30 * 160 + 80, 320 + 33 * 160 - 80);
  expect(lost.every((value) => value === 0)).toBe(true);
});

test('the jitter buffer decides who is late, and “as sent” nobody', async () => {
  const late = (text: string): string => /stream 2, .*/u.exec(text)?.[0] ?? text;
  const stream = [listening, '--stream', '2'];
  expect(late((await wav([...stream, '--buffer', '200'])).stderr)).not.toContain('too late');
  expect(late((await wav([...stream, '--as-sent'])).stderr)).not.toContain('too late');
  expect(late((await wav([...stream, '--buffer', '0'])).stderr)).toMatch(/\d{2,} too late/u);
});

test('to standard output: nothing but the WAV', async () => {
  const path = join(folder, 'same.wav');
  await sipglass(['audio', listening, '--stream', '5', '-o', path]);
  const { spawnSync } = await import('node:child_process');
  const { stdout, status } = spawnSync(process.execPath, [
    'bin/sipglass.cjs',
    'audio',
    listening,
    '--stream',
    '0xCA11E203',
    '-o',
    '-',
  ]);
  expect(status).toBe(0);
  expect(stdout.equals(readFileSync(path))).toBe(true);
});

test('Opus is written as it is, as Ogg', async () => {
  const path = join(folder, 'x.ogg');
  const { status, stderr } = await sipglass(['audio', listening, '--stream', '3', '-o', path]);
  expect(status).toBe(0);
  expect(stderr).toContain('2.00 s written, 48000 Hz, one channel');
  const bytes = readFileSync(path);
  expect(bytes.toString('latin1', 0, 4)).toBe('OggS');
  expect(bytes.toString('latin1')).toContain('OpusHead');
});

describe('one sentence where it does not work, and nothing is left behind', () => {
  const path = join(folder, 'none', 'x.wav');
  test.each<[string, readonly string[], number, string]>([
    [
      'a codec that is not decoded',
      ['--stream', '6'],
      1,
      'Stream 6 is AMR-WB, which is not decoded here; what is: G.711 (PCMU, PCMA), G.722 and L16, and in the app Opus.',
    ],
    ['SRTP', ['--stream', '7'], 1, 'Stream 7 is SRTP: what is in it is encrypted.'],
    ['Opus as WAV', ['--stream', '3'], 1, 'Stream 3 is Opus, which is not decoded here: write it as Ogg'],
    ['G.711 as Ogg', ['--stream', '1', '--format', 'ogg'], 1, 'Stream 1 is PCMA, not Opus: write it as WAV.'],
    ['no such stream', ['--stream', '99'], 1, 'there is no stream 99 in this capture'],
    ['no such call', ['--call', '99'], 1, '99'],
    ['nothing named', [], 2, 'what to listen to?'],
    ['both named', ['--stream', '1', '--call', '1'], 2, 'what to listen to?'],
    ['three streams', ['--stream', '1', '--stream', '2', '--stream', '5'], 2, 'no more than two streams'],
    ['a buffer of minutes', ['--stream', '1', '--buffer', '60000'], 2, '--buffer is 0 to 500 milliseconds'],
  ])('%s', async (_, args, wanted, sentence) => {
    const target = join(folder, 'nothing.wav');
    const { status, stderr, stdout } = await sipglass(['audio', listening, ...args, '-o', target]);
    expect({ status, stdout }).toEqual({ status: wanted, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.sipglass'))).toEqual([]);
  });

  test('a folder that is not there, and an SSRC that two streams have', async () => {
    const { status, stderr } = await sipglass(['audio', listening, '--stream', '1', '-o', path]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no directory')]);
    const twice = await sipglass(['audio', day, '--stream', '0xf23f3d3f', '-o', join(folder, 'x.wav')]);
    expect([twice.status, twice.stderr]).toEqual([
      2,
      expect.stringContaining('is 2 streams: name one of the numbers 1, 2'),
    ]);
  });
});
