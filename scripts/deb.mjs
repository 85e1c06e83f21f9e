/** Makes a Debian package out of the unpacked program, with dpkg-deb alone. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const packaging = join(root, 'packaging');

/** What Electron loads, by the names of Debian 12, of 13 and of Ubuntu since 24.04. */
const depends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libasound2t64 | libasound2',
  'libgbm1',
  'libxss1',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'xdg-utils',
];

/**
 * @param {{ unpacked: string, version: string, architecture: string, output: string, quick: boolean }} of `unpacked`: the folder of the
 *   program; `output`: the file to write; `quick`: packed loosely
 */
export function makeDeb({ unpacked, version, architecture, output, quick }) {
  const tree = mkdtempSync(join(tmpdir(), 'sipglass-deb-'));
  try {
    const program = join(tree, 'opt', 'sipglass');
    cpSync(unpacked, program, { recursive: true, preserveTimestamps: true });
    // Chromium's sandbox where the kernel gives no user namespaces to users.
    chmodSync(join(program, 'chrome-sandbox'), 0o4755);
    mkdirSync(join(tree, 'usr', 'bin'), { recursive: true });
    symlinkSync('/opt/sipglass/sipglass-desktop', join(tree, 'usr', 'bin', 'sipglass-desktop'));
    const place = (/** @type {string} */ from, /** @type {string[]} */ ...to) => {
      const target = join(tree, 'usr', 'share', ...to);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(from, target);
      chmodSync(target, 0o644);
    };
    place(join(packaging, 'sipglass.desktop'), 'applications', 'sipglass.desktop');
    place(join(packaging, 'sipglass-mime.xml'), 'mime', 'packages', 'sipglass.xml');
    place(join(packaging, 'icon.svg'), 'icons', 'hicolor', 'scalable', 'apps', 'sipglass.svg');
    for (const name of readdirSync(join(packaging, 'icons'))) {
      const [size = ''] = name.split('.');
      if (size !== '1024x1024') place(join(packaging, 'icons', name), 'icons', 'hicolor', size, 'apps', 'sipglass.png');
    }
    place(join(root, 'LICENSE'), 'doc', 'sipglass', 'copyright');
    const kilobytes = Math.ceil(bytesIn(tree) / 1024);
    mkdirSync(join(tree, 'DEBIAN'));
    writeFileSync(join(tree, 'DEBIAN', 'control'), control(version, architecture, kilobytes));
    for (const folder of ['usr', 'opt']) openFolders(join(tree, folder));
    chmodSync(tree, 0o755);
    mkdirSync(dirname(output), { recursive: true });
    const packing = quick ? ['-Zgzip', '-z1'] : ['-Zxz'];
    const { status, stderr } = spawnSync('dpkg-deb', ['--root-owner-group', ...packing, '--build', tree, output], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`dpkg-deb failed: ${stderr}`);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/**
 * @param {string} version
 * @param {string} architecture
 * @param {number} kilobytes
 */
function control(version, architecture, kilobytes) {
  const { description } = /** @type {{ description: string }} */ (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  );
  return `Package: sipglass-desktop
Version: ${version}
Architecture: ${architecture}
Maintainer: The Sipglass authors <sipglass@users.noreply.github.com>
Installed-Size: ${kilobytes}
Depends: ${depends.join(', ')}
Section: net
Priority: optional
Description: analyzer for SIP, RTP and IMS captures
 ${description}.
`;
}

/** @param {string} folder @returns {number} */
function bytesIn(folder) {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += bytesIn(path);
    else if (entry.isFile()) sum += statSync(path).size;
  }
  return sum;
}

/** Everybody may look into the program's folders, whatever the umask was. @param {string} folder */
function openFolders(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) openFolders(join(folder, entry.name));
}
