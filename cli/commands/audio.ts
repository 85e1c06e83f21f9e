import { Option } from 'commander';
import type { Command } from 'commander';
import { audioFormatNames, type AudioExport, type HeardStream } from '../../core/contract/audio.ts';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { say, UsageError } from '../complain.ts';
import { withOutput } from '../output.ts';
import { streamsOfCall, streamsNamed } from '../streams-asked.ts';

interface AudioOptions extends CaptureOptions {
  readonly stream?: readonly string[];
  readonly call?: string;
  readonly buffer?: number;
  readonly asSent?: boolean;
  readonly format?: AudioExport['format'];
  readonly output: string;
}

export function audio(program: Command): void {
  captureOptions(program.command('audio').description('what was said: one or two RTP streams as a WAV'))
    .addOption(
      new Option(
        '--stream <stream>',
        'number of a stream as “streams” shows it, its SSRC (0x…), or SRC:PORT-DST:PORT; a second one is the right channel',
      ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
    )
    .option('--call <id>', 'both directions of a call (number or Call-ID): what the caller sent left, the callee right')
    .option('--buffer <ms>', 'jitter buffer, 0 to 500 ms; what comes later is dropped as at the receiver (60)', buffer)
    .option('--as-sent', 'every packet at its timestamp, however late it came')
    .addOption(
      new Option(
        '--format <format>',
        'ogg: the packets of one Opus stream as they are (default: by the file’s name)',
      ).choices(audioFormatNames),
    )
    .requiredOption('-o, --output <file>', 'the file to write; “-” for standard output')
    .action(async (inputs: readonly string[], options: AudioOptions) => {
      const { stream: named = [], call, output: path } = options;
      if ((named.length === 0) === (call === undefined)) {
        throw new UsageError(
          'what to listen to? Name one stream or two with --stream (“sipglass streams” lists them), or a call with --call',
        );
      }
      if (named.length > 2) throw new UsageError('no more than two streams: one left, one right');
      if (path === '-' && process.stdout.isTTY) {
        throw new UsageError('sound is no text for a terminal: name a file with -o, or redirect the output');
      }
      const format = options.format ?? (/\.(?:ogg|opus|oga)$/iu.test(path) ? 'ogg' : 'wav');
      const written = await withCapture(inputs, options, { streams: true }, async (client) => {
        const streams = call === undefined ? await streamsNamed(client, named) : await streamsOfCall(client, call);
        const query: AudioExport = {
          streams,
          format,
          ...(options.buffer === undefined ? {} : { bufferMs: options.buffer }),
          ...(options.asSent === true ? { asSent: true } : {}),
        };
        return withOutput(path, inputs, (output) =>
          client.ask('exportAudio', query, { onChunk: (chunk) => output.write(chunk) }),
        );
      });
      const wide = written.channels === 1 ? 'one channel' : 'two channels';
      say(`${written.seconds.toFixed(2)} s written, ${written.rate} Hz, ${wide}`);
      for (const heard of written.streams) say(sentenceOf(heard));
    });
}

function sentenceOf({ stream, codec, played, lost, late, duplicates, dropped, cut, restarts }: HeardStream): string {
  const odd = [
    [lost, 'lost'],
    [late, 'too late'],
    [duplicates, 'sent twice'],
    [dropped, 'overlapped by others'],
    [cut, 'cut short by the capture'],
  ] as const;
  const words = odd.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  if (restarts > 0)
    words.push(restarts === 1 ? 'the timestamps jumped once' : `the timestamps jumped ${restarts} times`);
  return `stream ${stream}, ${codec}: ${[`${played} packets played`, ...words].join(', ')}`;
}

function buffer(text: string): number {
  const ms = Number(text);
  if (!/^\d+(?:\.\d+)?$/u.test(text) || ms > 500) throw new UsageError('--buffer is 0 to 500 milliseconds');
  return ms;
}
