import { Option } from 'commander';
import type { Command } from 'commander';
import { ContractError } from '../core/contract/api.ts';
import { localHost, type LocalClient } from '../core/host/local.ts';
import { say, UsageError } from './complain.ts';
import { hasReadInput, readsInput } from './endings.ts';
import { keyOptions, typedKeys, type KeyOptions } from './keys.ts';
import { progressBar } from './progress.ts';

/** Options of all commands that read captures. */
export interface CaptureOptions extends KeyOptions {
  readonly port?: readonly number[];
  readonly filter?: string;
}

export function captureOptions(command: Command, { filter = false } = {}): Command {
  command.argument('<capture...>', 'pcap or pcapng file(s), or “-” for standard input');
  command.addOption(
    new Option('--port <number>', 'also treat this port as SIP (may be repeated)').argParser(
      (text: string, before: readonly number[] | undefined) => [...(before ?? []), portNumber(text)],
    ),
  );
  keyOptions(command);
  if (filter) command.option('--filter <expression>', 'only what matches; see docs/filter.md');
  return command;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new UsageError(`“${text}” is not a port (1 to 65535)`);
  return port;
}

/** A number of rows, frames, columns: digits only. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`“${text}” is not a whole number`);
  return Number(text);
}

/** What a command needs beyond counting. */
export interface Wanted {
  /** To look at messages again. Default true. */
  readonly lookBack?: boolean;
  /** RTP streams, measured. Default false. */
  readonly streams?: boolean;
}

/** Opens the captures in this process, and hands the client to `work` when all is read. Whatever is open then closes when the process ends. */
export async function withCapture<Result>(
  inputs: readonly string[],
  options: CaptureOptions,
  { lookBack = true, streams = false }: Wanted,
  work: (client: LocalClient) => Promise<Result>,
): Promise<Result> {
  const client = localHost();
  const bar = progressBar();
  client.on('warning', ({ text }) => {
    bar.clear();
    say(`warning: ${text}`);
  });
  client.on('progress', (progress) => bar.show(progress));
  try {
    if (options.filter !== undefined) await checkFilter(client, options.filter);
    if (inputs.includes('-')) readsInput();
    const keys = typedKeys(options);
    const autoKeys = options.autoKeys ?? true;
    await client.ask('open', { inputs, ports: options.port ?? [], lookBack, streams, keys, autoKeys });
    await client.ask('done', {});
    hasReadInput();
    bar.clear();
    // Not closed where all went well: the process is about to end, which lets go of files and threads at once.
    return await work(client);
  } catch (error) {
    await client.close();
    throw error;
  } finally {
    bar.clear();
  }
}

/** A wrong filter is shown with a mark under the place. */
export async function checkFilter(client: LocalClient, filter: string): Promise<void> {
  const problem = await client.ask('checkFilter', { filter });
  if (problem === null) return;
  const before = Array.from(filter.slice(0, problem.at)).length;
  const width = Math.max(1, Array.from(filter.slice(problem.at, problem.end)).length);
  const shown = filter.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  throw new ContractError(
    'filter',
    `in the filter, column ${before + 1}: ${problem.message}\n  ${shown}\n  ${' '.repeat(before)}${'^'.repeat(width)}`,
  );
}
