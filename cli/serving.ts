import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { liveFolder, pageFolder, PageServer, processHosts } from '../core/host/serve/offer.ts';
import type { LiveOptions } from '../core/contract/live.ts';
import { ContractError } from '../core/contract/api.ts';
import { say, UsageError } from './complain.ts';
import { endsWith } from './endings.ts';
import { newAddressOnEnter } from './new-address.ts';

export interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly directory?: string;
  readonly uploadLimit?: number;
  /** Captured here, in place of captures. */
  readonly live?: LiveOptions;
}

/** Bytes that pages may send, all together, where nothing else was said. */
export const UPLOAD_LIMIT = 1e9;

/** The page for browsers, until the command is ended. `opened` is called with the first address. */
export async function servePage(
  captures: readonly string[],
  options: ServeOptions,
  opened?: (address: string) => void,
): Promise<void> {
  const dist = distFolder();
  const page = pageFolder(dist);
  if (page === null)
    throw new UsageError('the page is not built; type “npm run build” in the folder of sipglass first');
  const host = options.host ?? '127.0.0.1';
  const { named, directory } = sorted(captures, options.directory);
  const missing = named.find((name) => name !== '-' && !existsSync(name));
  if (missing !== undefined) throw new ContractError('capture', `${missing}: no such file`);
  if (named.includes('-') && process.stdin.isTTY)
    throw new UsageError('standard input is a terminal; a capture has to be piped in');
  const server = await PageServer.start({
    host,
    port: options.port ?? 0,
    page,
    version: SIPGLASS_VERSION,
    uploadLimit: options.uploadLimit ?? UPLOAD_LIMIT,
    startHost: processHosts(join(dist, 'serve-host.cjs')),
    named,
    ...(options.live === undefined ? {} : { live: options.live }),
    directory,
    sample: existing(join(dist, '..', 'fixtures', 'sample-day.pcapng')),
  });
  const address = server.address();
  process.stdout.write(`${address}\n`);
  endsWith(() => server.close());
  if (!server.isLoopback) {
    say(`warning: “--host ${host}” lets others on the network in, and what they see is not encrypted`);
  }
  const tunnel = server.isLoopback ? overSsh(new URL(address).port) : null;
  if (tunnel !== null) say(tunnel);
  const more = named.includes('-') ? null : newAddressOnEnter(() => server.address());
  say(`the address opens one browser, once; ${more === null ? '' : `${more}; `}Ctrl-C ends this`);
  if (options.live !== undefined) say(`packets go to ${liveFolder()}; what no page has saved stays there`);
  opened?.(address);
  // A signal ends it (`endsWith`). What comes back from here is at its end, and the command with it.
  await once(process, 'exit');
}

/** Where the built command lies: this file is in it, or in a folder of it. */
export function distFolder(): string {
  const here = import.meta.dirname;
  // Its own name also stands among the chunks.
  return existsSync(join(here, 'serve-host.cjs')) ? here : resolve(here, '..');
}

/** Captures and the directory that were named; a directory may stand in the place of a capture. */
function sorted(
  captures: readonly string[],
  option: string | undefined,
): { readonly named: readonly string[]; readonly directory: string | null } {
  const isDirectory = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
  if (option !== undefined && !isDirectory(option)) throw new UsageError(`${option}: is no directory`);
  const directories = [...(option === undefined ? [] : [option]), ...captures.filter((name) => isDirectory(name))];
  if (directories.length > 1) throw new UsageError('only one directory can be offered');
  return { named: captures.filter((name) => !isDirectory(name)), directory: directories[0] ?? null };
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}

/** On a machine reached over ssh: how a browser at the other end gets here. Null elsewhere. */
function overSsh(port: string): string | null {
  const connection = process.env.SSH_CONNECTION?.split(' ') ?? [];
  if (connection.length < 4) return null;
  const { USER: user, LOGNAME: login } = process.env;
  const who = user ?? login;
  const to = `${who === undefined ? '' : `${who}@`}${connection[2] ?? ''}`;
  return `from the machine you sit at: ssh -N -L ${port}:127.0.0.1:${port} ${to}   and then open the address there`;
}
