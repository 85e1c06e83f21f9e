/**
 * Loaded by Electron in front of the program: holds its start until the tests are connected, by Playwright's own means,
 * which it uses only for an Electron that it found itself. Without it the window may load while Playwright attaches,
 * which then waits for ever for a navigation that is over.
 */
const { dirname, join } = require('node:path');

// Else the program would take this file for a capture.
process.argv.splice(process.argv.indexOf('-r'), 2);
require(join(dirname(require.resolve('playwright-core/package.json')), 'lib', 'server', 'electron', 'loader.js'));
