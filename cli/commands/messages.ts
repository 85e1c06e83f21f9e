import type { Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';

export function messages(program: Command): void {
  tableOptions(
    captureOptions(program.command('messages').description('every SIP message, in the order of the wire'), {
      filter: true,
    }),
  ).action(async (inputs: readonly string[], options: CaptureOptions & TableOptions) => {
    await withCapture(inputs, options, {}, (client) => exportTable(client, inputs, { what: 'messages', ...options }));
  });
}
