import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { DispatcherProber, DispatcherQuery, DispatcherView } from '../../core/contract/dispatcher.ts';
import { captureOptions, wholeNumber, withCapture, type CaptureOptions } from '../capture.ts';
import { say, UsageError } from '../complain.ts';
import { colours, withOutput } from '../output.ts';
import { exportTable, tableOptions, type TableOptions } from '../table.ts';
import { clock } from '../when.ts';
import { forTerminal } from '../wire-text.ts';

interface DispatcherOptions extends CaptureOptions, TableOptions {
  readonly list?: string;
  readonly probingThreshold?: number;
  readonly inactiveThreshold?: number;
  readonly goodCodes?: readonly number[];
  readonly at?: string;
  readonly transitions?: boolean;
}

export function dispatcher(program: Command): void {
  tableOptions(
    captureOptions(
      program
        .command('dispatcher')
        .description('who probes whom, and the state of each destination (AP, TP, IP, AX …) with the reasons'),
    ),
  )
    .option('--list <file>', 'output of “kamcmd dispatcher.list” (text or JSON), to be compared with the wire')
    .option('--probing-threshold <number>', 'failures in a row that make a destination inactive', threshold)
    .option('--inactive-threshold <number>', 'good answers in a row that make it active again', threshold)
    .option('--good-codes <codes>', 'status codes besides 2xx that count as good, as in 404,501', codes)
    .option('--at <ts>', 'flags as of this moment (seconds since 1970)', moment)
    .option('--transitions', 'also every transition with its reason, below the table')
    .action(async (inputs: readonly string[], options: DispatcherOptions) => {
      const query = await queryOf(options);
      await withCapture(inputs, options, {}, async (client) => {
        const asTable = options.json !== true && options.csv !== true;
        const view = await client.ask('dispatcher', query);
        for (const note of view.notes) say(note);
        if (asTable && options.output === undefined && view.rows.length > 0)
          await withOutput(undefined, inputs, (output) => output.write(heading(view)));
        await exportTable(client, inputs, { what: 'dispatcher', ...options, dispatcher: query });
        if (asTable && options.transitions === true)
          await withOutput(undefined, inputs, (output) => output.write(transitionText(view)));
      });
    });
}

function threshold(text: string): number {
  const value = wholeNumber(text);
  if (value < 1 || value > 1000) throw new UsageError(`“${text}” is no threshold (1 to 1000)`);
  return value;
}

function codes(text: string): readonly number[] {
  return text.split(',').map((word) => {
    const code = wholeNumber(word.trim());
    if (code < 100 || code > 999) throw new UsageError(`“${word}” is no status code`);
    return code;
  });
}

function moment(text: string): string {
  if (!/^\d{1,12}(?:\.\d+)?$/u.test(text))
    throw new UsageError(`“${text}” is no moment: give seconds since 1970, as in 1700000000.5`);
  return text;
}

async function queryOf(options: DispatcherOptions): Promise<DispatcherQuery> {
  const { probingThreshold, inactiveThreshold, goodCodes, at, list } = options;
  return {
    ...(probingThreshold === undefined ? {} : { probingThreshold }),
    ...(inactiveThreshold === undefined ? {} : { inactiveThreshold }),
    ...(goodCodes === undefined ? {} : { goodCodes }),
    ...(at === undefined ? {} : { at }),
    ...(list === undefined ? {} : { list: await listText(list) }),
  };
}

async function listText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `the list ${path} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function heading({ probers }: DispatcherView): string {
  const { bold, dim } = colours;
  return probers.map((prober) => `${bold(forTerminal(prober.prober))} ${dim(forTerminal(habits(prober)))}\n`).join('');
}

function habits(prober: DispatcherProber): string {
  const {
    methods,
    destinations,
    probed,
    intervalMs,
    probingThreshold,
    inactiveThreshold,
    timeoutMs,
    mode,
    goodCodes,
    failedCallTakesOut,
  } = prober;
  const every = intervalMs === null ? '' : ` every ${seconds(intervalMs)}`;
  const parts = [
    `probes ${probed} of ${destinations} destination${destinations === 1 ? '' : 's'}, ${methods.join(', ')}${every}, waits ${seconds(timeoutMs)}`,
    `down after ${probingThreshold.value} (${probingThreshold.from}), up after ${inactiveThreshold.value} (${inactiveThreshold.from})`,
    `probed: ${mode}`,
    ...(failedCallTakesOut ? ['a failed call takes a destination out (learnt)'] : []),
    ...(goodCodes.length === 0 ? [] : [`also good: ${goodCodes.join(', ')}`]),
  ];
  return parts.join(' · ');
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function transitionText({ rows }: DispatcherView): string {
  const { bold, dim } = colours;
  const lines: string[] = [];
  for (const { destination, name, transitions } of rows) {
    lines.push('', bold(forTerminal(`${destination}${name === null ? '' : ` ${name}`}`)));
    for (const { ts, from, to, reason } of transitions)
      lines.push(`  ${dim(clock(ts))}  ${(from ?? '?').padEnd(2)} → ${(to ?? '?').padEnd(2)}  ${forTerminal(reason)}`);
  }
  return `${lines.join('\n')}\n`;
}
