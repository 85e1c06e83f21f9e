import type { LiveOptions } from '../contract/live.ts';
import { CaptureError } from '../capture/reader.ts';

/** A program and what it is told; the arguments are never seen by a shell of this machine. */
export interface HelperCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** It ends, with all that it started elsewhere, when its standard input does. */
  readonly keepsItself?: boolean;
}

/** Kernel’s buffer, megabytes: without one both lose packets at 50,000 a second; this is some seconds of that, for when the machine is busy elsewhere. */
const BUFFER_MB = 128;

/** dumpcap: pcapng on standard output, counts on standard error. */
export function dumpcapCommand(program: string, name: string, options: Recorded): HelperCommand {
  const args = ['-q', '-B', String(BUFFER_MB), '-i', word(name), '-w', '-'];
  if (options.snapLength !== undefined) args.push('-s', String(options.snapLength));
  if (hasText(options.bpf)) args.push('-f', options.bpf);
  return { program, args };
}

/** tcpdump: pcap on standard output, packet by packet as they come (else up to a second late), counts on standard error. */
export function tcpdumpCommand(program: string, name: string, options: Recorded): HelperCommand {
  const snapLength = String(options.snapLength ?? 262_144);
  const args = [
    '-n',
    '-U',
    '--immediate-mode',
    '-B',
    String(BUFFER_MB * 1024),
    '-i',
    word(name),
    '-w',
    '-',
    '-s',
    snapLength,
  ];
  // Nothing behind `--` is an option, whatever it begins with.
  if (hasText(options.bpf)) args.push('--', options.bpf);
  return { program, args };
}

type Recorded = Pick<LiveOptions, 'bpf' | 'snapLength'>;

function hasText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** A word that goes behind an option: one that looks like an option itself is refused. */
export function word(text: string): string {
  if (text === '' || text.startsWith('-') || /\p{Cc}/u.test(text)) {
    throw new CaptureError(`“${text.replaceAll(/[^ -~]/gu, '?')}” is no name of an interface or a host`);
  }
  return text;
}
