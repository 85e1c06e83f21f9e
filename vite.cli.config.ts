import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { printFiles } from './core/print/files.ts';
import { programs } from './vite.programs.config.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Goes with the files of others. */
const printNotice = `What ladders are printed with (PNG, PDF):

Inter, https://github.com/rsms/inter, SIL Open Font License 1.1: see inter-license.txt
JetBrains Mono, https://github.com/JetBrains/JetBrainsMono, SIL Open Font License 1.1: see jetbrains-mono-license.txt
resvg.wasm: resvg, https://github.com/linebender/resvg, as built by
  https://github.com/yisibl/resvg-js (@resvg/resvg-wasm 2.6.2); Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/
`;

/** Fonts and renderer of printed ladders, with the licences they come under: files beside the program. */
const printAssets: Plugin = {
  name: 'print-assets',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'print/README.txt', source: printNotice });
    for (const [name, source] of printFiles)
      this.emitFile({
        type: 'asset',
        fileName: `print/${name}`,
        source: readFileSync(new URL(`node_modules/${source}`, import.meta.url)),
      });
  },
};

/** Runs what was built, so that it leaves its compiled form beside itself (core/host/reading/code-cache.ts). It works without, too. */
let built = 'dist';
const codeCache: Plugin = {
  name: 'code-cache',
  configResolved({ build }) {
    built = build.outDir;
  },
  closeBundle() {
    // V8 tells by the length of a file alone whether what was compiled before is of it.
    for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.cache')) rmSync(join(built, file));
    }
    const sample = 'fixtures/sample-day.pcapng';
    const sealed = join(mkdtempSync(join(tmpdir(), 'sipglass-build-')), 'sealed.pcap');
    writeFileSync(sealed, manyTimes(readFileSync(new URL('fixtures/gm.pcap', import.meta.url))));
    for (const command of [
      ['stats', sample],
      ['stats', sealed, '--esp', '192.0.2.1,192.0.2.2,1,null,,hmac-sha-1-96,0000000000000000000000000000000000000000'],
      ['calls', sample],
      ['streams', sample],
      ['ladder', sample, '--call', '1'],
    ]) {
      spawnSync(process.execPath, [join(built, 'sipglass.cjs'), ...command], {
        cwd: import.meta.dirname,
        env: { ...process.env, SIPGLASS_CODE_CACHE: 'write' },
        stdio: 'ignore',
      });
    }
    rmSync(dirname(sealed), { recursive: true });
  },
};

/** A small pcap with its packets over and over, so that there are enough of a kind for what is done with many at a time. */
function manyTimes(pcap: Buffer): Buffer {
  return Buffer.concat([pcap, ...Array.from({ length: 20 }, () => pcap.subarray(24))]);
}

/**
 * The headless command, and the host of a capture. Starting up is a good part of what a small capture costs: so it is
 * CommonJS, without white space, and parts that only some commands need are chunks of their own.
 */
export default defineConfig({
  plugins: [programs, printAssets, codeCache],
  define: { SIPGLASS_VERSION: JSON.stringify(version) },
  build: {
    ssr: true,
    outDir: 'dist',
    // What else is in there is built beside it.
    emptyOutDir: false,
    target: 'node18',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      // The host of a capture in the desktop, and behind the page of a browser, is the same code in a process of its own.
      input: {
        sipglass: 'cli/start.ts',
        host: 'core/host/entry.ts',
        'serve-host': 'core/host/serve/host-process.ts',
        // The program of a thread, found beside those that start it.
        'front-thread': 'core/host/reading/front-thread.ts',
        // The program that captures, where neither dumpcap nor tcpdump is there.
        'cap-helper': 'core/live/cap-helper.ts',
      },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name].cjs',
        // What reads a capture is one chunk: names of another chunk are asked for through its exports, by a function each
        // time, which in the packet path costs more than the work.
        // Apart from that is what runs before anything else is loaded, so that the rest comes in its compiled form.
        codeSplitting: {
          groups: [
            { name: 'start', test: /core\/host\/reading\/(?:early-thread|code-cache)\.ts$/, priority: 1 },
            { name: 'session', test: /core\/host\/session\.ts$/ },
          ],
        },
        // Names stay, for the sake of error reports.
        minify: { compress: false, mangle: false, codegen: true },
      },
    },
  },
  ssr: { noExternal: true },
});
