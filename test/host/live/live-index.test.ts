import { setTimeout as pause } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CallRow } from '../../../core/contract/model.ts';
import { localHost, type LocalClient } from '../../../core/host/local.ts';
import { table } from '../../capture-session.ts';
import { testFolder } from '../../capture/folder.ts';
import { call, more, sipFrame, stream } from '../../live/packets.ts';
import { standIns } from '../../live/stand-in.ts';

const at = testFolder();
const standIn = standIns(at('bin'));

/** A helper that hands over `count` files of packets, one when the one before was read, and ends with the last. */
async function captured(
  parts: readonly Uint8Array[],
  options: object,
): Promise<{ client: LocalClient; rereads: number[] }> {
  for (const [i, part] of parts.entries()) writeFileSync(at(`part${i}`), part);
  standIn(
    'dumpcap',
    `rm -f ${at('next')}*; i=0; while [ $i -lt ${parts.length} ]; do cat ${at('part')}$i; i=$((i + 1))
     while [ ! -e ${at('next')}$i ]; do sleep 0.02; done; done`,
  );
  const client = localHost();
  const rereads: number[] = [];
  client.on('reread', ({ generation }) => rereads.push(generation));
  await client.ask('open', {
    inputs: [],
    live: { source: { from: 'interface', interface: 'lo', backend: 'dumpcap' }, folder: at('files'), ...options },
  });
  return { client, rereads };
}

/** Until everything is in the index that the parts up to `part` hold, and the next part may come. */
async function read(client: LocalClient, last: string, part: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await client.ask('calls', { from: 0, count: 1, sort: { by: 'start', descending: true } });
    if (rows[0]?.callId === last) break;
    if (tries > 1000) throw new Error(`${last} never came; the last one is ${rows[0]?.callId}`);
    await pause(10);
  }
  // The index is made anew beside the old one.
  await pause(300);
  writeFileSync(at(`next${part}`), '');
}

test(
  'the oldest ended calls go, running ones never, and what stays can be looked at',
  { timeout: 60_000 },
  async () => {
    const running = Array.from({ length: 20 }, (_, i) => call(`running${i}`, i, { ended: false })).flat();
    const perPart = 600;
    const parts = Array.from({ length: 8 }, (_, part) => {
      const calls = Array.from({ length: perPart }, (_unused, i) =>
        call(`call${part * perPart + i}`, 1000 + (part * perPart + i) * 50, { padding: 600 }),
      );
      return part === 0 ? stream([...running, ...calls.flat()]) : more(calls.flat());
    });
    const { client, rereads } = await captured(parts, { calls: 1000, fileBytes: 1_000_000, files: 10 });
    try {
      for (const part of parts.keys()) await read(client, `call${(part + 1) * perPart - 1}`, part + 1);
      await client.ask('done', {});
      expect(rereads.length).toBeGreaterThan(1);
      expect(rereads).toEqual([...rereads.keys()].map((i) => i + 1));
      const rows = await table<CallRow>(client, 'calls');
      const ids = rows.map(({ callId }) => callId);
      expect(new Set(ids).size).toBe(ids.length);
      // All that go on are there, as they were, from their INVITE on.
      const going = rows.filter(({ state }) => state === 'in-call');
      expect(going.map(({ callId }) => callId)).toEqual(Array.from({ length: 20 }, (_, i) => `running${i}`));
      expect(going.every(({ partial, messages }) => !partial && messages === 3)).toBe(true);
      // Of the others the last ones, without a hole, and not many more than may be.
      const ended = ids.filter((id) => id.startsWith('call'));
      const first = Number(ended[0]?.slice(4));
      expect(ended).toEqual(Array.from({ length: ended.length }, (_, i) => `call${first + i}`));
      expect(ended.at(-1)).toBe(`call${parts.length * perPart - 1}`);
      expect(ended.length).toBeGreaterThanOrEqual(500 - perPart);
      expect(ended.length).toBeLessThan(1000 + 2 * perPart);
      // Their messages are read from where they are now: what was carried over, and the files that stayed.
      for (const name of ['running7', ended[0], ended.at(-1)]) {
        const { rows: found } = await client.ask('messages', { from: 0, count: 10, filter: `callid == "${name}"` });
        // Of the first one that is left the beginning may have gone with the file before.
        expect(found.length).toBeGreaterThan(name === ended[0] ? 0 : 2);
        const [detail] = await client.ask('message', { row: found[0]?.row ?? -1 });
        expect(JSON.stringify(detail)).toContain(name);
      }
    } finally {
      await client.close();
    }
  },
);

test(
  'files that must go take their calls with them, and the recording does not wait for ever',
  { timeout: 60_000 },
  async () => {
    const perPart = 400;
    const parts = Array.from({ length: 9 }, (_, part) => {
      const calls = Array.from({ length: perPart }, (_unused, i) =>
        call(`file${part * perPart + i}`, (part * perPart + i) * 50, { padding: 1500 }),
      );
      return (part === 0 ? stream : more)(calls.flat());
    });
    const { client, rereads } = await captured(parts, { calls: 1_000_000, fileBytes: 1_000_000, files: 4 });
    try {
      for (const part of parts.keys()) {
        await read(client, `file${(part + 1) * perPart - 1}`, part + 1);
        const state = await client.ask('liveState', {});
        expect(state?.files.length).toBeLessThanOrEqual(4 + 4 + 1);
      }
      await client.ask('done', {});
      expect(rereads.length).toBeGreaterThan(0);
      const rows = await table<CallRow>(client, 'calls');
      expect(rows.at(-1)?.callId).toBe(`file${parts.length * perPart - 1}`);
      expect(rows.every(({ state }) => state === 'completed')).toBe(true);
    } finally {
      await client.close();
    }
  },
);

test(
  'questions about the whole are answered of what is there now, and again when there is more',
  { timeout: 60_000 },
  async () => {
    const frames = [...call('first', 0), ...call('second', 5000)];
    const { client } = await captured(
      [stream(frames.slice(0, 5)), more(frames.slice(5)), more([sipFrame('INVITE', 'third', 9000, { tag: false })])],
      {},
    );
    try {
      await read(client, 'first', 1);
      const before = await client.ask('stats', {});
      expect((await client.ask('ladder', { calls: ['first'] })).items.length).toBeGreaterThan(4);
      expect((await client.ask('paths', { from: 0, count: 10 })).total).toBe(0);
      await read(client, 'second', 2);
      const after = await client.ask('stats', {});
      expect([before.packets, after.packets]).toEqual([5, 10]);
      expect((await client.ask('ladder', { calls: ['second'] })).items.length).toBeGreaterThan(4);
      await read(client, 'third', 3);
      await client.ask('done', {});
      const { rows } = await client.ask('calls', { from: 0, count: 10 });
      expect(rows.map(({ callId, state }) => [callId, state])).toEqual([
        ['first', 'completed'],
        ['second', 'completed'],
        ['third', 'calling'],
      ]);
    } finally {
      await client.close();
    }
  },
);
