import { spawn } from 'node:child_process';
import { hasDisplay } from './desktop.ts';

/** Opens an address in the user's browser where there is a display; says nothing where that fails: the address is printed. */
export function openBrowser(address: string): void {
  if (!hasDisplay()) return;
  const [program = '', ...args] = opener();
  const child = spawn(program, [...args, address], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}

function opener(): readonly string[] {
  if (process.platform === 'darwin') return ['open'];
  // The empty word is the title of a window; without it, `start` would take the address for one.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  return ['xdg-open'];
}
