import type { LadderHost } from '../../../core/contract/ladder.ts';

/** The port that need not be said. */
const USUAL = 5060;

/** The name that the user gave to an end, else its address, with the port where that is not the usual one. */
export function hostName(hosts: readonly LadderHost[], address: string, port: number): string {
  for (const host of hosts)
    for (const end of host.ends)
      if (end.address === address && (end.port === null || end.port === port)) return host.name;
  if (port === USUAL) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
