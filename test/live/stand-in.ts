import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach } from 'vitest';

/**
 * Puts programs of the tests in front of the search path, under the names of real ones; each is a script of the shell.
 * The path is as before when a test is over.
 */
export function standIns(folder: string): (name: string, script: string) => void {
  const before = process.env.PATH;
  mkdirSync(folder, { recursive: true });
  afterEach(() => {
    process.env.PATH = before;
  });
  return (name, script) => {
    writeFileSync(`${folder}/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${folder}/${name}`, 0o755);
    process.env.PATH = `${folder}${delimiter}${before ?? ''}`;
  };
}
