import { Option } from 'commander';
import type { Command } from 'commander';
import { captureOptions, wholeNumber, withCapture, type CaptureOptions } from '../capture.ts';
import { UsageError } from '../complain.ts';
import { callOption, callsOf, type CallOptions } from '../calls-asked.ts';
import { refuseBinaryOnTerminal, terminalWidth, withOutput } from '../output.ts';
import { ladderFormatNames, type LadderQuery } from '../../core/contract/api.ts';
import type { LadderHost } from '../../core/contract/ladder.ts';
import { checkLegs, legChoices, legOptions, type LegOptions } from '../leg-options.ts';
import { hostName } from '../host-names.ts';

interface LadderOptions extends CaptureOptions, CallOptions, LegOptions {
  readonly format: string;
  readonly output?: string;
  readonly width?: number;
  readonly lanes: NonNullable<LadderQuery['lanes']>;
  readonly name?: readonly LadderHost[];
  readonly order?: readonly string[];
  readonly cseq: boolean;
  readonly sdp: boolean;
  readonly scale: 'even' | 'time';
  readonly times: 'relative' | 'clock';
  readonly theme: 'light' | 'dark';
  readonly ascii?: boolean;
  readonly fold: boolean;
  readonly rtp?: boolean;
  readonly withLegs?: boolean;
}

export function ladder(program: Command): void {
  legOptions(
    callOption(
      captureOptions(program.command('ladder').description('the ladder diagram of one or several calls'), {
        filter: true,
      }),
    ),
  )
    .addOption(new Option('--format <format>', 'what to write').choices(ladderFormatNames).default('text'))
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .option('--width <columns>', 'columns of the text format, 80 to 200 (default: the terminal’s)', ladderWidth)
    .addOption(
      new Option(
        '--lanes <how>',
        'one lane for each; host: addresses and ports that the capture shows to be one server',
      )
        .choices(['auto', 'address', 'address-port', 'host'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--name <name=address>',
        'what to call a lane: NAME=address[:port][,address…]; several are one lane (may be repeated)',
      ).argParser((text: string, before: readonly LadderHost[] | undefined) => [...(before ?? []), hostName(text)]),
    )
    .option(
      '--order <lanes>',
      'these lanes on the left, with commas: an address, address:port or name each',
      (text: string) => text.split(',').map((lane) => lane.trim()),
    )
    .option('--no-cseq', 'no CSeq beside the method or status')
    .option('--no-sdp', 'no media below the arrows')
    .addOption(new Option('--scale <scale>', 'distance of the rows').choices(['even', 'time']).default('even'))
    .addOption(
      new Option('--times <times>', 'seconds since the first message, or the time of day (UTC)')
        .choices(['relative', 'clock'])
        .default('relative'),
    )
    .addOption(new Option('--theme <theme>', 'colours of SVG and HTML').choices(['light', 'dark']).default('light'))
    .option('--ascii', 'text format without box-drawing characters')
    .option('--with-legs', 'also all other legs of the calls (across a B2BUA or SBC), in one ladder')
    .option('--rtp', 'also the RTP streams of the calls, as bands')
    .option('--no-fold', 'every message an arrow, also where a long run repeats itself (loops)')
    .action(async (inputs: readonly string[], options: LadderOptions) => {
      refuseBinaryOnTerminal(options.format, options.output);
      const calls = callsOf(options);
      const hosts = options.name ?? [];
      const width = options.width ?? Math.min(200, Math.max(80, terminalWidth() || 120));
      await withCapture(inputs, options, { streams: options.rtp === true }, async (client) => {
        await checkLegs(client, options);
        await withOutput(options.output, inputs, (output) =>
          client.ask(
            'exportLadder',
            {
              ...calls,
              format: options.format,
              width,
              lanes: options.lanes,
              hosts,
              order: keysOf(options.order ?? [], hosts),
              cseq: options.cseq,
              sdp: options.sdp,
              scale: options.scale,
              times: options.times,
              theme: options.theme,
              ascii: options.ascii === true,
              ...(options.rtp === true ? { rtp: true } : {}),
              ...(options.withLegs === true ? { withLegs: true } : {}),
              ...legChoices(options),
              ...(options.fold ? {} : { fold: false }),
            },
            { onChunk: (chunk) => output.write(chunk) },
          ),
        );
      });
    });
}

/** Lanes as the user calls them → keys: a name stands for the first end it was given for. */
function keysOf(order: readonly string[], hosts: readonly LadderHost[]): string[] {
  return order.map((lane) => {
    const [end] = hosts.find(({ name }) => name === lane)?.ends ?? [];
    if (end === undefined) return lane;
    const address = end.address.includes(':') && end.port !== null ? `[${end.address}]` : end.address;
    return end.port === null ? address : `${address}:${end.port}`;
  });
}

function ladderWidth(text: string): number {
  const width = wholeNumber(text);
  if (width < 80 || width > 200) throw new UsageError('--width is 80 to 200 columns');
  return width;
}
