import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FileSource, openFile } from '../../core/capture/file.ts';
import { paysForAThread } from '../../core/host/thread-program.ts';

/** A thread is started for large files that begin dense in SIP, and for no others. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-thread-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const message = `OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n${'x'.repeat(1400)}\r\n`;
const dense = message.repeat(200);
const sparse = `${message}${'\0'.repeat(20_000)}`.repeat(20);

test.each([
  ['large and dense', dense, 9 << 20, true],
  ['dense and small', dense, dense.length, false],
  ['large and sparse', sparse, 9 << 20, false],
  ['large and without SIP', '\0'.repeat(1000), 9 << 20, false],
])('%s', async (name, text, size, pays) => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  truncateSync(path, size);
  const file = await openFile(path);
  if (!(file instanceof FileSource)) throw new Error('it is a regular file');
  expect(paysForAThread(file)).toBe(pays);
  await file.close();
});
