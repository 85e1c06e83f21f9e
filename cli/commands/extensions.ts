import { Option, type Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';

interface ExtensionOptions extends CaptureOptions, TableOptions {
  readonly call?: readonly string[];
}

export function extensions(program: Command): void {
  tableOptions(
    captureOptions(
      program
        .command('extensions')
        .description(
          'what each side of a dialog supports, requires and refuses (100rel, timers, UPDATE …), and what was used',
        ),
      { filter: true },
    ),
  )
    .addOption(
      new Option('--call <id>', 'only this call: a number or Call-ID (may be repeated)').argParser(
        (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
      ),
    )
    .action(async (inputs: readonly string[], { call, ...options }: ExtensionOptions) => {
      await withCapture(inputs, options, {}, (client) =>
        exportTable(client, inputs, { what: 'extensions', ...options, ...(call === undefined ? {} : { calls: call }) }),
      );
    });
}
