/**
 * Which ends are certainly one host. A wrong answer would hide a hop, so every rule has a reason why it can't be wrong,
 * and keeps silent where two explanations are left (a NAT with several phones behind it, a load balancer, a cluster
 * under one name, private addresses that several networks use).
 */
import { endKey, pairKey, type HostEnd, type HostFacts } from './host-facts.ts';

/** Two ends that are one host, and the sentence that says why. */
export interface HostLink {
  readonly a: HostEnd;
  readonly b: HostEnd;
  readonly why: string;
}

export function hostLinks(facts: HostFacts): HostLink[] {
  return [...byVia(facts), ...byContact(facts), ...bySides(facts), ...byForwarding(facts), ...byName(facts)];
}

/** `10.0.0.1:5060`, `[2001:db8::1]:5060`. */
function endText({ address, port }: HostEnd): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/**
 * RFC 3261 18.1.1: a sender writes its own address into the top Via. Where that is another address than the packet's, a
 * NAT, a second interface or an advertised address lies between.
 */
function byVia(facts: HostFacts): HostLink[] {
  const said = new Map<string, Set<string>>();
  const sayers = new Map<string, Set<string>>();
  for (const { a, b } of facts.claims.values()) {
    add(said, endKey(a), endKey(b));
    if (a.address !== b.address) add(sayers, endKey(b), a.address);
  }
  const translated = translations(facts);
  const links: HostLink[] = [];
  for (const { a, b, frame } of facts.claims.values()) {
    // Several hosts send from there: a NAT or a load balancer, and nobody's own.
    if (said.get(endKey(a))?.size !== 1) continue;
    const why = `frame ${frame}: what ${endText(a)} sends has ${endText(b)} in its Via`;
    if (a.address === b.address) links.push({ a, b, why });
    else if (facts.talking.has(pairKey(a.address, b.address))) continue;
    else if (sayers.get(endKey(b))?.size === 1 && !isReused(b.address)) links.push({ a, b, why });
    else if (translated.has(`${endKey(a)} ${endKey(b)}`))
      links.push({ a, b, why: `${why}, and the same request was captured there` });
  }
  return links;
}

/** Ends that were seen sending one and the same request: before and behind an address translation. */
function translations({ requests }: HostFacts): Set<string> {
  const pairs = new Set<string>();
  for (const { sources } of requests.values()) {
    if (sources.size !== 2) continue;
    const [one = '', other = ''] = [...sources.keys()];
    pairs.add(`${one} ${other}`).add(`${other} ${one}`);
  }
  return pairs;
}

/** Who begins a request says in Contact where to reach it; only another port of the same address is taken for the same host. */
function byContact({ contacts }: HostFacts): HostLink[] {
  return [...contacts.values()].map(({ a, b, frame }) => ({
    a,
    b,
    why: `frame ${frame}: what ${endText(a)} sends has ${endText(b)} as its Contact`,
  }));
}

/** Two Record-Routes with `r2=on` are the two sides of one proxy. */
function bySides({ sides }: HostFacts): HostLink[] {
  return [...sides.values()].map(({ a, b, frame }) => ({
    a,
    b,
    why: `frame ${frame}: Record-Route has ${endText(a)} and ${endText(b)} as the two sides of one proxy (r2=on)`,
  }));
}

/**
 * RFC 3261 16.6, 16.7: a proxy adds one Via to a request and takes one off a response. A message that has one more, or
 * one less, than it had on its way to an end was sent on by that end's host. Silent where it went to several ends, or
 * where several addresses carry on what one end got.
 */
function byForwarding(facts: HostFacts): HostLink[] {
  const found = new Map<string, HostLink>();
  const outlets = new Map<string, Set<string>>();
  for (const { before, src, frame, vias, isRequest } of facts.forwards) {
    const arrival = (isRequest ? facts.requests : facts.responses).get(before);
    if (arrival === undefined || arrival.frame > frame) continue;
    if (arrival.targets.size !== 1 || arrival.vias !== vias) continue;
    const [target] = arrival.targets.values();
    if (target === undefined || facts.talking.has(pairKey(target.address, src.address))) continue;
    if (src.address !== target.address) add(outlets, endKey(target), src.address);
    const key = `${endKey(target)} ${endKey(src)}`;
    if (endKey(target) === endKey(src) || found.has(key)) continue;
    const via = isRequest ? 'one more Via' : 'one Via less';
    const why = `frame ${frame}: ${endText(src)} sends on what frame ${arrival.frame} brought to ${endText(target)}, with ${via}`;
    found.set(key, { a: target, b: src, why });
  }
  return [...found.values()].filter(({ a, b }) => a.address === b.address || outlets.get(endKey(a))?.size === 1);
}

/** Two addresses that send under one host name in the same call, and never to each other. */
function byName(facts: HostFacts): HostLink[] {
  const links = new Map<string, HostLink>();
  for (const { name, ends } of facts.named.values()) {
    const [first, ...others] = ends.values();
    if (first === undefined) continue;
    for (const [end, frame] of others) {
      const [a] = first;
      if (facts.talking.has(pairKey(a.address, end.address))) continue;
      const key = `${endKey(a)} ${endKey(end)}`;
      const why = `frame ${frame}: ${endText(end)} calls itself ${name} in Via, as ${endText(a)} does in the same call`;
      if (!links.has(key)) links.set(key, { a, b: end, why });
    }
  }
  return [...links.values()];
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** Addresses that many networks use at once: who writes one may be anywhere (RFC 1918, 6598, 3927, 4193, 4291; loopback). */
function isReused(address: string): boolean {
  if (address.includes(':')) return /^(?:f[cd]|fe[89ab]|::)/u.test(address);
  const [a = 0, b = 0] = address.split('.').map(Number);
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}
