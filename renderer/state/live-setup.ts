import { create } from 'zustand';
import type { LiveInterface, LiveOptions, LiveSource } from '../../core/contract/live.ts';

/** What is typed and chosen for the next live capture; fields are kept as they were typed. */
export interface LiveSetup {
  readonly from: LiveSource['from'];
  /** Null until one was chosen: then the first that is up. */
  readonly interface: string | null;
  /** `best`: the best one that is there. */
  readonly backend: 'best' | 'dumpcap' | 'tcpdump' | 'cap';
  readonly sshHost: string;
  readonly sshPort: string;
  readonly sshInterface: string;
  readonly sshProgram: 'tcpdump' | 'dumpcap';
  readonly hepAddress: string;
  readonly hepPort: string;
  readonly bpf: string;
  /** Gigabytes on disk at most. */
  readonly disk: string;
  /** Calls in the list at most. */
  readonly calls: string;
  /** `ADDRESS:PORT` of a collector; empty for none. */
  readonly hepTo: string;
}

export const useLiveSetup = create<LiveSetup>()(() => ({
  from: 'interface',
  interface: null,
  backend: 'best',
  sshHost: '',
  sshPort: '',
  sshInterface: 'any',
  sshProgram: 'tcpdump',
  hepAddress: '0.0.0.0',
  hepPort: '9060',
  bpf: '',
  disk: '2',
  calls: '100,000',
  hepTo: '',
}));

/** Files that a capture is spread over, so that the oldest part of it can go when the disk's limit is reached. */
const FILES = 20;
export const leastDisk = 0.02;
export const mostDisk = 1000;
export const leastCalls = 1000;
export const mostCalls = 10_000_000;

/** What is wrong with a field, by its name; empty where all is well. */
export type SetupProblems = Partial<Record<keyof LiveSetup, string>>;

/** The interface that is meant: the one chosen while it is there, else the first. */
export function meantInterface(chosen: string | null, all: readonly Pick<LiveInterface, 'name'>[]): string | null {
  return all.some(({ name }) => name === chosen) ? chosen : (all[0]?.name ?? null);
}

/** The options that the fields say, or what is wrong with them. */
export function readSetup(
  setup: LiveSetup,
  interfaces: readonly Pick<LiveInterface, 'name'>[],
): { readonly options: LiveOptions | null; readonly problems: SetupProblems } {
  const problems: Partial<Record<keyof LiveSetup, string>> = {};
  const source = sourceOf(setup, interfaces, problems);
  const disk = figure(setup.disk);
  if (!(disk >= leastDisk && disk <= mostDisk)) problems.disk = `From ${leastDisk} to ${mostDisk} GB.`;
  const calls = figure(setup.calls);
  if (!Number.isInteger(calls) || calls < leastCalls || calls > mostCalls)
    problems.calls = 'From 1,000 to 10,000,000 calls.';
  const hepTo = setup.hepTo.trim() === '' ? null : endOf(setup.hepTo, 9060);
  if (setup.hepTo.trim() !== '' && hepTo === null) problems.hepTo = 'As in 10.0.0.5:9060 or [2001:db8::5]:9060.';
  if (source === null || Object.keys(problems).length > 0) return { options: null, problems };
  const bpf = setup.from === 'hep' ? '' : setup.bpf.trim();
  const fileBytes = Math.max(1_000_000, Math.round((disk * 1e9) / FILES));
  return {
    options: {
      source,
      ...(bpf === '' ? {} : { bpf }),
      fileBytes,
      files: FILES,
      calls,
      ...(hepTo === null ? {} : { hepTo }),
    },
    problems,
  };
}

function sourceOf(
  setup: LiveSetup,
  interfaces: readonly Pick<LiveInterface, 'name'>[],
  problems: Partial<Record<keyof LiveSetup, string>>,
): LiveSource | null {
  const { from, backend, sshHost, sshPort, sshInterface, sshProgram, hepAddress, hepPort } = setup;
  if (from === 'interface') {
    const name = meantInterface(setup.interface, interfaces);
    return name === null ? null : { from, interface: name, ...(backend === 'best' ? {} : { backend }) };
  }
  if (from === 'ssh') {
    const port = sshPort.trim() === '' ? null : portOf(sshPort);
    if (sshPort.trim() !== '' && port === null) problems.sshPort = 'A port is from 1 to 65535.';
    const host = nameProblem(sshHost);
    if (host !== null) problems.sshHost = host;
    const on = nameProblem(sshInterface);
    if (on !== null) problems.sshInterface = on;
    return {
      from,
      host: sshHost.trim(),
      interface: sshInterface.trim(),
      program: sshProgram,
      ...(port === null ? {} : { port }),
    };
  }
  const port = portOf(hepPort);
  if (port === null) problems.hepPort = 'A port is from 1 to 65535.';
  const address = hepAddress.trim().replace(/^\[(.*)\]$/u, '$1');
  if (!/^[\da-fA-F.:]+$|^localhost$/u.test(address)) problems.hepAddress = 'An address of this machine, as in 0.0.0.0.';
  return { from: 'hep', address, port: port ?? 0 };
}

/** A word that programs take for a name and nothing else. */
function nameProblem(text: string): string | null {
  const name = text.trim();
  if (name === '') return 'This is needed.';
  return /^-|[\s\p{Cc}]/u.test(name) ? 'This is no name.' : null;
}

/** `100,000`, `2.5`; NaN for what is no number. */
function figure(text: string): number {
  const plain = text.trim().replaceAll(/(?<=\d),(?=\d{3}(?!\d))/gu, '');
  return /^\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : Number.NaN;
}

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/** `10.0.0.5:9060`, `homer`, `[2001:db8::5]:9060`; `usual`: the port where none is named. Null for what is none. */
export function endOf(text: string, usual: number): { readonly address: string; readonly port: number } | null {
  const [, six, four, tail] = /^(?:\[([\da-fA-F:.]+)\]|([\w.-]+))(?::(\d+))?$/u.exec(text.trim()) ?? [];
  const address = six ?? four;
  const port = tail === undefined ? usual : portOf(tail);
  return address === undefined || address.startsWith('-') || port === null ? null : { address, port };
}
