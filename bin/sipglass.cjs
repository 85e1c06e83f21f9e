#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const built = join(root, 'dist', 'sipglass.cjs');
const builder = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

// A checkout after a plain `npm ci`: built at its first use. An installed package brings dist along.
if (!existsSync(built) && existsSync(builder)) {
  const { spawnSync } = require('node:child_process');
  process.stderr.write('sipglass: building, this once …\n');
  const build = ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'error'];
  spawnSync(process.execPath, [builder, ...build], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
if (existsSync(built)) {
  require(built);
} else {
  process.stderr.write('sipglass: not built; type “npm ci” and “npm run build” in its folder first\n');
  process.exitCode = 1;
}
