/** The built-in capture, on loopback: the built program, and the package cap where it could be compiled. */
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openInputs } from '../../core/capture/inputs.ts';
import { END, PACKET } from '../../core/capture/input.ts';
import { startHelper } from '../../core/live/child.ts';
import { builtInCommand } from '../../core/live/built-in.ts';
import { understand } from '../../core/live/helper-words.ts';
import { freePorts, HERE } from './peers.ts';
import { cannotCapture } from './rights.ts';

const file = join(import.meta.dirname, '..', '..', 'dist', 'cap-helper.cjs');

/** Empty where the package is there. */
function missing(): string {
  if (!existsSync(file)) return 'the program of the built-in capture was not built';
  try {
    execFileSync(process.execPath, [file, '--check'], { stdio: 'ignore' });
    return '';
  } catch {
    return 'the package cap is not installed (it needs libpcap-dev)';
  }
}

test('the built-in capture sees every packet that its filter lets through, with the time at which it came', async ({
  skip,
}) => {
  const why = missing() || (await cannotCapture('tcpdump'));
  // In CI it has to be there: an optional package is absent without a word.
  if (why !== '' && process.env.CI === undefined) skip(why);
  expect(why).toBe('');
  const [port = 0] = await freePorts(1);
  const lines: string[] = [];
  const command = builtInCommand({ node: process.execPath, file }, 'lo', {
    source: { from: 'interface', interface: 'lo' },
    bpf: `udp dst port ${port}`,
    snapLength: 100,
  });
  const helper = await startHelper(command, (line) => lines.push(line));
  const inputs = await openInputs(['-'], { spool: false, stdin: helper.packets });
  const socket = createSocket('udp4');
  socket.on('error', () => undefined);
  const began = Date.now() / 1000;
  for (let i = 0; i < 500; i++) {
    socket.send(Buffer.alloc(300, String(i)), port, HERE);
    if (i % 50 === 0) await pause(5);
  }
  const seen: { readonly seconds: number; readonly captured: number; readonly original: number }[] = [];
  for (let step = inputs.merged.step(); step !== END; step = inputs.merged.step()) {
    const { reader } = inputs.merged.current;
    if (step === PACKET)
      seen.push({
        seconds: reader.seconds + reader.nanoseconds / 1e9,
        captured: reader.captured,
        original: reader.original,
      });
    else await inputs.merged.refill();
    if (seen.length === 500) helper.stop();
  }
  await inputs.close();
  socket.close();
  expect(await helper.ended).toBe(0);
  expect(seen).toHaveLength(500);
  expect(seen.every(({ captured, original }) => captured === 100 && original === 342)).toBe(true);
  expect(seen.every(({ seconds }) => seconds > began - 1 && seconds < Date.now() / 1000 + 1)).toBe(true);
  expect(lines.map((line) => understand(line)).filter((word) => word !== null)).toEqual([]);
});

test('a filter that is none, and an interface that is not there, are told', async ({ skip }) => {
  const why = missing();
  if (why !== '') skip(why);
  for (const [name, bpf] of [
    ['lo', 'porf 5060'],
    ['nosuch0', ''],
  ] as const) {
    const lines: string[] = [];
    const command = builtInCommand({ node: process.execPath, file }, name, {
      source: { from: 'interface', interface: name },
      bpf,
    });
    const helper = await startHelper(command, (line) => lines.push(line));
    helper.packets.resume();
    expect(await helper.ended).toBe(1);
    expect(lines.some((line) => /^sipglass: \S/u.test(line))).toBe(true);
  }
});
