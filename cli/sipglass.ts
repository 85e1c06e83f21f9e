import { Command, CommanderError } from 'commander';
import { audio } from './commands/audio.ts';
import { calls } from './commands/calls.ts';
import { capture } from './commands/capture.ts';
import { diff } from './commands/diff.ts';
import { dispatcher } from './commands/dispatcher.ts';
import { extensions } from './commands/extensions.ts';
import { extract } from './commands/extract.ts';
import { interfaces } from './commands/interfaces.ts';
import { ladder } from './commands/ladder.ts';
import { message } from './commands/message.ts';
import { messages } from './commands/messages.ts';
import { paths } from './commands/paths.ts';
import { registrations } from './commands/registrations.ts';
import { sas } from './commands/sas.ts';
import { serve } from './commands/serve.ts';
import { stats } from './commands/stats.ts';
import { streams } from './commands/streams.ts';
import { fields } from './commands/fields.ts';
import { existsSync } from 'node:fs';
import { complain } from './complain.ts';
import { prepareEndings } from './endings.ts';

/** The commands. A new one is a file and a line here. */
const commands: readonly ((program: Command) => void)[] = [
  calls,
  ladder,
  messages,
  streams,
  audio,
  sas,
  message,
  diff,
  paths,
  dispatcher,
  registrations,
  extensions,
  extract,
  stats,
  fields,
  interfaces,
  capture,
  serve,
];

const program = new Command('sipglass')
  .description('Analyzer for SIP captures: which call, what went wrong, where, and a ladder to send on.')
  .version(SIPGLASS_VERSION)
  .configureHelp({ showGlobalOptions: true })
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'sipglass: ')) })
  .exitOverride()
  .showHelpAfterError('(see “sipglass --help”)')
  .addHelpText('after', () => examples);

const examples = `
Examples:
  sipglass calls trunk.pcap --filter problem               what went wrong: rejected, failed, timed out …
  sipglass ladder trunk.pcap --call 3                      the ladder of call 3, in the terminal
  sipglass ladder trunk.pcap --call 3 --format svg -o call.svg
  sipglass trunk.pcap                                      the app, or its page in a browser
  sipglass messages trunk.pcap --json --filter 'method:REGISTER from:1001'
  ssh proxy tcpdump -U -w - port 5060 | sipglass calls -

CAPTURE is a pcap or pcapng file (also .gz and .zst), several files (merged by time), or “-” for standard input.
Exit status: 0 done, 1 the work failed, 2 the command line is wrong.`;

for (const add of commands) add(program);

function isCommand(name: string): boolean {
  return name === 'help' || program.commands.some((command) => command.name() === name);
}

/** A command line without a command: captures to look at. */
function nameCaptures(words: readonly string[]): boolean {
  const [first = '--'] = words;
  if (isCommand(first) || words.some((word) => word.startsWith('-') && word !== '-')) return false;
  return first === '-' || existsSync(first);
}

async function main(): Promise<void> {
  prepareEndings();
  try {
    const words = process.argv.slice(2);
    if (nameCaptures(words)) {
      const { openCaptures } = await import('./open.ts');
      await openCaptures(words);
    } else await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else complain(error);
  }
  // Nothing is left to do: to let go of everything one by one would take time. Pipes may still have to be written to.
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}

// Not at top level: the command is built as CommonJS, which starts in two thirds of the time.
void main();
