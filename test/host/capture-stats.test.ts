import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalClient } from '../../core/host/local.ts';
import { opened } from '../capture-session.ts';

let client: LocalClient;
beforeAll(async () => {
  ({ client } = await opened(join(import.meta.dirname, '../../fixtures/hostile.pcap')));
});
afterAll(() => client.close());

test('what is of the capture is told without counting messages, and is the same as where they are counted', async () => {
  const { files, packets, bytes, start, end, media, ledger, faults, warnings } = await client.ask('stats', {});
  const told = await client.ask('stats', { of: 'capture' });
  expect(told).toMatchObject({ files, packets, bytes, start, end, media, ledger, faults, warnings });
  expect(told).toMatchObject({ messages: 0, calls: 0, methods: {}, statuses: {}, states: {} });
  expect(packets).toBeGreaterThan(0);
});
