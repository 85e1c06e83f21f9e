import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveOptions } from '../contract/live.ts';
import { word, type HelperCommand } from './helper-command.ts';
import { findProgram } from './programs.ts';

const PATIENCE = 5000;

/** Our own program that captures: Node, and the file that the build puts beside its others. */
export interface BuiltIn {
  readonly node: string;
  readonly file: string;
}

/**
 * Null where it can't be used: it was not built, there is no Node besides the one in the desktop program (which `cap` is
 * not built for), or `cap` is missing, as it is where libpcap's headers were not there when this was installed.
 */
export async function findBuiltIn(): Promise<BuiltIn | null> {
  const here = import.meta.dirname;
  const file = [here, join(here, '..')]
    .map((folder) => join(folder, 'cap-helper.cjs'))
    .find((path) => existsSync(path));
  const node = 'electron' in process.versions ? await findProgram('node') : process.execPath;
  if (file === undefined || node === null) return null;
  const works = await new Promise<boolean>((resolve) => {
    execFile(node, [file, '--check'], { timeout: PATIENCE }, (error) => resolve(error === null));
  });
  return works ? { node, file } : null;
}

export function builtInCommand({ node, file }: BuiltIn, name: string, options: LiveOptions): HelperCommand {
  const { bpf = '', snapLength = 65_535 } = options;
  return {
    program: node,
    args: [file, word(name), String(Math.min(snapLength, 65_535)), ...(bpf.trim() === '' ? [] : [bpf])],
  };
}
