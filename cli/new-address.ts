import { readFileSync } from 'node:fs';

/**
 * Prints a fresh address, for one more browser, each time Enter is pressed or SIGUSR2 comes. Answers with how that is
 * done, in words.
 */
export function newAddressOnEnter(address: () => string): string {
  const print = (): void => {
    process.stdout.write(`${address()}\n`);
  };
  // Not SIGUSR1, which starts Node's debugger.
  const signals = process.platform !== 'win32';
  if (signals) process.on('SIGUSR2', print);
  if (!inForeground()) return `“kill -USR2 ${process.pid}” prints one for another`;
  process.stdin.setEncoding('utf8').on('data', (text: string) => {
    for (const character of text) if (character === '\n') print();
  });
  // A terminal that goes away takes its Enter key with it.
  process.stdin.on('error', () => undefined);
  return 'Enter prints one for another';
}

/** Whether Enter comes here. A program that reads its terminal from the background is stopped by the system. */
function inForeground(): boolean {
  if (!process.stdin.isTTY) return false;
  try {
    // proc(5): after the name in brackets come state, parent, process group, session, terminal, its foreground group.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[2] === fields[5];
  } catch {
    // Not Linux: a terminal is taken for ours.
    return true;
  }
}
