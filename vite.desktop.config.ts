import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Main process and preload script: CommonJS, because Electron before 28 loads nothing else. */
export default defineConfig(({ mode }) => ({
  define: { SIPGLASS_VERSION: JSON.stringify(version) },
  build: {
    ssr: mode === 'preload' ? 'electron/preload.ts' : 'electron/main.ts',
    outDir: 'dist/desktop',
    emptyOutDir: false,
    target: 'node18',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: ['electron'] },
}));
