import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { refuseBinaryOnTerminal } from '../../cli/output.ts';
import { decodePng } from '../print/decode-png.ts';
import { readPdf } from '../print/read-pdf.ts';
import { sipglass } from './run.ts';

/** The built command brings fonts and renderer along: what it prints does not depend on the machine. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-print-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function printed(format: 'png' | 'pdf'): Promise<Uint8Array> {
  const file = join(scratch, `call.${format}`);
  const ran = await sipglass(['ladder', 'fixtures/sample-day.pcapng', '--call', '34', '--format', format, '-o', file]);
  expect(ran).toMatchObject({ status: 0, stdout: '', stderr: '' });
  return new Uint8Array(readFileSync(file));
}

test('a ladder as PNG', async () => {
  const image = decodePng(await printed('png'));
  expect(image.width).toBeGreaterThan(1000);
  expect(image.at(0, 0)).toBe('#ffffff');
});

test('a ladder as PDF, with the bundled fonts in it', async () => {
  const { pages, embedded } = readPdf(await printed('pdf'));
  expect(pages[0]).toContain('503 Service Unavailable');
  expect(embedded).toContain('JetBrainsMono-Regular');
});

test('bytes do not go to a terminal', () => {
  const terminal = { isTTY: true } as typeof process.stdout;
  const pipe = { isTTY: false } as typeof process.stdout;
  expect(() => refuseBinaryOnTerminal('png', undefined, terminal)).toThrow(
    'PNG is no text for a terminal: name a file with -o, or redirect the output',
  );
  expect(() => refuseBinaryOnTerminal('pdf', '-', terminal)).toThrow('PDF is no text');
  for (const [format, path, output] of [
    ['png', undefined, pipe],
    ['png', 'call.png', terminal],
    ['svg', undefined, terminal],
  ] as const)
    expect(() => refuseBinaryOnTerminal(format, path, output)).not.toThrow();
});
