import type { Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';

export function streams(program: Command): void {
  tableOptions(
    captureOptions(
      program.command('streams').description('every RTP stream: loss, jitter, packet time, and whose call it is'),
      { filter: true },
    ),
  ).action(async (inputs: readonly string[], options: CaptureOptions & TableOptions) => {
    await withCapture(inputs, options, { streams: true }, (client) =>
      exportTable(client, inputs, { what: 'streams', ...options }),
    );
  });
}
