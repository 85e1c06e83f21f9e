// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import type { CallRow } from '../../../core/contract/model.ts';
import { serve, type Handlers } from '../../../core/contract/channel.ts';
import { memoryPair } from '../../../core/contract/pipe.ts';
import { CaptureHost } from '../../../core/host/handlers.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { attach, detach, useCapture } from '../../../renderer/state/capture.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { followCalls, useCallPages } from '../../../renderer/state/pages.ts';
import { followRereads } from '../../../renderer/state/rereads.ts';

/** Keys of IPsec can come late, or be typed: the host reads the capture again, and numbers mean other calls and messages. */

afterEach(detach);

test('when the capture was read again, nothing that was kept by number stays, and the list is asked for anew', async () => {
  const host = new CaptureHost();
  const [ours, theirs] = memoryPair();
  let calls = 1;
  const handlers: Handlers = {
    ...host.handlers,
    opened: () => ({ formats: ['pcap'], names: ['late.pcap'] }),
    progress: () => whole,
    done: () => whole,
    stats: () => Promise.reject(new Error('not asked here')),
    calls: () => ({ rows: Array.from({ length: calls }, (_, at) => ({ id: at + 1 }) as CallRow), total: calls }),
    callPosition: () => ({ at: 0 }),
  };
  const emit = serve(theirs, handlers);
  attach({ id: 1, names: ['late.pcap'], pipe: ours });
  followRereads();
  followCalls();
  await until(() => useCallPages.getState().total === 1);
  useCalls.setState({ cursor: 1, ticked: [1] });
  useLadder.setState({ selected: 7 });
  calls = 2;
  emit('reread', { generation: 1 });
  await until(() => useCallPages.getState().total === 2);
  expect(useCalls.getState().ticked).toEqual([]);
  expect(useLadder.getState().selected).toBeNull();
  expect(useCapture.getState().names).toEqual(['late.pcap']);
});

const whole = { packets: 1, messages: 1, calls: 1, bytesRead: 1, bytesTotal: 1, start: '0', end: '1', done: true };

async function until(holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
}
