/**
 * Packs the desktop program.
 *
 *   npm run package            for this system, with the Electron that users run
 *   npm run package -- --try   Linux only: with the tests' Electron, to see whether packing works. Not to be published.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeDeb } from './deb.mjs';
import { electronForTests, realElectron } from './electron-runtime.mjs';

const root = join(import.meta.dirname, '..');
const trying = process.argv.includes('--try');
const output = join(root, 'out', trying ? 'packages-try' : 'packages');
const require = createRequire(import.meta.url);
const { version } = /** @type {{ version: string }} */ (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const electron = trying ? electronForTests() : realElectron();
if (electron.path === null) {
  process.stderr.write(
    `sipglass: cannot be packed: ${electron.why}; “npm run package -- --try” shows how far it gets\n`,
  );
  process.exit(1);
}
rmSync(output, { recursive: true, force: true });
const words = [
  '--config',
  trying ? tryConfiguration() : 'packaging/electron-builder.yml',
  `-c.directories.output=${output}`,
  '--publish',
  'never',
];
if (trying) words.push('--linux', 'dir', 'tar.gz', ...lentDist(electron.path));
const builder = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js');
const { status } = spawnSync(process.execPath, [builder, ...words], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ELECTRON_BUILDER_7ZIP_PATH: sevenZip() },
});
if (status !== 0) process.exit(status ?? 1);
if (process.platform === 'linux') {
  const unpacked = join(output, 'linux-unpacked');
  tellFuses(join(unpacked, 'sipglass-desktop'));
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const deb = join(output, `sipglass-desktop_${version}_${architecture}.deb`);
  makeDeb({ unpacked, version, architecture, output: deb, quick: trying });
  process.stdout.write(`${deb}\n`);
}
if (trying) process.stdout.write('These packages hold the Electron of the tests: a try-out, not to be handed on.\n');

/**
 * A copy of the tests' Electron without our launcher, and what tells electron-builder to take it.
 * @param {string} executable
 */
function lentDist(executable) {
  const from = dirname(executable);
  const dist = join(root, 'out', 'electron-try');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  cpSync(from, dist, { recursive: true });
  rmSync(join(dist, 'resources', 'app'), { recursive: true, force: true });
  const file = join(from, 'version');
  const settings = [
    `-c.electronDist=${dist}`,
    `-c.artifactName=sipglass-try-\${version}.\${ext}`,
    '-c.compression=store',
  ];
  if (existsSync(file)) settings.push(`-c.electronVersion=${readFileSync(file, 'utf8').trim().replace(/^v/u, '')}`);
  return settings;
}

/**
 * The configuration without a fuse that the tests' Electron does not have yet, and with the one by which Playwright
 * looks into a program.
 */
function tryConfiguration() {
  const text = readFileSync(join(root, 'packaging', 'electron-builder.yml'), 'utf8')
    .replace(/^ {2}grantFileProtocolExtraPrivileges: .*\n/mu, '')
    .replace('enableNodeCliInspectArguments: false', 'enableNodeCliInspectArguments: true');
  const file = join(root, 'out', 'electron-builder-try.yml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** npm's package of 7-Zip instead of one that electron-builder would download. */
function sevenZip() {
  const { path7za } = /** @type {{ path7za: string }} */ (require('7zip-bin'));
  if (process.platform !== 'win32') chmodSync(path7za, 0o755);
  return path7za;
}

/** What the packed program's fuses are, read back from its file. @param {string} executable */
function tellFuses(executable) {
  const { status: read, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', '@electron', 'fuses', 'dist', 'bin.js'), 'read', '--app', executable],
    { encoding: 'utf8' },
  );
  process.stdout.write(read === 0 ? stdout : 'The fuses could not be read back.\n');
}
