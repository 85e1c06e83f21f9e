import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds in which a program that can't run here has ended again. */
const FALTERS = 1500;

/** The executable in a distribution of Electron. */
const executables: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * Opens captures in the desktop app: null once it runs, else why it can't, as the end of a sentence. `root` is the folder
 * of sipglass. Electron is not fetched for that: who wants the window has it.
 */
export async function openDesktop(root: string, captures: readonly string[]): Promise<string | null> {
  if (captures.includes('-')) return 'standard input is shown in a browser';
  const electron = findElectron(root);
  if (electron === null) return 'Electron is not installed';
  if (!existsSync(join(root, 'dist', 'desktop', 'main.cjs'))) return 'the desktop app is not built';
  if (!hasDisplay()) return 'there is no display';
  if (process.getuid?.() === 0 && process.platform === 'linux') return 'Electron does not run as root';
  // Files may begin with a dash, and have to be found from wherever the app runs.
  const args = [root, '--', ...captures.map((name) => resolve(name))];
  const child = spawn(electron, args, { detached: true, stdio: 'ignore' });
  const ended = once(child, 'exit').then(
    ([code]) => (code === 0 ? null : `Electron ended at once (${String(code ?? 'by a signal')})`),
    (error: unknown) => `Electron can’t be started: ${error instanceof Error ? error.message : String(error)}`,
  );
  // One that runs already takes the files over, and the second ends well.
  const answer = await Promise.race([ended, sleep(FALTERS, null)]);
  child.unref();
  return answer;
}

/** Whether windows can be shown here; not on a machine that is reached over ssh, unless it forwards a display. */
export function hasDisplay(): boolean {
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland, SSH_CONNECTION: ssh } = process.env;
  if (process.platform === 'darwin' || process.platform === 'win32') return (ssh ?? '') === '';
  return (x11 ?? '') !== '' || (wayland ?? '') !== '';
}

/** Electron's executable where it is installed already: the one the environment names, or that of the package. */
function findElectron(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '';
  const dist = named === '' ? join(folder, 'dist') : named;
  const path = join(dist, told(join(folder, 'path.txt')) ?? executables[process.platform] ?? 'electron');
  return existsSync(path) ? path : null;
}

function told(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}
