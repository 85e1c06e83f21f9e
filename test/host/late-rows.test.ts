import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CallRow, MessageRow } from '../../core/contract/model.ts';
import * as build from '../../fixtures/builder/index.ts';
import { opened, table } from '../capture-session.ts';
import { connection, request, response } from '../decode/streams.ts';

/** Messages behind a hole in a stream are handed over late, but have the frame and time of their packets: what is listed is in the order of the wire. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-late-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('a request behind a hole is found by its frame, listed and drawn before its response', async () => {
  const tcp = connection();
  const packets = tcp.open();
  packets.push(...tcp.send('client', request('before')), tcp.ack('server'));
  tcp.lose('client', 300);
  packets.push(...tcp.send('client', request('call')));
  const seq = tcp.position('server');
  // The response is there before an acknowledgement shows that the other side has what is missing.
  packets.push(tcp.segment('server', seq, 'P', build.bytesOf(response('call'))));
  tcp.lose('server', response('call').length);
  packets.push(tcp.ack('server'), tcp.ack('server'));
  const path = join(scratch, 'late.pcap');
  const times = packets.map((bytes, index) => ({
    time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n,
    bytes: build.ethernet({}, bytes),
  }));
  writeFileSync(path, build.pcap(times));

  const { client } = await opened(path);
  try {
    const rows = await table<MessageRow>(client, 'messages');
    expect(rows.map(({ frame, row, method, status }) => [frame, row, method ?? status])).toEqual([
      [4, 0, 'MESSAGE'],
      [6, 2, 'MESSAGE'],
      [7, 1, 200],
    ]);
    expect(await client.ask('messages', { from: 1, count: 1 })).toMatchObject({ rows: [{ frame: 6 }], total: 3 });
    for (const { frame, method } of rows) {
      expect(await client.ask('message', { frame })).toMatchObject([{ row: { frame, method } }]);
    }
    await expect(client.ask('message', { frame: 8 })).rejects.toMatchObject({ code: 'not-found' });
    const call = (await table<CallRow>(client, 'calls')).find(({ callId }) => callId === 'call');
    expect(call).toMatchObject({ state: 'completed', src: '192.0.2.1', start: rows[1]?.ts, end: rows[2]?.ts });
    const { items } = await client.ask('ladder', { calls: ['call'] });
    expect(items.flatMap((item) => (item.kind === 'arrow' ? [item.frame] : []))).toEqual([6, 7]);
  } finally {
    await client.close();
  }
});
