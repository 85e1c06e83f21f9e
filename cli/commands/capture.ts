import type { Command } from 'commander';
import type { LiveState } from '../../core/contract/live.ts';
import { say, UsageError } from '../complain.ts';
import { endsWith } from '../endings.ts';
import { liveAsked, liveOptions, type LiveAsked } from '../live-asked.ts';
import { wholeNumber } from '../capture.ts';

interface CaptureOptions extends LiveAsked {
  readonly write?: string;
  readonly json?: boolean;
  readonly filter?: string;
  readonly duration?: number;
}

export function capture(program: Command): void {
  liveOptions(program.command('capture').description('capture packets into a pcapng, or show calls as they happen'))
    .option(
      '-w, --write <file>',
      'the pcapng to write; with --rotate its files get numbers. Without it, calls are shown',
    )
    .option('--filter <expression>', 'without -w: only calls that match; see docs/filter.md')
    .option('--json', 'without -w: one JSON object per change of a call')
    .option('--duration <seconds>', 'end after this time; else with Ctrl-C', wholeNumber)
    .action(async (options: CaptureOptions) => {
      if (options.duration === 0) throw new UsageError('--duration is at least 1 second');
      const asked = liveAsked(options);
      if (options.write === undefined) {
        const { followCalls } = await import('../follow.ts');
        await followCalls({ inputs: [], live: asked }, options);
        return;
      }
      if (options.hepTo !== undefined || options.calls !== undefined)
        throw new UsageError('--hep-to and --calls go without -w: with it nothing is looked at');
      if (options.json === true || options.filter !== undefined)
        throw new UsageError('--json and --filter are for the calls that are shown without -w');
      if (options.write === '-')
        throw new UsageError('-w writes a file; for a stream on standard output take tcpdump -w - or dumpcap -w -');
      const { recordLive } = await import('../../core/host/live/record-live.ts');
      const running = await recordLive(asked, options.write, options.rotate !== undefined);
      const over = running.ended.then(() => report(running.state));
      endsWith(async () => {
        await running.stop();
        await over;
      });
      const seconds = options.duration;
      const timer = seconds === undefined ? null : setTimeout(() => void running.stop(), seconds * 1000);
      await over;
      if (timer !== null) clearTimeout(timer);
    });
}

/** What came of it: status 1 where it ended otherwise than asked. */
function report({ packets, dropped, bytesWritten, files, notes, problem, state }: LiveState): void {
  for (const note of notes) if (problem?.startsWith(note) !== true) say(`note: ${note}`);
  const lost = dropped === null ? '' : `, ${dropped} dropped`;
  const [first = ''] = files;
  const names = files.length === 1 ? first : `${files.length} files, the first of them ${first}`;
  const where = files.length === 0 ? '' : `, ${(bytesWritten / 1e6).toFixed(1)} MB in ${names}`;
  if (packets > 0 || state === 'stopped') say(`${packets} packets${lost}${where}`);
  if (problem !== null) say(problem);
  if (state === 'failed') process.exitCode = 1;
}
