import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Real, Word } from '../../../core/analysis/streams/stream-records.ts';
import { StreamTable } from '../../../core/analysis/streams/stream-table.ts';
import { openInputs } from '../../../core/capture/inputs.ts';
import { Session } from '../../../core/host/session.ts';
import { readStreamPackets } from '../../../core/host/media/stream-packets.ts';
import * as build from '../../../fixtures/builder/index.ts';

/** The packets of a stream, read again: the same that were counted, from wherever the capture is entered. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-stream-packets-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const { signal } = new AbortController();

async function read(paths: readonly string[]): Promise<{ session: Session; table: StreamTable }> {
  const session = new Session(paths, await openInputs(paths, { spool: true }), { ports: [], streams: true });
  await session.run({ progress: () => undefined, warning: () => undefined });
  return { session, table: new StreamTable(session.account.media.found) };
}

interface Told {
  readonly index: number;
  readonly time: number;
  readonly frame: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly type: number;
  readonly marked: boolean;
  readonly payload: string;
}

async function told(session: Session, streams: readonly number[]): Promise<Told[]> {
  const all: Told[] = [];
  const count = await readStreamPackets(
    session,
    streams,
    ({ index, time, frame, sequence, timestamp, payloadType, marked, bytes, at, end }) => {
      const payload = Buffer.from(bytes.subarray(at, end)).toString('hex');
      all.push({ index, time, frame, sequence, timestamp, type: payloadType, marked, payload });
    },
    signal,
  );
  expect(count).toBe(all.length);
  return all;
}

const root = join(import.meta.dirname, '..', '..', '..');
const lab = join(root, '..', 'shared', 'captures', 'lab');
const captures = [
  ...['sample-day.pcapng', 'tunnels.pcapng', 'fragments.pcap', 'hostile.pcap'].map((name) =>
    join(root, 'fixtures', name),
  ),
  ...['ptime-mismatch.pcap', 'ims-esp-a.pcap', 'transcoding.pcap']
    .map((name) => join(lab, name))
    .filter((path) => existsSync(path)),
];

test.each(captures)('every packet that was counted is told again, with the same times and bytes: %s', async (path) => {
  const { session, table } = await read([path]);
  try {
    for (let stream = 1; stream <= table.count; stream++) {
      const packets = await told(session, [stream]);
      expect(packets).toHaveLength(table.word(stream, Word.Packets));
      expect(packets[0]?.frame).toBe(table.word(stream, Word.Frame));
      expect(packets[0]?.time).toBe(table.real(stream, Real.First));
      expect(packets.at(-1)?.time).toBe(table.real(stream, Real.Last));
      const bytes = packets.reduce((sum, { payload }) => sum + payload.length / 2, 0);
      expect(bytes).toBe(table.real(stream, Real.PayloadBytes));
    }
  } finally {
    await session.close();
  }
});

const ends = [
  { host: '192.0.2.1', port: 4000 },
  { host: '192.0.2.2', port: 5000 },
] as const;

function rtp(i: number, ssrc: number, more: Partial<build.RtpHeader> = {}): Uint8Array {
  const header = { payloadType: 8, sequence: i & 0xffff, timestamp: i * 160, ssrc, ...more };
  return build.rtp(header, new Uint8Array(160).fill(i & 0xff));
}

function write(name: string, packets: readonly Uint8Array[]): string {
  const path = join(scratch, name);
  const base = 1_700_000_000_000_000_000n;
  const framed = packets.map((bytes, i) => ({
    time: base + BigInt(i) * 1_000_000n,
    bytes: build.ethernet({}, bytes),
  }));
  writeFileSync(path, build.pcap(framed));
  return path;
}

describe('a long capture', () => {
  const LENGTH = 60_000;
  /** One stream all the way, another one near the end, one that begins in fragments. */
  const path = write('long.pcap', [
    ...Array.from({ length: LENGTH }, (_, i) => {
      if (i >= 50_000 && i < 50_100) return build.udpPacket(ends[1], ends[0], rtp(i, 2));
      return build.udpPacket(ends[0], ends[1], rtp(i, 1));
    }),
    ...Array.from({ length: 10 }, (_, i) => {
      const datagram = build.udp(
        { src: '192.0.2.7', dst: '192.0.2.2', sport: 7000, dport: 5000 },
        build.rtp({ payloadType: 96, sequence: i, timestamp: i * 3000, ssrc: 3 }, new Uint8Array(1600).fill(i)),
      );
      const header = { src: '192.0.2.7', dst: '192.0.2.2', protocol: 17, id: i + 1 };
      return build.ipv4Fragments(header, datagram, [
        [0, 800],
        [800, datagram.length],
      ]);
    }).flat(),
  ]);

  test('is entered near the first packet and left behind the last', async () => {
    const { session } = await read([path]);
    try {
      const packets = await told(session, [2]);
      expect(packets.map(({ frame }) => frame)).toEqual(Array.from({ length: 100 }, (_, i) => 50_001 + i));
      expect(packets.map(({ time }) => time)).toEqual(packets.map(({ frame }) => (frame - 1) * 1e6));
      const { start, packets: before } = session.inputs.inputs[0]?.places.ahead(50_001) ?? { start: 0, packets: 0 };
      expect(start).toBe(24 + before * 230);
      expect(before).toBeGreaterThan(0);
    } finally {
      await session.close();
    }
  });

  test('two streams come in the order of arrival, and fragments are put together', async () => {
    const { session } = await read([path]);
    try {
      const both = await told(session, [2, 1]);
      expect(both).toHaveLength(LENGTH);
      expect(both.map(({ frame }) => frame)).toEqual(both.map((_, i) => i + 1));
      expect(both.filter(({ index }) => index === 0)).toHaveLength(100);
      const pieces = await told(session, [3]);
      expect(pieces.map(({ payload }) => payload.length)).toEqual(Array.from({ length: 10 }, () => 3200));
    } finally {
      await session.close();
    }
  });

  test('ends when it is told to', async () => {
    const { session } = await read([path]);
    const abort = new AbortController();
    try {
      let count = 0;
      const reading = readStreamPackets(
        session,
        [1],
        () => {
          count += 1;
          if (count === 5) abort.abort(new Error('enough'));
        },
        abort.signal,
      );
      await expect(reading).rejects.toThrow('enough');
      expect(count).toBeLessThan(LENGTH);
    } finally {
      await session.close();
    }
  });
});

test('what stands before and behind a payload is taken off; several captures are merged', async () => {
  const odd = rtp(1, 1, {
    contributors: [7, 8],
    extension: { profile: 0xbede, data: new Uint8Array(8) },
    padding: 4,
    marker: true,
  });
  const one = write('one.pcap', [build.udpPacket(ends[0], ends[1], odd)]);
  const other = write('other.pcap', [build.udpPacket(ends[0], ends[1], rtp(2, 1))]);
  const { session } = await read([one, other]);
  try {
    expect(await told(session, [1])).toEqual([
      {
        index: 0,
        time: 0,
        frame: 1,
        sequence: 1,
        timestamp: 160,
        type: 8,
        marked: true,
        payload: '01'.repeat(160),
      },
      {
        index: 0,
        time: 0,
        frame: 2,
        sequence: 2,
        timestamp: 320,
        type: 8,
        marked: false,
        payload: '02'.repeat(160),
      },
    ]);
  } finally {
    await session.close();
  }
});
