import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startHelper } from '../../core/live/child.ts';
import { testFolder } from '../capture/folder.ts';

const at = testFolder();

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries > 2000) throw new Error('it never came');
    await pause(5);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A helper of our own, as a script of the shell. */
const script = (text: string): { readonly program: string; readonly args: readonly string[] } => ({
  program: '/bin/sh',
  args: ['-c', text],
});

test('arguments reach the helper as they are, its words come line by line, and its status is told', async () => {
  const lines: string[] = [];
  const helper = await startHelper(
    {
      program: '/bin/sh',
      args: ['-c', 'printf "%s|" "$@"; printf "one\\rtwo\\nthree" >&2; exit 7', 'sh', '$(id)', "a'b", ''],
    },
    (line) => lines.push(line),
  );
  expect(await textOf(helper.packets)).toBe("$(id)|a'b||");
  expect(await helper.ended).toBe(7);
  expect(lines).toEqual(['one', 'two', 'three']);
});

test('a line that never ends is cut, and does not grow', async () => {
  const lines: string[] = [];
  const helper = await startHelper(
    script('head -c 3000000 /dev/zero | tr "\\0" x >&2; echo >&2; echo end >&2'),
    (line) => lines.push(line),
  );
  helper.packets.resume();
  await helper.ended;
  expect(lines.map((line) => line.length)).toEqual([2000, 3]);
});

test('a helper that is asked to end hands over what it has, although nobody sends it packets', async () => {
  const helper = await startHelper(
    script('trap "echo last; exit 0" TERM; echo first; while :; do sleep 0.05; done'),
    () => undefined,
  );
  const text = textOf(helper.packets);
  await once(helper.packets, 'data');
  helper.stop();
  helper.stop();
  expect(await text).toContain('last');
  expect(await helper.ended).toBe(0);
});

test('one that does not listen is ended all the same, with all that it started', async () => {
  const helper = await startHelper(
    script(`trap "" INT TERM; echo $$ >${at('deaf')}; while :; do sleep 0.1; done`),
    () => undefined,
  );
  helper.packets.resume();
  await until(() => read(at('deaf')).trim() !== '');
  const pid = Number(read(at('deaf')));
  helper.stop();
  expect(await helper.ended).toBeNull();
  await until(() => !isAlive(pid));
}, 20_000);

test('what cannot be started is told in a sentence', async () => {
  const helper = await startHelper({ program: '/no/such/program', args: [] }, () => undefined);
  helper.packets.resume();
  expect(await helper.ended).toBe(127);
});

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
