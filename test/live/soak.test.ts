/** The soak of test/bench, as short as a run of the tests can wait: nothing lost, and disk and list within their bounds. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cannotCapture } from './rights.ts';

const program = join(import.meta.dirname, '..', 'bench', 'live-soak.mjs');

test('a live capture goes on without a loss, and within its bounds', { timeout: 120_000 }, async ({ skip }) => {
  const why = await cannotCapture('dumpcap');
  if (why !== '') skip(why);
  // Memory is not level yet after so short a time: what it may differ is only there to see a leak of everything.
  const args = [
    '--minutes',
    '0.4',
    '--calls',
    '60',
    '--megabytes',
    '1',
    '--files',
    '4',
    '--level',
    '0.6',
    '--port',
    '37000',
  ];
  const { said, failed } = await new Promise<{ said: string; failed: boolean }>((resolve) => {
    execFile(process.execPath, [program, ...args], (error, out, err) => {
      resolve({ said: out + err, failed: error !== null });
    });
  });
  expect(said).toMatch(/ packets \(\d+ calls\) in \d+ s: 0 lost;/u);
  expect(Number(/made anew (\d+) times\n/u.exec(said)?.[1])).toBeGreaterThan(0);
  expect(said).not.toContain('MISSED');
  expect(failed).toBe(false);
});
