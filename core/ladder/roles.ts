import type { Step } from './fold.ts';

interface Seen {
  /** Opened a request that it had not received. */
  asked: boolean;
  registered: boolean;
  /** Received a request and passed it on. */
  forwarded: boolean;
  /** Answered a request that it did not pass on. */
  answered: boolean;
  registrar: boolean;
}

/**
 * What each lane seems to be, guessed from the messages: `proxy` passed a request on, `caller` opened one, `callee`
 * answered one, `registrar` answered a REGISTER. Null where the messages show nothing. `hosts` says for each lane which
 * host it belongs to: a host may hear on one port and ask from another, and is the same thing on both.
 */
export function guessRoles(
  steps: readonly Step[],
  ends: readonly (readonly [number, number])[],
  hosts: readonly string[],
): (string | null)[] {
  const seen: Seen[] = hosts.map(() => ({
    asked: false,
    registered: false,
    forwarded: false,
    answered: false,
    registrar: false,
  }));
  /** Hosts that were caught hearing on one lane and asking from another. */
  const spread = new Set<string>();
  const receivers = new Map<string, Set<number>>();
  // Who answers a BYE or re-INVITE may be either side.
  const inDialog = new Set<string>();
  const senders = new Map<string, Set<number>>();
  for (let at = 0; at < steps.length; at++) {
    const { message, request } = steps[at] as Step;
    const [from, to] = ends[at] as readonly [number, number];
    const key = `${message.callIndex} ${request}`;
    const lane = seen[from] as Seen;
    if (message.method === null) {
      if (message.status === null || message.status < 101 || from === to) continue;
      if (inDialog.has(key) || senders.get(key)?.has(from) === true) continue;
      if (message.cseq?.method === 'REGISTER') lane.registrar = true;
      else lane.answered = true;
      continue;
    }
    if (message.toTag !== null) inDialog.add(key);
    if (receivers.get(key)?.has(from) === true) lane.forwarded = true;
    else if (senders.get(key)?.has(from) !== true) {
      const ear = earOf(hosts, from, receivers.get(key), senders.get(key));
      if (ear >= 0) {
        lane.forwarded = true;
        (seen[ear] as Seen).forwarded = true;
        spread.add(hosts[from] as string);
        // What it answers from now on is what comes back.
        note(senders, key, ear);
      } else if (message.toTag === null && message.method === 'REGISTER') lane.registered = true;
      else if (message.toTag === null) lane.asked = true;
    }
    note(receivers, key, to);
    note(senders, key, from);
  }
  return seen.map((lane, at) => roleOf(lane) ?? (spread.has(hosts[at] as string) ? 'proxy' : null));
}

/** So many receivers of one request are looked at; more are no call. */
const MOST_EARS = 100;

/** The lane of the same host that heard the request which `from` now passes on; -1 where none did. */
function earOf(
  hosts: readonly string[],
  from: number,
  receivers: ReadonlySet<number> = new Set(),
  senders: ReadonlySet<number> = new Set(),
): number {
  let left = MOST_EARS;
  for (const lane of receivers) {
    if (hosts[lane] === hosts[from] && !senders.has(lane)) return lane;
    if (--left === 0) break;
  }
  return -1;
}

function note(map: Map<string, Set<number>>, key: string, lane: number): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([lane]));
  else set.add(lane);
}

function roleOf({ asked, registered, forwarded, answered, registrar }: Seen): string | null {
  if (forwarded) return registrar ? 'proxy and registrar' : 'proxy';
  if (registrar) return 'registrar';
  if (asked && answered) return 'caller and callee';
  if (asked) return 'caller';
  if (answered) return 'callee';
  return registered ? 'client' : null;
}
