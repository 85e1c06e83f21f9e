import type { LadderQuery } from '../../contract/api.ts';
import type { LadderHost } from '../../contract/ladder.ts';
import type { HostGuess } from '../../contract/model.ts';
import { guessHosts } from './hosts.ts';
import { ipAddress } from '../ip-address.ts';
import type { OpenCapture } from '../open-capture.ts';

/** The hosts of a ladder: those that the user named, and with `lanes: 'host'` those that the capture shows. */
export function ladderHosts(open: OpenCapture, query: LadderQuery, calls: readonly number[]): readonly LadderHost[] {
  const named = (query.hosts ?? []).map((host) => ({ ...host, ends: host.ends.map(usual) }));
  return query.lanes === 'host' ? joinHosts(named, guessHosts(open, calls)) : named;
}

/**
 * What the user named, and what was found out: ends that belong to a host with a name get that name; where they have
 * several names, the user keeps them apart. The user's hosts come first, so they have what they claim.
 */
export function joinHosts(named: readonly LadderHost[], guesses: readonly HostGuess[]): LadderHost[] {
  const hosts = named.map((host) => ({ ...host, ends: [...host.ends] }));
  const found: LadderHost[] = [];
  for (const guess of guesses) {
    const owners = new Set(guess.ends.flatMap((end) => hosts.findIndex((_, at) => claims(named[at], end))));
    owners.delete(-1);
    const [owner] = owners;
    if (owner !== undefined && owners.size === 1) hosts[owner]?.ends.push(...guess.ends);
    else found.push({ name: guess.name, role: guess.role, ends: guess.ends });
  }
  return [...hosts, ...found];
}

/** With its address as the session writes it: people write IPv6 in many ways. */
function usual({ address, port }: End): End {
  return { address: ipAddress(address) ?? address, port };
}

type End = LadderHost['ends'][number];

function claims(host: LadderHost | undefined, { address, port }: End): boolean {
  const same = (end: End): boolean => end.port === null || port === null || end.port === port;
  return host?.ends.some((end) => end.address === address && same(end)) === true;
}
