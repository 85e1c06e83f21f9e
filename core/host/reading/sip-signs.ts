import { readSync } from 'node:fs';

/** Files below this size are read before a thread has started. */
const LEAST = 8 << 20;
/** Bytes of the file that are looked at. */
const SAMPLE = 256 << 10;
/** The version stands in each message two times or more. A message with SDP through two proxies is 1,500 bytes long. */
const SIGN = 'SIP/2.0';
const BYTES_PER_SIGN = 1024;

/** Whether a file is large enough for a thread. */
export function isLarge(size: number): boolean {
  return size >= LEAST;
}

/** The beginning of a file. Throws where it cannot be read. */
export function sampleOf(fd: number): Buffer {
  const sample = Buffer.allocUnsafe(SAMPLE);
  return sample.subarray(0, readSync(fd, sample, 0, SAMPLE, 0));
}

/** How dense in SIP the beginning of a file is: from 1 on two threads read it faster than one. `more` counts what is told otherwise. */
export function density(sample: Buffer, more = 0): number {
  let signs = more;
  for (let at = sample.indexOf(SIGN); at >= 0; at = sample.indexOf(SIGN, at + SIGN.length)) signs++;
  return sample.length === 0 ? 0 : (signs * BYTES_PER_SIGN) / sample.length;
}
