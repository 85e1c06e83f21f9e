import type { Command } from 'commander';
import type { LiveInterface, LiveProgram } from '../../core/contract/live.ts';
import { localHost } from '../../core/host/local.ts';
import { withOutput } from '../output.ts';
import { forTerminal } from '../wire-text.ts';

export function interfaces(program: Command): void {
  program
    .command('interfaces')
    .description('what can be captured from, and what captures')
    .option('--json', 'one JSON object per line')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const client = localHost();
      try {
        const found = await client.ask('interfaces', {});
        const programs = await client.ask('livePrograms', {});
        await withOutput(undefined, [], (output) =>
          output.write(json ? found.map((one) => `${JSON.stringify(one)}\n`).join('') : table(found, programs)),
        );
      } finally {
        await client.close();
      }
    });
}

function table(found: readonly LiveInterface[], programs: readonly LiveProgram[]): string {
  const width = Math.max(9, ...found.map(({ name }) => name.length));
  const rows = found.map((one) => {
    const words = [one.up ? 'up' : 'down', one.addresses.join(' '), one.about].filter((word) => word !== '');
    return `${one.name.padEnd(width)}  ${words.join('  ')}`;
  });
  const ways = programs.map(
    ({ backend, path, about }) => `${backend.padEnd(width)}  ${path === '' ? '' : `${path ?? '–'}  `}${about}`,
  );
  return `${[`${'INTERFACE'.padEnd(width)}  STATE`, ...rows, '', `${'PROGRAM'.padEnd(width)}  WHAT IT GIVES`, ...ways].map((line) => forTerminal(line, true)).join('\n')}\n`;
}
