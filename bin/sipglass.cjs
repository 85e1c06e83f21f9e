#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const built = join(root, 'dist', 'sipglass.cjs');
const builder = join(root, 'scripts', 'build.mjs');
const packages = join(root, 'node_modules', 'vite');

// A checkout after a plain `npm ci`: built at its first use. An installed package brings dist along.
if (!existsSync(built) && existsSync(builder) && existsSync(packages)) {
  const { spawnSync } = require('node:child_process');
  process.stderr.write('sipglass: building, this once …\n');
  // Its words go to standard error: standard output is the command's.
  spawnSync(process.execPath, [builder], { cwd: root, stdio: ['ignore', 2, 2] });
}
if (existsSync(built)) {
  require(built);
} else {
  process.stderr.write('sipglass: not built; type “npm ci” and “npm run build” in its folder first\n');
  process.exitCode = 1;
}
