import type { LiveOptions, LiveSource } from '../contract/live.ts';
import { KEEPER } from './keeper.ts';
import { dumpcapCommand, tcpdumpCommand, word, type HelperCommand } from './helper-command.ts';

type OverSsh = Extract<LiveSource, { readonly from: 'ssh' }>;

/**
 * A capture on another machine: `ssh HOST tcpdump …`. What SSH itself sends is left out by the filter, or each packet
 * would make another; the capture there ends when SSH does. There is nobody to type a password: keys or an agent have to be there (BatchMode).
 */
export function sshCommand(
  ssh: string,
  source: OverSsh,
  options: Pick<LiveOptions, 'bpf' | 'snapLength'>,
): HelperCommand {
  const remote = source.program ?? 'tcpdump';
  const make = remote === 'dumpcap' ? dumpcapCommand : tcpdumpCommand;
  const told = make(remote, source.interface, { ...options, bpf: withoutSsh(options.bpf, source.port ?? 22) });
  const port = source.port === undefined ? [] : ['-p', String(source.port)];
  const line = ['sh', '-c', KEEPER, 'sh', told.program, ...told.args].map(quoted).join(' ');
  return {
    program: ssh,
    args: ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-T', ...port, '--', word(source.host), line],
    keepsItself: true,
  };
}

function withoutSsh(bpf: string | undefined, port: number): string {
  const own = `not tcp port ${port}`;
  return bpf === undefined || bpf.trim() === '' ? own : `${own} and (${bpf})`;
}

/** For the shell of the other machine: a word in single quotes, where nothing has a meaning. */
export function quoted(text: string): string {
  return /^[\w./:=-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
