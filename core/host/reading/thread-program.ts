import { existsSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource } from '../../capture/file.ts';
import { protectedMessages } from './protected-share.ts';

/** Files below this size are read before a thread has started. */
const LEAST = 8 << 20;
/** Bytes of the file that are looked at. */
const SAMPLE = 256 << 10;
/** The version stands in each message two times or more. A message with SDP through two proxies is 1,500 bytes long. */
const SIGN = 'SIP/2.0';
const BYTES_PER_SIGN = 1024;
/** What a packet in ESP, of which no sign is seen, counts. */
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
  if (file.size < LEAST) return false;
  const sample = Buffer.allocUnsafe(SAMPLE);
  let signs = 0;
  try {
    const length = readSync(file.fd, sample, 0, SAMPLE, 0);
    for (let at = sample.indexOf(SIGN); at >= 0 && at < length; at = sample.indexOf(SIGN, at + SIGN.length)) signs++;
    const enough = length / BYTES_PER_SIGN;
    return signs >= enough || SIGNS_PER_PACKET * protectedMessages(sample.subarray(0, length)) >= enough;
  } catch {
    // Whoever reads the file says what is wrong with it.
    return false;
  }
}
