/**
 * What a newcomer sees first: the application, open on the sample day. In Electron's own window where Electron can be
 * had and there is a screen, else the same page in a browser. With words behind it, the command gets those:
 *
 *   npm start
 *   npm start -- calls FILE
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { realElectron } from './electron-runtime.mjs';

const root = join(import.meta.dirname, '..');
const sample = join('fixtures', 'sample-day.pcapng');
const args = process.argv.slice(2);

if (args.length > 0) command(args);
else {
  const missing = noScreen();
  const electron = missing === null ? realElectron() : { path: null, why: missing };
  if (electron.path === null) {
    say(`no desktop window (${electron.why}); the same page in a browser instead:`);
    command(['serve', sample]);
  } else {
    // Chromium refuses to run as root with its sandbox.
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    if (asRoot.length > 0) say('running as root: without Chromium’s sandbox; better start this as a user');
    run(electron.path, [...asRoot, root, join(root, sample)]);
  }
}

/** Why no window can be shown here; null where one can. */
function noScreen() {
  const { DISPLAY: x11 = '', WAYLAND_DISPLAY: wayland = '' } = process.env;
  return process.platform === 'linux' && x11 === '' && wayland === '' ? 'there is no screen: DISPLAY is not set' : null;
}

/** @param {string[]} words */
function command(words) {
  run(process.execPath, [join(root, 'bin', 'sipglass.cjs'), ...words]);
}

/**
 * @param {string} program
 * @param {string[]} words
 */
function run(program, words) {
  const { status, error } = spawnSync(program, words, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) say(error.message);
  process.exitCode = status ?? 1;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`sipglass: ${text}\n`);
}
