import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { defineConfig, type Plugin } from 'vite';

/** How a source is imported as what it compiles to. */
const SUFFIX = '?program';

const root = import.meta.dirname;
const compiler = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
/**
 * Memory is given, may grow and is shared; nothing is allocated, collected or thrown inside; and there is nothing that asks
 * for an import but that memory.
 */
const config = 'core/programs/asconfig.json';

/** Compiles the programs of core/programs (AssemblyScript) where they are imported as `….ts?program`: what is exported are their bytes. */
export const programs: Plugin = {
  name: 'programs',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith(SUFFIX)) return null;
    const file = id.slice(0, -SUFFIX.length);
    this.addWatchFile(file);
    const bytes = await compiled(file);
    // A string is there at once; as an array of numbers it takes some milliseconds of each start.
    return `export const program = Buffer.from('${bytes.toString('base64')}', 'base64');`;
  },
};

/** Rejects with what the compiler says. */
async function compiled(file: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'sipglass-program-'));
  try {
    const program = join(folder, 'program.wasm');
    // Names are taken from where it runs, and may not lead out of there.
    const args = [compiler, relative(root, file), '--outFile', relative(root, program), '--config', config];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    return await readFile(program);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** As a configuration: for builds that need nothing else. */
export default defineConfig({ plugins: [programs] });
