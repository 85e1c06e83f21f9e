import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { CaptureError } from '../capture/reader.ts';

/** Where programs for administrators lie, which the search path of a user often leaves out. */
const MORE = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];

/** The path of a program that can be run; null where there is none. A name with a slash is taken as it is. */
export async function findProgram(name: string, path = process.env.PATH ?? ''): Promise<string | null> {
  if (name.includes('/')) return (await runs(name)) ? name : null;
  // An empty or relative folder of the search path would run whatever lies in the current one.
  const folders = [...path.split(delimiter).filter((folder) => isAbsolute(folder)), ...MORE];
  for (const folder of folders) {
    const candidate = join(folder, name);
    if (await runs(candidate)) return candidate;
  }
  return null;
}

/** As `findProgram`; rejects with a CaptureError of one sentence where there is none. */
export async function needProgram(name: string): Promise<string> {
  const path = await findProgram(name);
  if (path === null) throw new CaptureError(`${name} is not installed`);
  return path;
}

async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
