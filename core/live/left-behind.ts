import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PcapngWriter } from '../export/pcapng.ts';
import type { LeftCapture } from '../contract/live.ts';
import { isOwn, liveFolder } from './live-folder.ts';

/** `sipglass-20261123T093804-4711-075e-00011.pcapng`: when, by which process, and the number of the file. */
const NAME = /^(sipglass-(\d{8}T\d{6})-(\d+)-[\da-f]{4})-\d{5,}\.pcapng$/u;

/** Bytes of a file without a packet. */
export const EMPTY = new PcapngWriter().take().length;

/** Captures in `folder` whose program is gone without having closed them, the latest first. Never rejects. */
export async function leftBehind(folder?: string): Promise<readonly LeftCapture[]> {
  const where = folder ?? liveFolder();
  if (folder === undefined && !(await isOwn(where))) return [];
  const names = await readdir(where).catch(() => []);
  const runs = new Map<string, { when: string; files: string[]; bytes: number }>();
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    const [, run = '', when = '', process = ''] = NAME.exec(name) ?? [];
    if (run === '' || isAlive(Number(process))) continue;
    const path = join(where, name);
    const size = await stat(path).then(
      ({ size: bytes }) => bytes,
      () => 0,
    );
    const known = runs.get(run) ?? { when, files: [], bytes: 0 };
    known.files.push(path);
    known.bytes += size;
    runs.set(run, known);
  }
  return [...runs.values()]
    .filter(({ bytes }) => bytes > EMPTY)
    .map(({ when, files, bytes }) => ({ began: readable(when), files, bytes }))
    .toSorted((a, b) => b.began.localeCompare(a.began));
}

/** `20261123T093804` as ISO 8601, UTC. */
function readable(when: string): string {
  return when.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/u, '$1-$2-$3T$4:$5:$6Z');
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Gives captures up that were left behind: deletes these files, and no others. Answers with how many are gone. */
export async function forgetLeft(files: readonly string[], folder?: string): Promise<number> {
  const left = new Set((await leftBehind(folder)).flatMap((one) => one.files));
  const chosen = files.filter((path) => left.has(path));
  await removeFiles(chosen);
  return chosen.length;
}

/** Files that are gone already are no error. */
export async function removeFiles(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((path) => unlink(path).catch(() => undefined)));
}
