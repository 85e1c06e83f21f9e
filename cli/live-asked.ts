import { Option, type Command } from 'commander';
import type { LiveOptions, LiveSource } from '../core/contract/live.ts';
import { UsageError } from './complain.ts';
import { byteCount } from './byte-count.ts';
import { wholeNumber } from './capture.ts';

/** Options of commands that capture. */
export interface LiveAsked {
  readonly interface?: string;
  readonly bpf?: string;
  readonly backend?: 'dumpcap' | 'tcpdump' | 'cap';
  readonly ssh?: string;
  readonly sshProgram?: 'dumpcap' | 'tcpdump';
  readonly hep?: string;
  readonly rotate?: number;
  readonly files?: number;
  readonly snaplen?: number;
  readonly calls?: number;
  readonly hepTo?: string;
}

export function liveOptions(command: Command): Command {
  return command
    .option('-i, --interface <name>', 'interface to capture from; see “sipglass interfaces”')
    .option('-f, --bpf <filter>', 'packet filter as libpcap takes it, for example "port 5060"')
    .addOption(
      new Option('--backend <program>', 'what captures; the best one that is there without').choices([
        'dumpcap',
        'tcpdump',
        'cap',
      ]),
    )
    .option('--ssh <host>', 'capture on this machine, over ssh')
    .addOption(new Option('--ssh-program <program>', 'what captures there').choices(['tcpdump', 'dumpcap']))
    .option('--hep <address:port>', 'listen for HEP3 (UDP and TCP) in place of an interface')
    .option('--snaplen <bytes>', 'bytes kept of each packet', wholeNumber)
    .option('--hep-to <address:port>', 'send SIP and RTCP on to a collector (Homer) as HEP3')
    .option('--calls <number>', 'calls kept in the list; of more the oldest that ended go', wholeNumber)
    .option('--rotate <size>', 'begin another file at this size, for example 100M', size)
    .option('--files <number>', 'files kept; the oldest goes first', wholeNumber);
}

/** A size with bounds: a file of a few packets, or one that no disk holds, is a slip. */
function size(text: string): number {
  const bytes = byteCount(text);
  if (bytes < 1e6 || bytes > 16e9) throw new UsageError('--rotate is from 1M to 16G');
  return bytes;
}

export function liveAsked(asked: LiveAsked): LiveOptions {
  const { bpf, snaplen, rotate, files, calls } = asked;
  if (calls !== undefined && (calls < 1000 || calls > 10_000_000))
    throw new UsageError('--calls is from 1000 to 10000000');
  if (snaplen !== undefined && (snaplen < 64 || snaplen > 262_144))
    throw new UsageError('--snaplen is from 64 to 262144 bytes');
  if (files !== undefined && (files < 2 || files > 10_000)) throw new UsageError('--files is from 2 to 10000');
  if (files !== undefined && rotate === undefined) throw new UsageError('--files goes with --rotate');
  return {
    source: sourceOf(asked),
    ...(bpf === undefined ? {} : { bpf }),
    ...(snaplen === undefined ? {} : { snapLength: snaplen }),
    ...(rotate === undefined ? {} : { fileBytes: rotate }),
    ...(files === undefined ? {} : { files }),
    ...(calls === undefined ? {} : { calls }),
    ...(asked.hepTo === undefined ? {} : { hepTo: end(asked.hepTo) }),
  };
}

function sourceOf({ interface: name, backend, ssh, sshProgram, hep }: LiveAsked): LiveSource {
  if (hep !== undefined) {
    if (name !== undefined || ssh !== undefined)
      throw new UsageError('--hep listens; it goes with neither -i nor --ssh');
    return { from: 'hep', ...end(hep) };
  }
  if (name === undefined) throw new UsageError('name an interface with -i (see “sipglass interfaces”), or --hep');
  if (ssh === undefined) return { from: 'interface', interface: name, ...(backend === undefined ? {} : { backend }) };
  if (backend !== undefined) throw new UsageError('--backend is for this machine; with --ssh use --ssh-program');
  return { from: 'ssh', host: ssh, interface: name, ...(sshProgram === undefined ? {} : { program: sshProgram }) };
}

/** `9060`, `0.0.0.0:9060`, `[::]:9060`. */
export function end(text: string): { readonly address: string; readonly port: number } {
  const found = /^(?:(?:\[([\da-fA-F:.]+)\]|([^:[\]]+)):)?(\d+)$/u.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port < 1 || port > 65_535) throw new UsageError(`“${text}” is no address and port`);
  return { address: found[1] ?? found[2] ?? '127.0.0.1', port };
}
