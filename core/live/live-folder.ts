import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileError } from '../capture/system-error.ts';

/** Where the files of a capture go. */
export interface Place {
  /** Name of each file by its number, from 1. */
  readonly pathOf: (number: number) => string;
  /** A file for a moment, where there is room for others. */
  readonly carriedPath: string;
}

/** A folder of the user's own among the temporary ones, where live captures lie until they are saved or given up. */
export function liveFolder(): string {
  let who: string | number;
  try {
    who = userInfo().username;
  } catch {
    who = process.getuid?.() ?? 'user';
  }
  return join(tmpdir(), `sipglass-live-${who}`);
}

/** A file for each number in `folder` (made where it is not there): when it began, by which process, some letters, and the number. See leftBehind. */
export async function liveFiles(folder: string): Promise<Place> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError(folder, error);
  }
  const stamp = new Date().toISOString().replaceAll(/[-:]/gu, '').replace(/\..*/u, '');
  const run = `sipglass-${stamp}-${process.pid}-${randomBytes(2).toString('hex')}`;
  return {
    pathOf: (number) => join(folder, `${run}-${String(number).padStart(5, '0')}.pcapng`),
    carriedPath: join(folder, `${run}-carried.tmp`),
  };
}
