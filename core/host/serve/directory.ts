import { open, opendir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { fileError } from '../../capture/system-error.ts';
import { detect, MAGIC_LENGTH } from '../../capture/formats.ts';
import { visible } from '../../ladder/visible.ts';
import type { ServedFile } from '../../contract/serve.ts';

/** Folders below the one that was named, captures shown, entries looked at: beyond, nothing is offered. */
export const DEPTH = 3;
export const MAX_OFFERED = 1000;
const MAX_ENTRIES = 20_000;

/** What is compressed can't be told from its first bytes. */
const compressed = /\.(?:pcap|pcapng|cap|ntar|snoop|dmp)\d*(?:[._-][\w-]*)?\.(?:gz|zst)$/i;

export interface DirectoryFile extends ServedFile {
  readonly path: string;
}

/**
 * Captures in a directory and the folders in it, the newest first: known by their first bytes, compressed ones by their
 * names. Symbolic links count where they lead to a file inside; linked folders are not entered. Rejects with CaptureError
 * where the directory itself can't be read.
 */
export async function capturesIn(directory: string): Promise<DirectoryFile[]> {
  const root = await realpath(directory).catch((error: unknown) => {
    throw fileError(directory, error);
  });
  const found: DirectoryFile[] = [];
  let looked = 0;
  const folders: { readonly path: string; readonly depth: number }[] = [{ path: root, depth: 0 }];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    // A folder that may not be read has nothing to offer.
    const entries = await opendir(folder.path).catch(() => null);
    if (entries === null) continue;
    for await (const entry of entries) {
      looked += 1;
      if (looked > MAX_ENTRIES || found.length >= MAX_OFFERED) {
        folders.length = 0;
        break;
      }
      const path = join(folder.path, entry.name);
      if (entry.isDirectory() && folder.depth < DEPTH && !entry.name.startsWith('.'))
        folders.push({ path, depth: folder.depth + 1 });
      else if (entry.isFile() || entry.isSymbolicLink()) {
        const file = await look(root, path);
        if (file !== null) found.push(file);
      }
    }
  }
  return found.sort((a, b) => b.modifiedAt - a.modifiedAt);
}

/** The capture at `path`, by the name it has within `root`; null for anything else, and for what leads out of it. */
async function look(root: string, path: string): Promise<DirectoryFile | null> {
  try {
    const real = await realpath(path);
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    const file = await stat(real);
    if (!file.isFile()) return null;
    const name = relative(root, path);
    if (!compressed.test(basename(path)) && !(await startsAsCapture(real))) return null;
    return { id: name, name: visible(name), bytes: file.size, modifiedAt: Math.round(file.mtimeMs), path: real };
  } catch {
    // Gone meanwhile, or not to be read by this user.
    return null;
  }
}

async function startsAsCapture(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const first = Buffer.alloc(MAGIC_LENGTH);
    const { bytesRead } = await handle.read(first, 0, first.length, 0);
    return detect(first.subarray(0, bytesRead)) !== null;
  } finally {
    await handle.close();
  }
}
