import { execFile } from 'node:child_process';

/** Milliseconds and bytes that a question to a small program may cost. */
const PATIENCE = 5000;
const LONGEST = 1 << 20;

/** What a program prints on standard output; what it printed until then where it fails. Never rejects. */
export function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: PATIENCE, maxBuffer: LONGEST, encoding: 'utf8' }, (_error, out) => {
      resolve(out);
    });
  });
}
