import { endKey, type HostEnd, type HostFacts } from './host-facts.ts';
import { hostLinks, type HostLink } from './host-links.ts';

/** Ends that are one host. */
export interface HostGroup {
  /** What it calls itself in Via, else its first address. */
  readonly name: string;
  /** `port: null`: every port of the address. */
  readonly ends: readonly { readonly address: string; readonly port: number | null }[];
  readonly evidence: readonly string[];
}

/** Sentences that are kept for one host; more say nothing new. */
const MOST_SENTENCES = 20;

/** The hosts of which several ends were seen, in the order of their first message. */
export function hostGroups(facts: HostFacts): HostGroup[] {
  const sets = new Sets();
  const links = hostLinks(facts);
  for (const { a, b } of links) sets.join(endKey(a), endKey(b));
  const members = new Map<string, HostEnd[]>();
  for (const [key, end] of facts.seen) {
    const root = sets.rootOf(key);
    const group = members.get(root);
    if (group === undefined) members.set(root, [end]);
    else group.push(end);
  }
  const reasons = new Map<string, string[]>();
  for (const { a, why } of links) {
    const root = sets.rootOf(endKey(a));
    const known = reasons.get(root);
    if (known === undefined) reasons.set(root, [why]);
    else if (known.length < MOST_SENTENCES) known.push(why);
  }
  const whole = wholeAddresses(facts, links, sets);
  return [...members]
    .filter(([, ends]) => ends.length > 1)
    .map(([root, ends]) => ({
      name: nameOf(facts, ends),
      ends: endsOf(ends, whole),
      evidence: reasons.get(root) ?? [],
    }));
}

/**
 * Addresses of which every port is the same host's: one that sends nothing to itself, and whose ends are of one host. An
 * address that is tied to another one may be a NAT's: there, all who send have to be of that host.
 */
function wholeAddresses(facts: HostFacts, links: readonly HostLink[], sets: Sets): Set<string> {
  const roots = new Map<string, Set<string>>();
  const tied = new Set<string>();
  const note = (end: HostEnd, root: string): void => {
    const known = roots.get(end.address);
    if (known === undefined) roots.set(end.address, new Set([root]));
    else known.add(root);
  };
  for (const { a, b } of links) {
    note(a, sets.rootOf(endKey(a)));
    note(b, sets.rootOf(endKey(b)));
    if (a.address !== b.address) tied.add(a.address).add(b.address);
  }
  // Who calls itself something else is not known to be the same, even where nothing could be made of it.
  for (const { a, b } of facts.claims.values()) if (a.address !== b.address) note(a, sets.rootOf(endKey(b)));
  for (const [key, end] of facts.askers) if (tied.has(end.address)) note(end, sets.rootOf(key));
  return new Set(
    [...roots].filter(([address, set]) => set.size === 1 && !facts.split.has(address)).map(([one]) => one),
  );
}

function endsOf(ends: readonly HostEnd[], whole: ReadonlySet<string>): HostGroup['ends'] {
  const found = new Map<string, { readonly address: string; readonly port: number | null }>();
  for (const end of ends) {
    const { address } = end;
    if (whole.has(address)) found.set(address, { address, port: null });
    else found.set(endKey(end), end);
  }
  return [...found].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, end]) => end);
}

function nameOf(facts: HostFacts, ends: readonly HostEnd[]): string {
  for (const end of ends) {
    const name = facts.names.get(endKey(end));
    if (name !== undefined) return name;
  }
  return ends[0]?.address ?? '';
}

/** Disjoint sets of keys. */
class Sets {
  private readonly parents = new Map<string, string>();

  rootOf(key: string): string {
    let root = key;
    for (let next = this.parents.get(root); next !== undefined; next = this.parents.get(root)) root = next;
    // The path is made short for the next one who asks.
    for (let at = key; at !== root;) {
      const next = this.parents.get(at) ?? root;
      this.parents.set(at, root);
      at = next;
    }
    return root;
  }

  join(a: string, b: string): void {
    const [one, other] = [this.rootOf(a), this.rootOf(b)];
    if (one !== other) this.parents.set(other, one);
  }
}
