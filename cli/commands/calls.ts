import type { Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { checkLegs, legChoices, legOptions, type LegOptions } from '../leg-options.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';

interface CallsOptions extends CaptureOptions, TableOptions, LegOptions {
  readonly method?: string;
  readonly follow?: boolean;
}

export function calls(program: Command): void {
  legOptions(
    tableOptions(
      captureOptions(program.command('calls').description('every call (Call-ID), with its state'), { filter: true }),
    ),
  )
    .option('--method <method>', 'only calls that this method began, for example INVITE')
    .option('--follow', 'a line whenever a call changes, while packets still come')
    .action(async (inputs: readonly string[], options: CallsOptions) => {
      if (options.follow === true) {
        const { followCalls } = await import('../follow.ts');
        await followCalls({ inputs }, options);
        return;
      }
      await withCapture(inputs, options, {}, async (client) => {
        await checkLegs(client, options);
        await exportTable(client, inputs, { what: 'calls', ...options, more: legChoices(options) });
      });
    });
}
