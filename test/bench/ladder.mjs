/**
 * Times what it takes to open a ladder of 10,000 messages in a window, step by step: the host collects, lays out and
 * encodes; the window decodes. What is printed is processor time. Each run is a process of its own, as the first ladder after a start is the slowest.
 *
 *   node test/bench/ladder.mjs                 one dialog of 10,000 messages, five runs
 *   node test/bench/ladder.mjs --capture FILE --calls 770 --lanes host
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, existsSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '5' },
    capture: { type: 'string' },
    calls: { type: 'string', default: '1' },
    lanes: { type: 'string', default: 'auto' },
    folder: { type: 'string', default: join(tmpdir(), 'sipglass-bench') },
  },
});

mkdirSync(values.folder, { recursive: true });
const capture = values.capture ?? join(values.folder, `long-${values.messages}.pcap`);
if (!existsSync(capture)) {
  const generator = join(import.meta.dirname, 'generate.mjs');
  spawnSync(process.execPath, [generator, 'long', values.messages, capture], { stdio: 'inherit' });
}
await build({
  configFile: join(import.meta.dirname, '..', '..', 'vite.programs.config.ts'),
  logLevel: 'warn',
  root: join(import.meta.dirname, '..', '..'),
  build: {
    ssr: join(import.meta.dirname, 'ladder', 'run.ts'),
    outDir: join(values.folder, 'ladder'),
    emptyOutDir: true,
    target: 'node18',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'run.mjs' } },
  },
  ssr: { noExternal: true },
});

process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}\n`);
for (let run = 0; run < Number(values.runs); run++) {
  const script = join(values.folder, 'ladder', 'run.mjs');
  spawnSync(process.execPath, [script, capture, values.calls, values.lanes], { stdio: 'inherit' });
}
