import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

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
      input: { sipglass: 'cli/sipglass.ts', 'front-thread': 'core/host/front-thread.ts' },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name].cjs',
        // Names stay, for the sake of error reports.
        minify: { compress: false, mangle: false, codegen: true },
      },
    },
  },
  ssr: { noExternal: true },
});
