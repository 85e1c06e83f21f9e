import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openInputs } from '../../../core/capture/inputs.ts';
import { ladderOf } from '../../../core/host/ladder/ladder-answers.ts';
import { OpenCapture } from '../../../core/host/open-capture.ts';
import { Session } from '../../../core/host/session.ts';
import { warmLadders } from '../../../core/host/ladder/warm-ladders.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');

async function read(name: string): Promise<OpenCapture> {
  const path = join(fixtures, name);
  const session = new Session([path], await openInputs([path], { spool: true }), { ports: [], streams: true });
  await session.run({ progress: () => undefined, warning: () => undefined });
  return new OpenCapture(session);
}

test('ladders laid out ahead leave those that are asked for as they are', async () => {
  const { signal } = new AbortController();
  const [cold, warm] = [await read('sample-day.pcapng'), await read('sample-day.pcapng')];
  await warmLadders(warm, signal);
  for (const call of [1, 2, 3])
    expect(await ladderOf(warm, { calls: [call] }, signal)).toEqual(await ladderOf(cold, { calls: [call] }, signal));
  await cold.session.close();
  await warm.session.close();
});

test('a capture that is closed meanwhile is not read any more', async () => {
  const abort = new AbortController();
  const open = await read('sample-day.pcapng');
  let looked = 0;
  const { lookBack } = open.session;
  const bytesOf = lookBack.bytesOf.bind(lookBack);
  lookBack.bytesOf = (row) => {
    looked += 1;
    if (looked === 1) abort.abort();
    return bytesOf(row);
  };
  await warmLadders(open, abort.signal);
  // The round that was begun is ended: no call of this capture has more messages.
  expect(looked).toBeGreaterThan(0);
  expect(looked).toBeLessThan(200);
  await open.session.close();
});
