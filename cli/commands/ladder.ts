import { Option } from 'commander';
import type { Command } from 'commander';
import { captureOptions, wholeNumber, withCapture, type CaptureOptions } from '../capture.ts';
import { UsageError } from '../complain.ts';
import { callOption, callsOf, type CallOptions } from '../calls-asked.ts';
import { terminalWidth, withOutput } from '../output.ts';
import { ladderFormatNames } from '../../core/contract/api.ts';

interface LadderOptions extends CaptureOptions, CallOptions {
  readonly format: string;
  readonly output?: string;
  readonly width?: number;
  readonly lanes: 'address' | 'address-port' | 'auto';
  readonly scale: 'even' | 'time';
  readonly theme: 'light' | 'dark';
  readonly ascii?: boolean;
  readonly fold: boolean;
}

export function ladder(program: Command): void {
  callOption(
    captureOptions(program.command('ladder').description('the ladder diagram of one or several calls'), {
      filter: true,
    }),
  )
    .addOption(new Option('--format <format>', 'what to write').choices(ladderFormatNames).default('text'))
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .option('--width <columns>', 'columns of the text format, 80 to 200 (default: the terminal’s)', ladderWidth)
    .addOption(
      new Option('--lanes <how>', 'one lane for each').choices(['auto', 'address', 'address-port']).default('auto'),
    )
    .addOption(new Option('--scale <scale>', 'distance of the rows').choices(['even', 'time']).default('even'))
    .addOption(new Option('--theme <theme>', 'colours of SVG and HTML').choices(['light', 'dark']).default('light'))
    .option('--ascii', 'text format without box-drawing characters')
    .option('--no-fold', 'every message an arrow, also where a long run repeats itself (loops)')
    .action(async (inputs: readonly string[], options: LadderOptions) => {
      const calls = callsOf(options);
      const width = options.width ?? Math.min(200, Math.max(80, terminalWidth() || 120));
      await withCapture(inputs, options, true, (client) =>
        withOutput(options.output, inputs, (output) =>
          client.ask(
            'exportLadder',
            {
              ...calls,
              format: options.format,
              width,
              lanes: options.lanes,
              scale: options.scale,
              theme: options.theme,
              ascii: options.ascii === true,
              unfolded: !options.fold,
            },
            { onChunk: (chunk) => output.write(chunk) },
          ),
        ),
      );
    });
}

function ladderWidth(text: string): number {
  const width = wholeNumber(text);
  if (width < 80 || width > 200) throw new UsageError('--width is 80 to 200 columns');
  return width;
}
