import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
};
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json', '.wasm']);

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same for browsers that take it; null where it would not be smaller. */
  readonly gzipped: Buffer | null;
  /** Its name changes with its content. */
  readonly forEver: boolean;
}

/**
 * The built page: exactly the files that were in its folder when the server started, each under its own address. An
 * address that is not in the list is no file, whatever it looks like.
 */
export class PageFiles {
  private readonly paths = new Map<string, string>();
  private readonly read = new Map<string, Promise<PageFile>>();

  constructor(folder: string) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && extname(path) in types)
        this.paths.set(`/${relative(folder, path).split(sep).join('/')}`, path);
    }
    const index = this.paths.get('/index.html');
    if (index !== undefined) this.paths.set('/', index);
  }

  /** Null where there is none of that address. */
  get(address: string): Promise<PageFile> | null {
    const path = this.paths.get(address);
    if (path === undefined) return null;
    const known = this.read.get(path) ?? load(path);
    this.read.set(path, known);
    return known;
  }
}

async function load(path: string): Promise<PageFile> {
  const bytes = await readFile(path);
  const end = extname(path);
  const gzipped = compressible.has(end) ? await promisify(gzip)(bytes) : null;
  return {
    type: types[end] ?? 'application/octet-stream',
    bytes,
    gzipped: gzipped !== null && gzipped.length < bytes.length ? gzipped : null,
    forEver: /-[\w-]{8,}\.\w+$/.test(path),
  };
}

/** The folder of the built page, beside the built command; null where it is not built. */
export function pageFolder(dist: string): string | null {
  const folder = join(dist, 'page');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
