import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { programs } from './vite.programs.config.ts';

export default defineConfig({
  plugins: [programs, react()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    pool: 'threads',
    setupFiles: ['test/renderer/patience.ts'],
  },
});
