import type { Browser } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { App } from '../app.ts';
import type { Desktop } from '../desktop.ts';

/** Of a process, in megabytes (10^6 bytes). */
export interface Memory {
  /** All of it that is in memory, what it shares with others included. */
  readonly resident: number;
  /** Only its own. */
  readonly private: number;
}

/** Memory of the process that shows the page; of several the largest. */
export async function rendererMemory(app: App, browser: Browser | null): Promise<Memory> {
  const pids = browser === null ? await windowProcesses(app as Desktop) : await renderers(browser);
  const [largest] = pids.flatMap(memoryOf).sort((a, b) => b.private - a.private);
  if (largest === undefined) throw new Error('there is no process that shows the page');
  return largest;
}

function windowProcesses({ electron }: Desktop): Promise<number[]> {
  return electron.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .map(({ pid }) => pid),
  );
}

async function renderers(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Nothing for a process that has just ended. */
function memoryOf(pid: number): Memory[] {
  let text = '';
  try {
    text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    return [];
  }
  const megabytes = (name: string): number =>
    (Number(new RegExp(`^${name}:\\s*(?<kB>\\d+) kB`, 'mu').exec(text)?.groups?.kB ?? 0) * 1024) / 1e6;
  return [{ resident: megabytes('Rss'), private: megabytes('Private_Clean') + megabytes('Private_Dirty') }];
}

/** Megabytes that JavaScript objects of the page take after a collection. */
export async function heapOf({ page }: App): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6;
}
