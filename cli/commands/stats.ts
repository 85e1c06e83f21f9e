import type { Command } from 'commander';
import type { Stats } from '../../core/contract/model.ts';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { colours, withOutput } from '../output.ts';
import { when } from '../when.ts';
import { forTerminal } from '../wire-text.ts';

export function stats(program: Command): void {
  captureOptions(program.command('stats').description('what is in the capture, and what could not be read'), {
    filter: true,
  })
    .option('--json', 'one JSON object')
    .action(async (inputs: readonly string[], options: CaptureOptions & { readonly json?: boolean }) => {
      // Without a filter nothing is looked at twice, and so nothing need be kept.
      const { filter } = options;
      const found = await withCapture(inputs, options, { lookBack: filter !== undefined }, (client) =>
        client.ask('stats', filter === undefined ? {} : { filter }),
      );
      await withOutput(undefined, inputs, (output) =>
        output.write(options.json === true ? `${JSON.stringify(found)}\n` : asText(found)),
      );
    });
}

function asText(found: Stats): string {
  const { bold, yellow } = colours;
  const lines: string[] = [];
  const section = (title: string, rows: readonly (readonly [string, number, string?])[]): void => {
    if (rows.length === 0) return;
    const width = Math.max(...rows.map(([, count]) => String(count).length));
    lines.push('', bold(title));
    for (const [name, count, mark = ''] of rows) {
      lines.push(`  ${String(count).padStart(width)}  ${forTerminal(name)}${mark}`);
    }
  };
  for (const { name, format, bytes, packets } of found.files) {
    lines.push(`${bold(forTerminal(name))}  ${format}, ${packets} packets, ${bytes} bytes`);
  }
  if (found.start !== null && found.end !== null) lines.push(`from ${when(found.start)} to ${when(found.end)}`);
  section('SIP', [
    ['messages', found.messages],
    ['retransmissions', found.retransmissions],
    ['copies that the capture saw twice', found.copies],
    ['calls (Call-IDs)', found.calls],
  ]);
  section(
    'Calls by state',
    Object.entries(found.states).map(([name, count]) => [name, count]),
  );
  section(
    'Requests',
    Object.entries(found.methods).map(([name, count]) => [name, count]),
  );
  section(
    'Responses',
    Object.entries(found.statuses).map(([name, count]) => [name, count]),
  );
  section(
    'Transports',
    Object.entries(found.transports).map(([name, count]) => [name, count]),
  );
  if (found.media.packets > 0) {
    section('Media', [
      ['RTP and RTCP packets', found.media.packets],
      ['flows', found.media.flows],
    ]);
  }
  if (found.faults.length > 0) {
    section(
      'Faults',
      found.faults.map(({ protocol, text, count, frames }) => [
        `${protocol}: ${text}`,
        count,
        `  (first in frame ${frames[0] ?? '?'})`,
      ]),
    );
  }
  section(
    `What became of the ${found.packets} packets`,
    found.ledger.map(({ text, packets, lost }) => [
      text,
      packets,
      lost ? yellow('  ← a call may be missing here') : '',
    ]),
  );
  return `${lines.join('\n')}\n`;
}
