/**
 * The program that goes into the tests' Electron as its `resources/app`: that build has no default app, so this does what
 * Electron's own does with a folder on its command line, and with `-r FILE` in front of it. A text, because only
 * CommonJS is loaded there.
 */
export const launcher = `'use strict';
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const words = process.argv.slice(1);
const loaded = words.indexOf('-r');
if (loaded !== -1) require(resolve(words.splice(loaded, 2)[1]));
const named = words.find((word) => !word.startsWith('-'));
const folder = named === undefined ? null : resolve(named);
if (folder === null || !existsSync(join(folder, 'package.json'))) {
  process.stderr.write('This Electron runs the folder of an application, named on its command line.\\n');
  process.exit(2);
}
const { name, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
process.defaultApp = true;
app.setName(name);
app.setVersion(version);
app.setAppPath(folder);
require(join(folder, main));
`;
