/**
 * `npm start` and `npm test` begin here: what is missing is installed, what can't be is named with the line to type.
 *
 *   node scripts/setup.mjs build   packages from npm, then a build where the sources are newer than the last one
 *   node scripts/setup.mjs test    the same, and the Debian packages that the tests use as peers and judges
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const wanted = process.argv[2] ?? 'build';

/** Program that has to be there → Debian package it comes in. */
const peers = {
  tshark: 'tshark',
  tcpdump: 'tcpdump',
  sngrep: 'sngrep',
  editcap: 'wireshark-common',
  zstd: 'zstd',
  sox: 'sox',
  ffmpeg: 'ffmpeg',
  chromium: 'chromium',
  'xvfb-run': 'xvfb',
  dumpcap: 'wireshark-common',
  kamailio: 'kamailio',
  sipp: 'sip-tester',
  xauth: 'xauth',
};

/** What the built-in capture (the package cap) is compiled with → Debian package it comes in. */
const compiling = {
  '/usr/include/pcap/pcap.h': 'libpcap-dev',
  '/usr/bin/g++': 'g++',
  '/usr/bin/make': 'make',
  '/usr/bin/python3': 'python3',
};

/** Libraries that Electron loads → their package; `t64` where Debian renamed them (13 and later). */
const libraries = {
  'libgtk-3.so.0': 'libgtk-3-0t64 | libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2t64 | libasound2',
  'libgbm.so.1': 'libgbm1',
  'libXss.so.1': 'libxss1',
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stop(`Sipglass needs Node 20.19 or later; this is ${process.versions.node}.`);

if (wanted === 'test') debianPackages();
npmPackages();
if (wanted === 'test') builtInCapture();
build();

function npmPackages() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  say('installing npm packages …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** It is optional: where it could not be compiled by then (the headers came later), it is tried again. */
function builtInCapture() {
  if (existsSync(join(root, 'node_modules', 'cap', 'build', 'Release', 'cap.node'))) return;
  say('building the built-in capture …');
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', 'cap@0.2.1']);
}

function build() {
  const built = join(root, 'dist', 'sipglass.cjs');
  const sources = ['core', 'cli', 'electron', 'renderer'].map((folder) => newest(join(root, folder)));
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return;
  say('building …');
  run('npm', ['run', '--silent', 'build']);
}

function debianPackages() {
  const missing = Object.entries(peers)
    .filter(([program]) => !onPath(program))
    .map(([, name]) => name);
  const headers = Object.entries(compiling)
    .filter(([path]) => !existsSync(path))
    .map(([, name]) => name);
  const packages = [...new Set([...missing, ...headers, ...missingLibraries()])];
  if (packages.length === 0) return;
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!onPath('apt-get'))
    stop(`The tests need ${packages.join(', ')}: please install them with your system's package manager.`);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) {
    stop(`The tests need programs that are not installed. Please type:\n  sudo apt-get update && sudo ${install}`);
  }
  say(`installing ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {string[]} */ args) => {
    const [program = '', ...rest] = [...asRoot, 'apt-get', ...args];
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  };
  const words = install.split(' ').slice(1);
  if (!(apt(words) || (apt(['update']) && apt(words)))) {
    stop(`The tests need programs that could not be installed. Please type:\n  sudo apt-get update && sudo ${install}`);
  }
}

function missingLibraries() {
  if (process.platform !== 'linux') return [];
  const path = `${process.env.PATH ?? ''}:/sbin:/usr/sbin`;
  const { status, stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env: { ...process.env, PATH: path } });
  if (status !== 0) return [];
  return Object.entries(libraries)
    .filter(([library]) => !stdout.includes(`\t${library} `))
    .map(([, names]) => {
      const [renamed = '', plain = renamed] = names.split(' | ');
      return renamesTime64() ? renamed : plain;
    });
}

/** Debian 13 and Ubuntu 24.04 gave libraries whose time_t grew new names. */
function renamesTime64() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const version = Number(/^VERSION_ID="?(\d+)/mu.exec(release)?.[1] ?? 0);
  return version >= (/^ID="?ubuntu/mu.test(release) ? 24 : 13);
}

/** @param {string} program */
function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** @param {string} folder */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  try {
    execFileSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  } catch {
    stop(`“${program} ${args.join(' ')}” failed; what it said stands above.`);
  }
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`sipglass: ${text}\n`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function stop(text) {
  say(text);
  process.exit(1);
}
