/** Builds everything into dist/: the command with its host, the desktop program, the page. Side by side. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const builds = [
  ['--config', 'vite.cli.config.ts'],
  ['--config', 'vite.desktop.config.ts', '--mode', 'main'],
  ['--config', 'vite.desktop.config.ts', '--mode', 'preload'],
  ['--config', 'vite.page.config.ts'],
];

rmSync(join(root, 'dist'), { recursive: true, force: true });
const statuses = await Promise.all(
  builds.map(
    (options) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', ...options], {
          cwd: root,
          stdio: ['ignore', 'inherit', 'inherit'],
        });
        child.on('close', resolve);
      }),
  ),
);
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
