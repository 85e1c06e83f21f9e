import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { LocalClient } from '../../core/host/local.ts';
import type { StreamCourse, StreamRow } from '../../core/contract/streams.ts';
import * as build from '../../fixtures/builder/index.ts';
import { opened } from '../capture-session.ts';

/** The fine course of a stream, measured from its packets, says the same as what was counted while they went by. */
const root = join(import.meta.dirname, '..', '..');
const lab = join(root, '..', 'shared', 'captures', 'lab');
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-stream-course-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const captures = [
  join(root, 'fixtures', 'sample-day.pcapng'),
  ...['ptime-mismatch.pcap', 'one-way-nat.pcap', 'ims-esp-a.pcap']
    .map((name) => join(lab, name))
    .filter((path) => existsSync(path)),
];

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

function check(row: StreamRow, { fine, points, spacing }: StreamCourse): void {
  expect(sum(points.map(({ packets }) => packets))).toBe(row.packets);
  expect(sum(points.map(({ lost }) => lost))).toBe(row.missing);
  expect(sum(points.map(({ duplicates }) => duplicates))).toBe(row.duplicates);
  expect(sum(points.map(({ late }) => late))).toBe(row.outOfOrder);
  const most = Math.max(...points.map(({ maxJitterMs }) => maxJitterMs ?? 0));
  if (row.jitterRfc3550 !== null) expect(most).toBeCloseTo(row.jitterRfc3550.maxMs, 2);
  expect(Math.max(...points.map(({ maxDeltaMs }) => maxDeltaMs))).toBeGreaterThanOrEqual(row.maxDeltaMs - 0.001);
  for (const { firstDeltaMs, maxDeltaMs, minDeltaMs } of points) {
    if (firstDeltaMs === null || firstDeltaMs === undefined) continue;
    expect(minDeltaMs).toBeLessThanOrEqual(firstDeltaMs);
    expect(firstDeltaMs).toBeLessThanOrEqual(Math.max(0, maxDeltaMs));
  }
  expect(spacing.every(({ fromMs, toMs }) => toMs === null || toMs - fromMs === fine?.spacingStepMs)).toBe(true);
  const keys = fine?.marks.filter(({ kind }) => kind === 'dtmf').map(({ text }) => text);
  expect(keys).toEqual(row.dtmf.map(({ key }) => key));
  expect(fine?.marks.filter(({ kind }) => kind === 'ptime')).toHaveLength(Math.max(0, row.ptime.changes.length - 1));
  const times = fine?.marks.map(({ ts }) => ts) ?? [];
  expect(times).toEqual(times.toSorted());
}

test.each(captures)('of every stream: %s', async (path) => {
  const { client } = await opened(path);
  try {
    const { rows } = await client.ask('streams', { from: 0, count: 1000 });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      check(row, await client.ask('streamCourse', { stream: row.id, points: 700 }));
      check(row, await client.ask('streamCourse', { stream: row.id, points: 1 }));
    }
  } finally {
    await client.close();
  }
});

const from = { host: '192.0.2.1', port: 4000 };
const to = { host: '192.0.2.2', port: 5000 };
const START = 1_700_000_000_000_000_000n;

interface Made {
  readonly ms: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly type?: number;
  readonly ssrc?: number;
  readonly bytes?: number;
  readonly marker?: boolean;
}

async function made(packets: readonly Made[]): Promise<LocalClient> {
  const path = join(scratch, 'made.pcap');
  const written = packets
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ bytes = 160, ms, sequence, ssrc = 1, timestamp, type = 8, marker = false }) => ({
      time: START + BigInt(Math.round(ms * 1000)) * 1000n,
      bytes: build.ethernet(
        {},
        build.udpPacket(
          from,
          to,
          build.rtp({ payloadType: type, sequence, timestamp, ssrc, marker }, new Uint8Array(bytes)),
        ),
      ),
    }));
  writeFileSync(path, build.pcap(written));
  const { client } = await opened(path);
  return client;
}

function run(count: number, begin: Made, ms = 20): Made[] {
  return Array.from({ length: count }, (_, i) => ({
    ...begin,
    ms: begin.ms + i * ms,
    sequence: (begin.sequence + i) & 0xffff,
    timestamp: begin.timestamp + i * ms * 8,
    bytes: ms * 8,
  }));
}

describe('a stream of which everything is known', () => {
  test('gaps, late packets and copies are where they happened', async () => {
    const packets = run(100, { ms: 0, sequence: 65_500, timestamp: 0 });
    // Packets 50 to 52 never come; 71 comes after 73; 80 comes twice.
    const [early] = packets.splice(71, 1);
    packets.splice(73, 0, { ...(early as Made), ms: 73 * 20 + 5 });
    packets.splice(81, 0, { ...(packets[80] as Made), ms: 80 * 20 + 1 });
    packets.splice(50, 3);
    const client = await made(packets);
    try {
      const { fine, points } = await client.ask('streamCourse', { stream: 1, points: 10 });
      expect(points.map(({ lost }) => lost)).toEqual([0, 0, 0, 0, 0, 3, 0, 0, 0, 0]);
      expect(points.map(({ late }) => late)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
      expect(sum(points.map(({ duplicates }) => duplicates))).toBe(1);
      expect(fine?.marks).toEqual([{ ts: '1700000001.060000', kind: 'gap', frame: 51, text: '3 packets lost' }]);
      expect(points[0]).toMatchObject({ mos: 4.41, firstDeltaMs: 20, minDeltaMs: 20, ptimeMs: 20, payloadMs: 20 });
      expect(points[9]?.mos).toBeLessThan(4.3);
    } finally {
      await client.close();
    }
  });

  test('a stretch is as long as asked for, and what went before is known', async () => {
    const client = await made(run(200, { ms: 0, sequence: 1, timestamp: 0 }));
    try {
      const answer = await client.ask('streamCourse', { stream: 1, from: '1700000001', to: '1700000002', points: 4 });
      expect(answer.fine).toMatchObject({ from: '1700000001.000000', to: '1700000002.000000', stepMs: 250 });
      expect(answer.points.map(({ packets }) => packets)).toEqual([13, 12, 13, 13]);
      expect(answer.points[0]).toMatchObject({ firstDeltaMs: 20, jitterMs: 0 });
      expect(answer.spacing).toEqual([{ fromMs: 20, toMs: 21, count: 51 }]);
    } finally {
      await client.close();
    }
  });

  test('changes of packet time, payload type and source are marked', async () => {
    const client = await made([
      ...run(50, { ms: 0, sequence: 1, timestamp: 0, type: 8, marker: false }),
      ...run(50, { ms: 1000, sequence: 51, timestamp: 8000, type: 8 }, 40),
      ...run(50, { ms: 3000, sequence: 101, timestamp: 24_000, type: 0 }, 40),
      ...run(20, { ms: 4010, sequence: 1, timestamp: 0, ssrc: 0xabcd_ef01 }),
    ]);
    try {
      const { fine, points } = await client.ask('streamCourse', { stream: 1, points: 100 });
      expect(fine?.marks).toEqual([
        { ts: '1700000001.000000', kind: 'ptime', frame: 51, text: '20 ms → 40 ms' },
        { ts: '1700000003.000000', kind: 'payload-type', frame: 101, text: 'PCMA → PCMU' },
        { ts: '1700000004.010000', kind: 'ssrc', frame: 127, text: 'SSRC 0xabcdef01 begins' },
      ]);
      expect(points.at(-1)).toMatchObject({ ptimeMs: 40, payloadMs: 40, minPtimeMs: 40, maxPtimeMs: 40 });
    } finally {
      await client.close();
    }
  });

  test('marks are bounded, and how many were left out is told', async () => {
    const packets = Array.from({ length: 500 }, (_, i) => ({
      ms: i * 20,
      sequence: 2 * i,
      timestamp: i * 320,
      marker: true,
    }));
    // Every other number is missing: packets in order without a gap make it a stream.
    const client = await made([...packets, ...run(2000, { ms: 10_000, sequence: 1000, timestamp: 160_000 })]);
    try {
      const { fine } = await client.ask('streamCourse', { stream: 1, points: 4000 });
      expect(fine?.marks.filter(({ kind }) => kind === 'gap')).toHaveLength(200);
      expect(fine?.marksLeftOut).toBe(300 + 299);
    } finally {
      await client.close();
    }
  });
});
