import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page: the same files in the desktop's window and in a browser. Chrome 114 is Electron 25, the oldest tested. */
export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/page', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome114',
    // Fonts are files, never data: addresses, so that the Content-Security-Policy needs no exception.
    assetsInlineLimit: 0,
    sourcemap: false,
    // It comes from this computer, or over one's own ssh.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
