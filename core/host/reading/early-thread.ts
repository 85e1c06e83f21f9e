import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { density, isLarge, sampleOf } from './sip-signs.ts';

/** A thread that waits for its order (thread-words.ts), and its program. */
interface Early {
  readonly program: string;
  readonly worker: Worker;
}

let early: Early | null = null;

/**
 * Starts the thread that reads while the program that reads is still being loaded, where one of the words of a command
 * names a file that is dense in SIP: it takes as long as all of that. Whether it is used is found out later; nobody
 * waits for it.
 *
 * @param folder where the thread's program is
 */
export function startEarly(folder: string, words: readonly string[]): void {
  if (!words.some((word) => isDense(word))) return;
  const program = join(folder, 'front-thread.cjs');
  early = { program, worker: threadOf(program) };
  early.worker.unref();
  const forget = (): void => {
    early = null;
  };
  // Whoever needs one then starts another, and hears what is wrong.
  early.worker.on('error', forget);
  early.worker.on('exit', forget);
}

/** The thread that runs this program and waits for its order: the one that was started early, or another. Throws where threads cannot be started. */
export function waitingThread(program: string): Worker {
  if (early?.program !== program) return threadOf(program);
  const { worker } = early;
  early = null;
  worker.ref();
  return worker;
}

function threadOf(program: string): Worker {
  return new Worker(program, { env: SHARE_ENV, trackUnmanagedFds: false });
}

function isDense(path: string): boolean {
  let fd = -1;
  try {
    const stat = statSync(path);
    // Opening what is no file may wait for somebody who writes to it.
    if (!stat.isFile() || !isLarge(stat.size)) return false;
    fd = openSync(path, 'r');
    return density(sampleOf(fd)) >= 1;
  } catch {
    // Most words are no files.
    return false;
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}
