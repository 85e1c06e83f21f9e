import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FileSource, openFile } from '../../../core/capture/file.ts';
import { paysForAThread } from '../../../core/host/reading/thread-program.ts';
import * as build from '../../../fixtures/builder/index.ts';

/** A thread is started for large files that begin dense in SIP, and for no others. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-thread-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const message = `OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n${'x'.repeat(1400)}\r\n`;
const dense = message.repeat(200);
const sparse = `${message}${'\0'.repeat(20_000)}`.repeat(20);

/** Packets in ESP, of which nothing can be read without a key. */
function inEsp(length: number, frame: (payload: Uint8Array) => Uint8Array): Buffer {
  const bytes = frame(new build.Random(1).bytes(length));
  return Buffer.from(build.pcap(Array.from({ length: 1000 }, () => ({ time: 0n, bytes }))));
}
const esp = (bytes: Uint8Array): Uint8Array => build.ethernetOf(build.ip('192.0.2.1', '192.0.2.2', 50, bytes));
const inUdp = (bytes: Uint8Array): Uint8Array =>
  build.ethernetOf(build.udpPacket({ host: '2001:db8::1', port: 4500 }, { host: '2001:db8::2', port: 4500 }, bytes));

test.each<[string, string | Buffer, number, boolean]>([
  ['large and dense in ESP', inEsp(700, esp), 9 << 20, true],
  ['the same in UDP', inEsp(700, inUdp), 9 << 20, true],
  ['voice in ESP', inEsp(220, esp), 9 << 20, false],
  [
    'long packets of something else',
    inEsp(700, (bytes) => build.ethernetOf(build.ip('192.0.2.1', '192.0.2.2', 47, bytes))),
    9 << 20,
    false,
  ],
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
