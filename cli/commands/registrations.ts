import type { Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { say } from '../complain.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';

interface RegistrationOptions extends CaptureOptions, TableOptions {
  readonly dmq?: boolean;
}

export function registrations(program: Command): void {
  tableOptions(
    captureOptions(
      program
        .command('registrations')
        .description('every address of record: its bindings over time, challenges, and why it is not registered'),
    ),
  )
    .option('--dmq', 'replication between the nodes of a Kamailio cluster (KDMQ) instead')
    .action(async (inputs: readonly string[], options: RegistrationOptions) => {
      await withCapture(inputs, options, {}, async (client) => {
        const { notes, replication } = await client.ask('registrations', { from: 0, count: 0 });
        for (const note of notes) say(note);
        await exportTable(client, inputs, {
          what: options.dmq === true ? 'replication' : 'registrations',
          ...options,
        });
        const nodes = replication.nodes.length;
        if (options.dmq !== true && nodes > 0) say(`${nodes} nodes replicate to each other (KDMQ); “--dmq” shows what`);
      });
    });
}
