import { join } from 'node:path';
import { serve } from '../../core/contract/channel.ts';
import type { MessageRow } from '../../core/contract/model.ts';
import { memoryPair } from '../../core/contract/pipe.ts';
import { CaptureHost } from '../../core/host/handlers.ts';
import { attach, detach, useCapture } from '../../renderer/state/capture.ts';
import { forgetCalls } from '../../renderer/state/calls.ts';
import { useLadder } from '../../renderer/state/ladder.ts';
import { useSettings } from '../../renderer/state/settings.ts';
import { useView } from '../../renderer/state/view.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
let lastId = 0;

/** Opens a capture of fixtures/ in a real host and gives it to the page; resolves when it has been read. What is returned ends it. */
export async function openOnPage(name: string): Promise<() => Promise<void>> {
  const host = new CaptureHost();
  const [ours, theirs] = memoryPair();
  host.tell(serve(theirs, host.handlers));
  const { signal } = new AbortController();
  await host.handlers.open({ inputs: [join(fixtures, name)] }, { signal, chunk: () => Promise.resolve() });
  lastId += 1;
  attach({ id: lastId, names: [name], pipe: ours });
  await clientOfPage().ask('done', {});
  return async () => {
    detach();
    await host.close();
  };
}

/** The page as after its first start. */
export function forgetPage(): void {
  forgetCalls();
  useLadder.setState(useLadder.getInitialState(), true);
  useSettings.setState(useSettings.getInitialState(), true);
  useView.setState(useView.getInitialState(), true);
}

export function clientOfPage(): NonNullable<ReturnType<typeof useCapture.getState>['client']> {
  const { client } = useCapture.getState();
  if (client === null) throw new Error('no capture is open');
  return client;
}

/** The messages that a filter selects. */
export async function rowsWhere(filter?: string): Promise<readonly MessageRow[]> {
  const page = { from: 0, count: 10_000, ...(filter === undefined ? {} : { filter }) };
  return (await clientOfPage().ask('messages', page)).rows;
}
