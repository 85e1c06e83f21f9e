import type { MediaLink } from './media-links.ts';

/**
 * By call: the legs (`MediaLink.leg`) that have streams, with numbers from 1 that go from the caller's side to the
 * callee's, as far as the signalling tells: a request of the caller reaches one leg behind the other. Which stream began
 * first says nothing of that: early media comes from the callee's side.
 * @param used what the streams belong to
 */
export function numberedLegs(
  used: readonly MediaLink[],
  linksOfCall: ReadonlyMap<number, readonly MediaLink[]>,
): Map<number, ReadonlyMap<number, number>> {
  const found = new Map<number, Set<number>>();
  for (const { call, leg } of used) {
    const legs = found.get(call);
    if (legs === undefined) found.set(call, new Set([leg]));
    else legs.add(leg);
  }
  const numbered = new Map<number, ReadonlyMap<number, number>>();
  for (const [call, legs] of found) {
    const order = legs.size < 2 ? [...legs] : fromCaller(legs, linksOfCall.get(call) ?? []);
    numbered.set(call, new Map(order.map((leg, index) => [leg, index + 1])));
  }
  return numbered;
}

/** Those that a request of the caller went over, in that order; then those that only the callee asked on, from the far end. */
function fromCaller(legs: ReadonlySet<number>, links: readonly MediaLink[]): number[] {
  const asked = new Map<number, MediaLink>();
  for (const link of links) {
    const known = asked.get(link.leg);
    if (known === undefined || comesFirst(link, known)) asked.set(link.leg, link);
  }
  return [...legs].sort((a, b) => {
    const [one, other] = [asked.get(a), asked.get(b)];
    if (one === undefined || other === undefined) return a - b;
    if (one.callerAsks !== other.callerAsks) return one.callerAsks ? -1 : 1;
    return one.callerAsks ? one.askedRow - other.askedRow : other.askedRow - one.askedRow;
  });
}

function comesFirst(link: MediaLink, known: MediaLink): boolean {
  if (link.callerAsks !== known.callerAsks) return link.callerAsks;
  return link.askedRow < known.askedRow;
}
