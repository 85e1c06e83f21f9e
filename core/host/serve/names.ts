import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

const loopback = ['localhost', '127.0.0.1', '::1'];
const everywhere = new Set(['0.0.0.0', '::', '']);

/** Whether only this machine reaches a server that listens on `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Names that a server listening on `host` goes by: those of loopback, `host`, and where that is every address, all of this machine's. */
export function namesOf(host: string): ReadonlySet<string> {
  const all = everywhere.has(host)
    ? [hostname(), ...Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))]
    : [host];
  return new Set([...loopback, ...all].map((name) => name.toLowerCase()));
}

/**
 * The Host header if it names this server, else null. The port may be another one (`ssh -L`); a name may not: a page of
 * somebody whose own name was made to lead here (DNS rebinding) brings that name along.
 */
export function ownHost(header: string | undefined, names: ReadonlySet<string>): string | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?$/.exec(header ?? '');
  const name = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  return header !== undefined && names.has(name) ? header : null;
}

/** Whether an Origin header is that of the page this server gave to `host`. */
export function ownOrigin(origin: string | undefined, host: string): boolean {
  return origin === `http://${host}`;
}

/** `host:port` for an address; IPv6 in brackets; for a server on every address, one that others reach it by. */
export function authority(host: string, port: number): string {
  const name = everywhere.has(host) ? (outward() ?? '127.0.0.1') : host;
  return `${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

/** An address of this machine for others; null where it has none. */
function outward(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}
