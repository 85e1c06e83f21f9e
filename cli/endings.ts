import { complain, say } from './complain.ts';

/** 128 and the number of the signal, as shells have it. */
const statuses = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * How the command ends when it is not at its end: temporary files go (they are removed when the process exits), and
 * what was not foreseen is said without the program's text. With standard input as the capture, the first Ctrl-C ends
 * the input, and what came until then is shown.
 */
export function prepareEndings(): void {
  for (const [signal, status] of Object.entries(statuses)) {
    process.on(signal, () => end(signal, status));
  }
  process.on('uncaughtException', (error) => {
    complain(error);
    process.exit(1);
  });
  // `sipglass … | head` closes the pipe early, which is no error; other failures reject the write, which is told there.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') return;
    const close = broken;
    broken = null;
    if (close === null) process.exit(0);
    else void stopped(close);
  });
}

function end(signal: string, status: number): void {
  if (stop !== null) void stopped(stop);
  else if (signal !== 'SIGINT' || !endInput()) process.exit(status);
}

let stop: (() => Promise<void>) | null = null;

let broken: (() => Promise<void>) | null = null;

/**
 * What runs until it is ended: the first signal ends it with `close`, which is no failure; a second one doesn't wait.
 * `atOnce`: where nobody takes the output any more.
 */
export function endsWith(close: () => Promise<void>, atOnce: (() => Promise<void>) | null = null): void {
  stop = close;
  broken = atOnce;
}

async function stopped(close: () => Promise<void>): Promise<void> {
  stop = null;
  await close();
  process.exit(0);
}

let reading = false;

/** Standard input is a capture that is being read now. */
export function readsInput(): void {
  reading = true;
}

/** Standard input was read to its end. */
export function hasReadInput(): void {
  reading = false;
}

/** Ends standard input where it is being read; true where it was. */
function endInput(): boolean {
  if (!reading) return false;
  reading = false;
  say('input ended; Ctrl-C again to stop');
  process.stdin.push(null);
  return true;
}
