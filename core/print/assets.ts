import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printFiles } from './files.ts';

const here = import.meta.dirname;

/** Bytes of one of `printFiles`; rejects where the program was not installed whole. */
export async function printFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(placeOf(name)));
}

/** The build puts the files beside the program, which may have its code in a folder of chunks; sources take them from the packages. */
function placeOf(name: string): string {
  const built = [join(here, 'print', name), join(here, '..', 'print', name)].find((path) => existsSync(path));
  return built ?? join(here, '..', '..', 'node_modules', printFiles.get(name) ?? name);
}
