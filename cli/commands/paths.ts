import type { Command } from 'commander';
import type { PathList } from '../../core/contract/paths.ts';
import { callOption, type CallOptions } from '../calls-asked.ts';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { UsageError } from '../complain.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { withOutput } from '../output.ts';
import { forkText, pathText } from '../path-text.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';

/** Paths asked for at a time. */
const PAGE = 1000;

interface PathsOptions extends CaptureOptions, TableOptions, CallOptions {
  readonly forks?: boolean;
  readonly odd?: boolean;
}

export function paths(program: Command): void {
  tableOptions(
    callOption(
      captureOptions(
        program
          .command('paths')
          .description('every transaction that was seen on more than one hop: its way, and what each hop changed'),
        { filter: true },
      ),
    ),
  )
    .option('--forks', 'what was sent to several places, as trees with the end of each branch')
    .option('--odd', 'only loops, spirals, and what used up Max-Forwards')
    .action(async (inputs: readonly string[], options: PathsOptions) => {
      const { forks, odd, call, filter, json, csv, output } = options;
      if (forks === true && odd === true) throw new UsageError('--forks and --odd exclude each other');
      const list: PathList = {
        ...(filter === undefined ? {} : { filter }),
        ...(call === undefined ? {} : { calls: call }),
        ...(odd === true ? { odd } : {}),
      };
      await withCapture(inputs, options, {}, async (client) => {
        // In full where somebody looks at one call, or at forks; else one line each.
        if (json !== true && csv !== true && (call !== undefined || forks === true)) {
          await withOutput(output, inputs, (to) =>
            forks === true
              ? eachFork(client, list, (text) => to.write(text))
              : eachPath(client, list, (text) => to.write(text)),
          );
          return;
        }
        await exportTable(client, inputs, {
          what: forks === true ? 'forks' : 'paths',
          ...(json === undefined ? {} : { json }),
          ...(csv === undefined ? {} : { csv }),
          ...(output === undefined ? {} : { output }),
          more: list,
          ...(filter === undefined ? {} : { filter }),
        });
      });
    });
}

type Write = (text: string) => Promise<void>;

async function eachPath(client: LocalClient, list: PathList, write: Write): Promise<void> {
  for (let from = 0, total = 1; from < total; from += PAGE) {
    const page = await client.ask('paths', { ...list, from, count: PAGE });
    ({ total } = page);
    if (total === 0) await write('No transaction of it was seen on more than one hop.\n');
    for (const { id } of page.rows) await write(`${pathText(await client.ask('path', { path: id }))}\n`);
  }
}

async function eachFork(client: LocalClient, list: PathList, write: Write): Promise<void> {
  for (let from = 0, total = 1; from < total; from += PAGE) {
    const page = await client.ask('forks', { ...list, from, count: PAGE });
    ({ total } = page);
    if (total === 0) await write('Nothing was sent to more than one place.\n');
    for (const fork of page.rows) await write(`${forkText(fork)}\n`);
  }
}
