import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Runs what was built, so that it leaves its compiled form beside itself (core/host/code-cache.ts). It works without, too. */
const codeCache: Plugin = {
  name: 'code-cache',
  closeBundle() {
    const sample = 'fixtures/sample-day.pcapng';
    for (const command of [
      ['stats', sample],
      ['calls', sample],
      ['ladder', sample, '--call', '1'],
    ]) {
      spawnSync(process.execPath, ['dist/sipglass.cjs', ...command], {
        cwd: import.meta.dirname,
        env: { ...process.env, SIPGLASS_CODE_CACHE: 'write' },
        stdio: 'ignore',
      });
    }
  },
};

/**
 * The headless command. Starting up is a good part of what a small capture costs: so it is CommonJS, without white
 * space, and parts that only some commands need are chunks of their own.
 */
export default defineConfig({
  define: { SIPGLASS_VERSION: JSON.stringify(version) },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      // The second is the program of a thread, found beside the first.
      input: { sipglass: 'cli/start.ts', 'front-thread': 'core/host/front-thread.ts' },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name].cjs',
        // Names stay, for the sake of error reports.
        minify: { compress: false, mangle: false, codegen: true },
      },
    },
  },
  plugins: [codeCache],
  ssr: { noExternal: true },
});
