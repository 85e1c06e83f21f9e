#!/usr/bin/env node
/**
 * Rebuilds every fixture from the maker beside it, and says which changed.
 *
 *   npm run fixtures               writes
 *   npm run fixtures -- --check    writes nothing; status 1 when a file on disk is not what its maker makes
 *
 * A maker is `fixtures/NAME.make.ts` and exports `make()`, which returns file names and contents.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const folder = new URL('../fixtures/', import.meta.url);
const check = process.argv.includes('--check');

/** @param {string} name @returns {Buffer | null} */
function onDisk(name) {
  try {
    return readFileSync(new URL(name, folder));
  } catch {
    return null;
  }
}

/** Strips types through vite, which the tests use too: Node 20 cannot. */
const server = await createServer({
  configFile: false,
  root: fileURLToPath(folder),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const made = new Set();
let differing = 0;
try {
  for (const maker of readdirSync(folder).filter((name) => name.endsWith('.make.ts'))) {
    const { make } = /** @type {{ make: () => Record<string, string | Uint8Array> }} */ (
      await server.ssrLoadModule(`/${maker}`)
    );
    for (const [name, content] of Object.entries(make())) {
      made.add(name);
      const bytes = Buffer.from(content);
      const before = onDisk(name);
      if (before?.equals(bytes)) continue;
      differing++;
      if (!check) writeFileSync(new URL(name, folder), bytes);
      const change = before ? 'differs' : 'is missing';
      process.stdout.write(
        check ? `${name} ${change}\n` : `${name}: ${before?.length ?? 'new'} -> ${bytes.length} bytes\n`,
      );
    }
  }
} finally {
  await server.close();
}
for (const name of readdirSync(folder)) {
  if (!/\.(?:pcap|pcapng|expected\.json)$/u.test(name) || made.has(name)) continue;
  differing++;
  process.stdout.write(`${name} has no maker\n`);
}
process.stdout.write(`${made.size} files, ${differing} ${check ? 'differ' : 'changed'}\n`);
if (check && differing > 0) process.exitCode = 1;
