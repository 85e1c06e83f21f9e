import type { Browser } from '@playwright/test';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { App, Place } from './app.ts';
import { listen } from './complaints.ts';
import { dropFiles } from './drop.ts';
import { program, root } from './programs.ts';

/** A running `sipglass serve`. */
export interface Server {
  /** What it printed: its address, with the token. */
  readonly address: string;
  readonly pid: number;
  /** All that it wrote since. */
  said(): string;
  stop(): Promise<void>;
}

/** The page in a browser. */
export interface Served extends App {
  readonly server: Server;
}

/** Starts the command, and waits until it says where it is. */
export async function startServer(args: readonly string[]): Promise<Server> {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [join(program, 'bin', 'sipglass.cjs'), 'serve', ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  const hear = (text: Buffer): void => {
    said += text.toString('latin1');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.stderr.pipe(process.stderr);
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (status) => reject(new Error(`“sipglass serve” ended with status ${status}`)));
  });
  return {
    address,
    pid: child.pid ?? 0,
    said: () => said,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Starts `sipglass serve` and opens its page. */
export async function startServed(browser: Browser, captures: readonly string[], place: Place): Promise<Served> {
  const server = await startServer(captures);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints = listen(page);
  let saves = 0;
  // Who only begins to listen when the dialog is about to open can be too late for it.
  let chosen: readonly string[] = [];
  page.on('filechooser', (chooser) => void chooser.setFiles([...chosen]));
  await page.goto(server.address);
  return {
    kind: 'chromium',
    page,
    complaints,
    server,
    open: async (...files) => {
      chosen = files;
      await page.keyboard.press('ControlOrMeta+o');
    },
    drop: (...files) => dropFiles(page, files),
    saved: async (action) => {
      const begun = page.waitForEvent('download');
      await action();
      const download = await begun;
      const name = download.suggestedFilename();
      const path = place.outputPath(`saved ${++saves}`, name);
      await download.saveAs(path);
      return { name, path };
    },
    killHost: () => {
      const host = childrenOf(server.pid).at(-1);
      if (host === undefined) throw new Error('there is no host');
      process.kill(host, 'SIGKILL');
      return Promise.resolve();
    },
    copiedText: () => page.evaluate(() => navigator.clipboard.readText()),
    copiedPng: async () => Buffer.from(await page.evaluate(copiedPng), 'base64'),
    close: async () => {
      await context.close();
      await server.stop();
    },
  };
}

/** In the page: the picture of the clipboard, in base64. */
async function copiedPng(): Promise<string> {
  const [item] = await navigator.clipboard.read();
  if (item === undefined || !item.types.includes('image/png')) return '';
  const bytes = new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Processes that `parent` started, the newest last. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && parentOf(name) === parent)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Null for a process that has just ended. */
function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s*(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}
