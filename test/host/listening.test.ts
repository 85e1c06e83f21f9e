import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALLOWANCE, LONGEST_PAUSE } from '../../core/audio/play-clock.ts';
import type { AudioExport, AudioWritten } from '../../core/contract/audio.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { ethernet, pcap, rtp, sdp, sip, udpPacket } from '../../fixtures/builder/index.ts';
import { asG722, byFfmpeg, hasFfmpeg, NEEDS_FFMPEG } from '../audio/judges.ts';
import { opened } from '../capture-session.ts';

/** Listening, asked through the contract. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-listening-'));
const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'listening.pcap');
let client: LocalClient;
beforeAll(async () => {
  ({ client } = await opened(fixture));
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

async function exported(
  of: LocalClient,
  query: AudioExport,
): Promise<{ readonly written: AudioWritten; readonly bytes: Buffer }> {
  const chunks: Buffer[] = [];
  const written = await of.ask('exportAudio', query, { onChunk: (chunk) => void chunks.push(Buffer.from(chunk)) });
  const bytes = Buffer.concat(chunks);
  expect(bytes).toHaveLength(written.bytes);
  return { written, bytes };
}

function samplesOf(bytes: Buffer): number[] {
  return Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => bytes.readInt16LE(44 + 2 * i));
}

describe('what is heard', () => {
  test('is what the maker of the capture says', async () => {
    const { heard } = JSON.parse(readFileSync(fixture.replace('.pcap', '.expected.json'), 'utf8')) as {
      heard: { tones: Record<string, Record<string, unknown>> };
    };
    const { written } = await exported(client, { streams: [1, 2], format: 'wav' });
    for (const [index, direction] of ['caller-to-callee', 'callee-to-caller'].entries()) {
      const { keys: _, ...counts } = heard.tones[direction] ?? {};
      expect(written.streams[index]).toMatchObject(counts);
    }
  });

  test('a part is a part of the whole, to the sample', async () => {
    const whole = await exported(client, { streams: [1, 2], format: 'wav' });
    for (const part of [
      { from: 0, seconds: 0.5 },
      { from: 1.001, seconds: 2 },
      { from: 3.9, seconds: 10 },
      { from: 100, seconds: 1 },
    ]) {
      const { bytes, written } = await exported(client, { streams: [1, 2], format: 'wav', part });
      const first = Math.round(part.from * 8000) * 2;
      const samples = samplesOf(whole.bytes).slice(first, first + Math.round(part.seconds * 8000) * 2);
      expect(samplesOf(bytes)).toEqual(samples);
      expect(written.seconds).toBeCloseTo(samples.length / 16_000, 6);
    }
  });

  test('one channel of two keeps the time of both', async () => {
    const whole = samplesOf((await exported(client, { streams: [1, 2], format: 'wav' })).bytes);
    const { bytes, written } = await exported(client, { streams: [1, 2], format: 'wav', channel: 1 });
    expect(written.channels).toBe(1);
    expect(samplesOf(bytes)).toEqual(whole.filter((_, i) => i % 2 === 1));
    await expect(exported(client, { streams: [1], format: 'wav', channel: 1 })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  test('keys that were pressed are heard', async () => {
    const { bytes } = await exported(client, { streams: [1], format: 'wav' });
    const key = samplesOf(bytes).slice(8000 + 80, 8000 + 720);
    const strength = (frequency: number): number => {
      let [real, imaginary] = [0, 0];
      for (const [i, value] of key.entries()) {
        real += value * Math.cos((2 * Math.PI * frequency * i) / 8000);
        imaginary += value * Math.sin((2 * Math.PI * frequency * i) / 8000);
      }
      return (2 * Math.hypot(real, imaginary)) / key.length;
    };
    expect(strength(697)).toBeGreaterThan(4000);
    expect(strength(1209)).toBeGreaterThan(4000);
    expect(strength(440)).toBeLessThan(500);
  });

  test('streams of one channel are heard together', async () => {
    const { written } = await exported(client, { streams: [[1, 5], 2], format: 'wav' });
    expect(written.channels).toBe(2);
    expect(written.streams.map(({ stream }) => stream)).toEqual([1, 5, 2]);
    expect(written.seconds).toBeGreaterThan(14);
  });
});

describe('the picture of it', () => {
  test('covers the whole, with what is missing where it is', async () => {
    const picture = await client.ask('waveform', { streams: [1, 2], buckets: 400 });
    expect(picture.seconds).toBeCloseTo(4.04, 2);
    expect(picture.stretches).toEqual([{ at: 0, ts: '1773482401.500000' }]);
    const [caller, callee] = picture.channels;
    expect([caller?.codec, caller?.format, callee?.streams]).toEqual(['PCMA', 'wav', [2]]);
    expect(callee?.min).toHaveLength(callee?.max.length ?? -1);
    expect(callee?.max.length).toBeLessThanOrEqual(400);
    expect(callee?.missing).toHaveLength(callee?.max.length ?? -1);
    expect(caller?.missing.some((one) => one !== 0)).toBe(false);
    const at = (seconds: number): number => Math.floor((seconds / picture.seconds) * (callee?.missing.length ?? 0));
    // Packets 30 to 32 never came, 60 came too late.
    expect(callee?.missing[at(0.04 + 31 / 50)]).toBe(1);
    expect(callee?.missing[at(0.04 + 60.5 / 50)]).toBe(2);
    expect(Math.max(...(callee?.max ?? []))).toBeGreaterThan(15_000);
    expect(Math.min(...(callee?.min ?? []))).toBeLessThan(-15_000);
  });

  test('who asks while another one stops waiting is answered all the same', async () => {
    const { client: fresh } = await opened(fixture);
    const stop = new AbortController();
    const first = fresh.ask('waveform', { streams: [1, 2], buckets: 10 }, { signal: stop.signal });
    const second = fresh.ask('waveform', { streams: [1, 2], buckets: 20 });
    stop.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect((await second).channels[0]?.max).toHaveLength(20);
    const alone = new AbortController();
    const third = fresh.ask('waveform', { streams: [1], buckets: 10 }, { signal: alone.signal });
    alone.abort();
    await expect(third).rejects.toMatchObject({ code: 'cancelled' });
    expect((await fresh.ask('waveform', { streams: [1], buckets: 10 })).channels).toHaveLength(1);
    await fresh.close();
  });

  test('of Opus: its length and what is missing; what it sounds like is the browser’s to say', async () => {
    const picture = await client.ask('waveform', { streams: [3, 4], buckets: 200 });
    expect(picture.channels.map(({ format, codec }) => `${format} ${codec}`)).toEqual(['ogg opus', 'ogg opus']);
    expect(picture.channels[0]?.max).toEqual([]);
    expect(picture.channels[0]?.missing.filter((one) => one === 1).length).toBeGreaterThan(5);
    expect(picture.seconds).toBeCloseTo(2.04, 2);
    const { written, bytes } = await exported(client, { streams: [3, 4], format: 'ogg', channel: 1 });
    expect(bytes.toString('latin1', 0, 4)).toBe('OggS');
    expect(written.seconds).toBeCloseTo(2.04, 2);
    await expect(exported(client, { streams: [3, 4], format: 'ogg' })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('captures that somebody made up', () => {
  const ends = [
    { host: '192.0.2.1', port: 4000 },
    { host: '192.0.2.2', port: 5000 },
  ] as const;

  interface Made {
    readonly seconds: number;
    readonly sequence: number;
    readonly timestamp: number;
    readonly payload?: Uint8Array;
  }

  async function listen(
    name: string,
    codec: readonly [number, string],
    packets: readonly Made[],
  ): Promise<LocalClient> {
    const [from, to] = ends;
    const described = (host: string, port: number): string =>
      sdp({ address: host, media: [{ port, codecs: [codec] }] });
    const message = (start: string, host: string, port: number): Uint8Array =>
      sip({
        start,
        headers: [
          ['Via', `SIP/2.0/UDP ${from.host};branch=z9hG4bK1`],
          ['From', '<sip:a@example.org>;tag=a'],
          ['To', `<sip:b@example.org>${start.startsWith('SIP') ? ';tag=b' : ''}`],
          ['Call-ID', 'made'],
          ['CSeq', '1 INVITE'],
          ['Content-Type', 'application/sdp'],
        ],
        body: described(host, port),
      });
    const at = (seconds: number): bigint => 1_700_000_000_000_000_000n + BigInt(Math.round(seconds * 1e6)) * 1000n;
    const path = join(folder, `${name}.pcap`);
    writeFileSync(
      path,
      pcap([
        {
          time: at(-1),
          bytes: ethernet(
            {},
            udpPacket(
              { ...from, port: 5060 },
              { ...to, port: 5060 },
              message('INVITE sip:b@example.org SIP/2.0', from.host, from.port),
            ),
          ),
        },
        {
          time: at(-0.5),
          bytes: ethernet(
            {},
            udpPacket({ ...to, port: 5060 }, { ...from, port: 5060 }, message('SIP/2.0 200 OK', to.host, to.port)),
          ),
        },
        ...packets.map(({ seconds, sequence, timestamp, payload = new Uint8Array(160).fill(0xd5) }) => ({
          time: at(seconds),
          bytes: ethernet(
            {},
            udpPacket(from, to, rtp({ payloadType: codec[0], sequence, timestamp, ssrc: 5 }, payload)),
          ),
        })),
      ]),
    );
    return (await opened(path)).client;
  }

  const row = (count: number, step = 0.02, ticks = 160): Made[] =>
    Array.from({ length: count }, (_, i) => ({ seconds: i * step, sequence: i, timestamp: (i * ticks) >>> 0 }));

  test('timestamps that jump about make no gigabytes', async () => {
    const made = await listen(
      'jumps',
      [8, 'PCMA/8000'],
      row(200).map((one, i) => ({ ...one, timestamp: (one.timestamp + (i % 7) * 2 ** 31 + (i % 5) * 2 ** 29) >>> 0 })),
    );
    const { written } = await exported(made, { streams: [1], format: 'wav' });
    expect(written.seconds).toBeLessThan(20);
    await made.close();
  });

  test('times of a clock gone wild: pauses are made short, all together too', async () => {
    const wild = row(40).map((one, i) => ({ ...one, seconds: i * 500, timestamp: (i * 4_000_000) >>> 0 }));
    const made = await listen('wild', [8, 'PCMA/8000'], wild);
    const picture = await made.ask('waveform', { streams: [1], buckets: 100 });
    expect(picture.seconds).toBeLessThan(ALLOWANCE + 60);
    expect(picture.stretches.length).toBeGreaterThan(10);
    await made.close();
    const pause = [
      ...row(50),
      ...row(50).map((one) => ({
        seconds: one.seconds + 7200,
        sequence: one.sequence + 50,
        timestamp: (one.timestamp + 57_600_000) >>> 0,
      })),
    ];
    const paused = await listen('paused', [8, 'PCMA/8000'], pause);
    const short = await paused.ask('waveform', { streams: [1], buckets: 100 });
    expect(short.seconds).toBeLessThan(4);
    expect(LONGEST_PAUSE).toBeLessThan(7200);
    expect(short.stretches.map(({ ts }) => ts)).toEqual(['1700000000.000000', '1700007200.000000']);
    await paused.close();
  });

  test.runIf(hasFfmpeg)(`G.722 and a clock of 8000: to the bit what ffmpeg hears${NEEDS_FFMPEG}`, async () => {
    const bytes = asG722('sine=frequency=1000:sample_rate=16000:duration=1,volume=4');
    const made = await listen(
      'g722',
      [9, 'G722/8000'],
      row(50).map((one, i) => ({ ...one, payload: bytes.subarray(i * 160, (i + 1) * 160) })),
    );
    const { written, bytes: wav } = await exported(made, { streams: [1], format: 'wav' });
    expect([written.rate, written.seconds]).toEqual([16_000, 1]);
    expect(samplesOf(wav)).toEqual([...byFfmpeg(bytes.subarray(0, 8000), 'g722')]);
    await made.close();
  });

  test('a single byte in the middle of G.711 is the level of comfort noise, not a click', async () => {
    const quiet = row(10).map((one, i) => (i === 5 ? { ...one, payload: Uint8Array.of(0x29) } : one));
    const made = await listen(
      'level',
      [8, 'PCMA/8000'],
      [...quiet.slice(0, 6), ...quiet.slice(8).map((one) => ({ ...one, sequence: one.sequence - 2 }))],
    );
    const { written, bytes } = await exported(made, { streams: [1], format: 'wav' });
    const samples = samplesOf(bytes);
    expect(written.streams[0]).toMatchObject({ played: 7, lost: 0 });
    expect(Math.max(...samples.map((sample) => Math.abs(sample)))).toBeLessThan(1000);
    expect(new Set(samples.slice(5 * 160, 8 * 160)).size).toBeGreaterThan(100);
    await made.close();
  });

  test('L16 in stereo is left and right', async () => {
    const payload = Uint8Array.from({ length: 882 * 4 }, (_, i) => (i % 4 === 0 ? 0x10 : i % 4 === 2 ? 0xf0 : 0));
    const made = await listen(
      'l16',
      [96, 'L16/44100/2'],
      row(10, 0.02, 882).map((one) => ({ ...one, payload: payload.subarray(0, 1400) })),
    );
    const { written, bytes } = await exported(made, { streams: [1], format: 'wav' });
    expect([written.rate, written.channels]).toEqual([44_100, 2]);
    expect(samplesOf(bytes).slice(0, 4)).toEqual([0x1000, -0x1000, 0x1000, -0x1000]);
    await made.close();
  });

  test('a sound that runs on while nobody takes its chunks waits, and ends when it is cancelled', async () => {
    const made = await listen('long', [8, 'PCMA/8000'], row(5000));
    const { written } = await exported(made, { streams: [1], format: 'wav' });
    expect(written.seconds).toBe(100);
    const stop = new AbortController();
    const asked = made.ask(
      'exportAudio',
      { streams: [1], format: 'wav' },
      { signal: stop.signal, onChunk: () => stop.abort() },
    );
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await made.close();
  });
});

describe('questions that make no sense', () => {
  test.each<[string, AudioExport, string]>([
    ['no stream', { streams: [], format: 'wav' }, 'bad-request'],
    ['three', { streams: [1, 2, 5], format: 'wav' }, 'bad-request'],
    ['an empty channel', { streams: [[]], format: 'wav' }, 'bad-request'],
    ['one that there is not', { streams: [1, 99], format: 'wav' }, 'not-found'],
    ['AMR', { streams: [6], format: 'wav' }, 'capture'],
    ['SRTP', { streams: [7], format: 'wav' }, 'capture'],
    ['Opus together with others', { streams: [[3, 1]], format: 'wav' }, 'capture'],
  ])('%s', async (_, query, code) => {
    await expect(client.ask('exportAudio', query)).rejects.toMatchObject({ code });
    await expect(client.ask('waveform', { streams: query.streams, buckets: 10 })).rejects.toMatchObject({ code });
  });
});
