import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileError } from '../capture/system-error.ts';

/** Where the files of a capture go. */
export interface Place {
  /** Name of each file by its number, from 1. */
  readonly pathOf: (number: number) => string;
  /** A file for a moment, where there is room for others. */
  readonly carriedPath: string;
  /** The first file is made before the first packet comes. */
  readonly early: boolean;
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

/** Whether a folder is there, the user's, and nobody else's to write into: among the temporary ones anybody can make one of any name. */
export async function isOwn(folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await lstat(folder);
    if (process.getuid === undefined) return true;
    return (mode & constants.S_IFMT) === constants.S_IFDIR && uid === process.getuid() && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}

async function made(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch (error) {
    throw fileError(folder, error);
  }
}

async function madeOwn(): Promise<string> {
  const folder = await made(liveFolder());
  return (await isOwn(folder)) ? folder : mkdtemp(`${folder}-`);
}

/**
 * A file for each number in `folder` (made where it is not there; `liveFolder` without): when it began, by which process,
 * some letters, and the number. See leftBehind. Rejects with a CaptureError where the folder cannot be made.
 */
export async function liveFiles(wanted?: string): Promise<Place> {
  const folder = await (wanted === undefined ? madeOwn() : made(wanted));
  const stamp = new Date().toISOString().replaceAll(/[-:]/gu, '').replace(/\..*/u, '');
  const run = `sipglass-${stamp}-${process.pid}-${randomBytes(2).toString('hex')}`;
  return {
    pathOf: (number) => join(folder, `${run}-${String(number).padStart(5, '0')}.pcapng`),
    early: true,
    carriedPath: join(folder, `${run}-carried.tmp`),
  };
}
