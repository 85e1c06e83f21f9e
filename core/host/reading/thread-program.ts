import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource } from '../../capture/file.ts';
import { protectedMessages } from './protected-share.ts';
import { density, isLarge, sampleOf } from './sip-signs.ts';

/** What a packet in ESP, of which no sign of SIP is seen, counts. */
const SIGNS_PER_PACKET = 2;

/**
 * The program of the thread that should read and decode this file; null where this thread better does it itself, and
 * where there is no such program: the build puts it beside its other files.
 */
export function threadProgram(file: FileSource): string | null {
  if (!paysForAThread(file)) return null;
  const here = import.meta.dirname;
  return (
    [here, join(here, '..')].map((folder) => join(folder, 'front-thread.cjs')).find((path) => existsSync(path)) ?? null
  );
}

/** Whether two threads read a file faster than one: not where it is small, or begins with little SIP, as it stands or in ESP, so that there is nothing to share out. */
export function paysForAThread(file: FileSource): boolean {
  if (!isLarge(file.size)) return false;
  try {
    const sample = sampleOf(file.fd);
    return density(sample) >= 1 || density(sample, SIGNS_PER_PACKET * protectedMessages(sample)) >= 1;
  } catch {
    // Whoever reads the file says what is wrong with it.
    return false;
  }
}
