import type { Command } from 'commander';
import type { MessageDiff } from '../../core/contract/model.ts';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { UsageError } from '../complain.ts';
import { colours, withOutput } from '../output.ts';
import { forTerminal, where } from '../wire-text.ts';

interface DiffOptions extends CaptureOptions {
  readonly frames: string;
  readonly json?: boolean;
}

export function diff(program: Command): void {
  captureOptions(program.command('diff').description('what a hop changed between two messages'))
    .requiredOption('--frames <a,b>', 'the frames of the two messages')
    .option('--json', 'one JSON object')
    .action(async (inputs: readonly string[], options: DiffOptions) => {
      const frames = /^(\d+),(\d+)$/.exec(options.frames);
      if (!frames) throw new UsageError(`“${options.frames}” is not two frame numbers; write --frames 12,15`);
      const found = await withCapture(inputs, options, {}, (client) =>
        client.ask('diff', { a: Number(frames[1]), b: Number(frames[2]) }),
      );
      await withOutput(undefined, inputs, (output) =>
        output.write(options.json === true ? `${JSON.stringify(found)}\n` : asText(found)),
      );
    });
}

const signs = { added: '+', removed: '-', changed: '~', moved: '↕' } as const;

function asText({ a, b, changes }: MessageDiff): string {
  const lines = [`a: ${where(a)}`, `b: ${where(b)}`, ''];
  if (changes.length === 0) lines.push('no difference');
  for (const { header, kind, before, after } of changes) {
    lines.push(colours.bold(`${signs[kind]} ${forTerminal(header)}`));
    if (before !== null) lines.push(colours.red(`    - ${forTerminal(before)}`));
    if (after !== null) lines.push(colours.green(`    + ${forTerminal(after)}`));
  }
  return `${lines.join('\n')}\n`;
}
