import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openInputs } from '../../../core/capture/inputs.ts';
import { OpenCapture } from '../../../core/host/open-capture.ts';
import { Session } from '../../../core/host/session.ts';
import { statsOf } from '../../../core/host/statistics/stats.ts';
import { callPage, messagePage } from '../../../core/host/table-answers.ts';

/** Where there is no room for WebAssembly (a tight `ulimit -v`), calls are read all the same, and that RTP was not is said. */

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');

afterEach(() => vi.unstubAllGlobals());

async function read(name: string): Promise<{ readonly told: unknown; readonly warnings: readonly string[] }> {
  const inputs = await openInputs([join(fixtures, name)], { spool: true });
  const session = new Session([name], inputs, { ports: [], streams: true });
  const warnings: string[] = [];
  const { signal } = new AbortController();
  try {
    await session.run({ progress: () => undefined, warning: (text) => warnings.push(text) });
    const open = new OpenCapture(session);
    const all = { from: 0, count: 10_000 };
    const { ledger, methods, states } = await statsOf(session);
    const told = [ledger, methods, states, await messagePage(open, all, signal), await callPage(open, all, signal)];
    return { told, warnings };
  } finally {
    await session.close();
  }
}

test.each(['sample-day.pcapng', 'states.pcap', 'gm.pcap'])('%s', async (name) => {
  const usual = await read(name);
  vi.stubGlobal('WebAssembly', undefined);
  const without = await read(name);
  expect(usual.warnings).toEqual([]);
  expect(without.warnings).toEqual([expect.stringContaining('RTP was not looked at')]);
  expect(without.told).toEqual(usual.told);
});
