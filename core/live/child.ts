import { spawn, type ChildProcess, type SpawnOptionsWithStdioTuple } from 'node:child_process';
import { platform } from 'node:os';
import { PassThrough, type Readable } from 'node:stream';
import type { HelperCommand } from './helper-command.ts';
import { KEEPER } from './keeper.ts';
import { CaptureError } from '../capture/reader.ts';

/** Milliseconds a helper has to end by itself after it was asked to. */
const PATIENCE = 3000;

/** Bytes of packets that are taken from the helper while the disk is busy: its pipe holds 64 KB, and then it would not read on. */
const AHEAD = 32 << 20;

/** Characters of a line of standard error that are kept; the rest of it is passed over. */
const LONG_LINE = 2000;

/** Not in the current folder: dumpcap takes a file that is named as an interface for a pipe. */
const HOW: SpawnOptionsWithStdioTuple<'pipe', 'pipe', 'pipe'> = { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/' };

/** A helper program that captures; what it captured comes out of `packets` until it ends. */
export interface Helper {
  readonly packets: Readable;
  /** Settles when it is gone, with its exit status (null where a signal ended it). */
  readonly ended: Promise<number | null>;
  /** Asks it to end, so that it hands over what it has and tells what it dropped. */
  stop(): void;
}

/** Starts a helper; `say` gets each line of its standard error. Rejects with a CaptureError where it cannot be started. */
export async function startHelper(
  { program, args, keepsItself = false }: HelperCommand,
  say: (line: string) => void,
): Promise<Helper> {
  const isGroup = platform() !== 'win32';
  const child =
    isGroup && !keepsItself
      ? spawn('/bin/sh', ['-c', KEEPER, 'sh', program, ...args], { ...HOW, detached: true })
      : spawn(program, [...args], { ...HOW, windowsHide: true, detached: isGroup });
  linesOf(child.stderr, say);
  // Closing it is how the helper is asked to end; that it is closed by then already is no error.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (status) => resolve(status));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new CaptureError(`${program} cannot be started: ${error.message}`)));
  });
  let asked = false;
  return {
    packets: child.stdout.pipe(new PassThrough({ highWaterMark: AHEAD })),
    ended,
    stop: () => {
      if (asked) return;
      asked = true;
      if (isGroup || keepsItself) child.stdin.end();
      else child.kill('SIGINT');
      const last = setTimeout(() => kill(child, isGroup), PATIENCE);
      void ended.then(() => clearTimeout(last));
    },
  };
}

/** The helper, and the shell that keeps it: they are a group of their own, which Ctrl-C in a terminal does not reach. */
function kill(child: ChildProcess, isGroup: boolean): void {
  try {
    if (isGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It is gone by now.
  }
}

/** Calls `say` for each line; a line that never ends is cut. */
function linesOf(stream: Readable, say: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n|\r/u);
    rest = (lines.pop() ?? '').slice(0, LONG_LINE);
    for (const line of lines) say(line.slice(0, LONG_LINE));
  });
  stream.on('end', () => {
    if (rest !== '') say(rest);
  });
}
