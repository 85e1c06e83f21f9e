#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'sipglass.cjs');
if (existsSync(built)) {
  require(built);
} else {
  process.stderr.write('sipglass: not built yet; type “npm run build” in its folder first\n');
  process.exitCode = 1;
}
