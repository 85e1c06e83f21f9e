/** Starts the programs of the live benches and reads what they say. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** @typedef {{ readonly sent: number, readonly failed: number, readonly sip: number, readonly calls: number, readonly seconds: number }} Sent */
/**
 * @typedef {object} Line What a host said.
 * @property {boolean} last
 * @property {boolean} ready
 * @property {number} packets That were captured.
 * @property {number} read That are in the index.
 * @property {number} messages
 * @property {number} calls
 * @property {number | null} dropped
 * @property {string | null} problem
 * @property {number} files
 * @property {number} bytesKept
 * @property {number} rereads
 * @property {number} rows That were new since the line before.
 * @property {number} late Milliseconds from the wire to the row: half of them within.
 * @property {number} latest 99 of 100 within.
 * @property {number} cpuMs
 * @property {number} rss
 * @property {number} heapUsed
 * @property {number} arrayBuffers
 */

const root = join(import.meta.dirname, '..', '..', '..');
/** Beside the built command, where the program of the built-in capture is found. */
const built = join(root, 'dist', 'bench');
const file = 'local.mjs';

/** Makes of the host one file that Node runs. */
export async function prepare() {
  await build({
    configFile: join(root, 'vite.programs.config.ts'),
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: 'core/host/local.ts',
      outDir: built,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: file, chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
}

/**
 * Traffic on loopback.
 *
 * @param {Readonly<Record<string, string | number>>} options
 * @returns {Promise<Sent>}
 */
export async function traffic(options) {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'traffic.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return /** @type {Sent} */ (JSON.parse(text));
}

/**
 * A host that captures, ready to; `lines` are what it said so far.
 *
 * @param {import('../../../core/contract/live.ts').LiveOptions} live
 * @param {(line: Line) => void} [each]
 */
export async function watch(live, each = () => undefined) {
  const program = join(import.meta.dirname, 'watch.mjs');
  const args = [program, pathToFileURL(join(built, file)).href, JSON.stringify(live)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  /** @type {Line[]} */
  const lines = [];
  const over = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = /** @type {Line} */ (JSON.parse(text));
    lines.push(line);
    each(line);
  });
  const gone = over.then(() => {
    throw new Error('the host ended before it captured');
  });
  // Heard of only while it is waited for.
  gone.catch(() => undefined);
  while (lines.at(-1)?.ready !== true) await Promise.race([gone, pause(50)]);
  return {
    lines,
    /** Until nothing more comes; somebody else's traffic may never end. */
    settled: async () => {
      for (let before = -1, quiet = 0, tries = 0; quiet < 3 && tries < 30; tries++) {
        await pause(1000);
        const packets = lines.at(-1)?.packets ?? 0;
        quiet = packets === before ? quiet + 1 : 0;
        before = packets;
      }
    },
    /** What it said last. */
    end: async () => {
      child.stdin.end();
      await over;
      const last = lines.at(-1);
      if (last?.last !== true) throw new Error('the host ended before it was asked to');
      return last;
    },
  };
}
