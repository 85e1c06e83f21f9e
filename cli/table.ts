import type { Command } from 'commander';
import type { TableExport } from '../core/contract/api.ts';
import type { LocalClient } from '../core/host/local.ts';
import { colours, terminalWidth, withOutput } from './output.ts';
import { say, UsageError } from './complain.ts';

export interface TableOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly output?: string;
}

export function tableOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON object a line')
    .option('--csv', 'comma-separated values for a spreadsheet')
    .option('-o, --output <file>', 'write to this file instead of standard output');
}

/** Tables of what only some captures have. */
const nothingFound: Partial<Record<TableExport['what'], string>> = {
  dispatcher: 'nobody probes anybody in this capture',
  registrations: 'there is no REGISTER in this capture',
  replication: 'there is no replication between nodes (KDMQ) in this capture',
  extensions: 'there is no call in this capture whose extensions could be told',
  paths: 'no transaction was seen on more than one hop (or none that was asked for)',
  forks: 'nothing was sent to more than one place (or nothing that was asked for)',
};

interface What extends TableOptions {
  readonly what: TableExport['what'];
  readonly filter?: string;
  readonly method?: string;
  /** What else the table takes. */
  readonly more?: Partial<Pick<TableExport, 'calls' | 'legs' | 'forked' | 'odd'>>;
  readonly dispatcher?: TableExport['dispatcher'];
  readonly calls?: TableExport['calls'];
}

/** Writes one of the session's tables in the format asked for. */
export async function exportTable(client: LocalClient, inputs: readonly string[], options: What): Promise<void> {
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv exclude each other');
  const toTerminal = options.output === undefined || options.output === '-';
  const { rows } = await withOutput(options.output, inputs, (output) =>
    client.ask(
      'exportTable',
      {
        what: options.what,
        format: options.json === true ? 'ndjson' : options.csv === true ? 'csv' : 'table',
        width: toTerminal ? terminalWidth() : 0,
        colour: toTerminal && colours.isColorSupported,
        ...(options.filter === undefined ? {} : { filter: options.filter }),
        ...(options.method === undefined ? {} : { method: options.method }),
        ...options.more,
        ...(options.calls === undefined ? {} : { calls: options.calls }),
        ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
      },
      { onChunk: (chunk) => output.write(chunk) },
    ),
  );
  if (rows > 0) return;
  if (options.what === 'streams') {
    say('there is no RTP to be told; “sipglass stats” says what is in this capture');
    return;
  }
  const empty = nothingFound[options.what];
  if (empty !== undefined) {
    say(empty);
    return;
  }
  const { messages, calls } = await client.ask('progress', {});
  const total = options.what === 'calls' ? calls : messages;
  say(
    total === 0
      ? 'there is no SIP in this capture; “sipglass stats” says what is'
      : `none of ${total} ${options.what} matches`,
  );
}
