import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalClient } from '../../core/host/local.ts';
import type { StreamRow } from '../../core/contract/streams.ts';
import { opened } from '../capture-session.ts';

/** Streams by the contract, on the sample: relayed calls, one of them with a phone behind NAT. */
let client: LocalClient;
let rows: readonly StreamRow[];

beforeAll(async () => {
  ({ client } = await opened('fixtures/sample-day.pcapng'));
  ({ rows } = await client.ask('streams', { from: 0, count: 1000 }));
});
afterAll(() => client.close());

describe('streams', () => {
  test('in the order in which they began, each with its call, leg and direction', () => {
    expect(rows).toHaveLength(16);
    expect(rows.map(({ start }) => start)).toEqual(rows.map(({ start }) => start).toSorted());
    for (const call of new Set(rows.map(({ callId }) => callId))) {
      const own = rows.filter(({ callId }) => callId === call);
      expect(own.map(({ direction, leg }) => `${leg} ${direction}`).toSorted()).toEqual([
        '1 callee-to-caller',
        '1 caller-to-callee',
        '2 callee-to-caller',
        '2 caller-to-callee',
      ]);
    }
  });

  test('clean calls have no warning and all packet times agree; the last one has longer packets than the caller takes', () => {
    const last = rows.at(-1)?.call ?? 0;
    const clean = rows.filter(({ call }) => call !== last);
    expect(clean.filter(({ warning }) => warning !== null)).toEqual([]);
    expect(new Set(clean.map(({ ptime }) => ptime.verdict))).toEqual(new Set(['agree']));
    const longer = rows.filter(({ call, direction }) => call === last && direction === 'callee-to-caller');
    expect(longer.map(({ ptime: { verdict, wantedMs, maxMs } }) => ({ verdict, wantedMs, maxMs }))).toContainEqual({
      verdict: 'mixed',
      wantedMs: 20,
      maxMs: 20,
    });
    expect(longer.map(({ ptime }) => ptime.changes.map(({ ms }) => ms))).toEqual([
      [20, 40],
      [20, 40],
    ]);
  });

  test('an address that was not announced is told, and no fault where packets come back from there', () => {
    const notes = rows.flatMap(({ addressNote }) => addressNote ?? []);
    expect(notes).toEqual([
      'It goes to 203.0.113.7:18882, from where that side’s own packets come (latching); the caller announced 192.168.1.20:18882.',
      'It comes from 203.0.113.7:18882; the caller announced 192.168.1.20:18882.',
    ]);
  });

  test('pages, calls and filters choose', async () => {
    const [first] = rows;
    const page = await client.ask('streams', { from: 2, count: 3 });
    expect(page).toEqual({ rows: rows.slice(2, 5), total: 16 });
    const byCall = await client.ask('streams', { from: 0, count: 50, calls: [first?.callId ?? ''] });
    expect(byCall.total).toBe(4);
    const byFilter = await client.ask('streams', { from: 0, count: 50, filter: `callid:"${first?.callId ?? ''}"` });
    expect(byFilter).toEqual(byCall);
    await expect(client.ask('streams', { from: 0, count: 5, filter: 'nonsense:' })).rejects.toMatchObject({
      code: 'filter',
    });
  });

  test('the course of a stream holds all its packets and losses; one that there is not is refused', async () => {
    const [stream] = rows;
    const { points, spacing } = await client.ask('streamCourse', { stream: stream?.id ?? 0 });
    expect(points.reduce((sum, { packets }) => sum + packets, 0)).toBe(stream?.packets);
    expect(points.reduce((sum, { lost }) => sum + lost, 0)).toBe(stream?.lost);
    expect(points.every(({ mos }) => mos !== null && mos > 1 && mos < 4.5)).toBe(true);
    expect(spacing.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(200);
    await expect(client.ask('streamCourse', { stream: 9999 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a ladder has bands for the streams of its calls when it is asked to', async () => {
    const calls = [rows[0]?.callId ?? ''];
    const plain = await client.ask('ladder', { calls });
    expect(plain.items.filter(({ kind }) => kind === 'band')).toEqual([]);
    const { items } = await client.ask('ladder', { calls, rtp: true });
    const bands = items.flatMap((item) => (item.kind === 'band' ? [item.words.join(' · ')] : []));
    expect(bands).toHaveLength(4);
    expect(bands[0]).toBe('RTP PCMA 20 ms · loss 0.9 % · MOS 4.3');
  });
});
