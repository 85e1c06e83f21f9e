import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The folder of the repository. */
export const root = resolve(import.meta.dirname, '..', '..');

/** Where the built program is: the repository, or a folder with another build of it. */
export const program = process.env.SIPGLASS_TEST_PROGRAM ?? root;

/** A capture of the fixtures. */
export function fixture(name: string): string {
  return join(root, 'fixtures', name);
}

/** Where the first of these programs is that is installed. Throws where none is. */
export function onPath(...names: readonly string[]): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`none of ${names.join(', ')} is installed`);
  return found;
}
