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
  const found = new Map<number, Map<number, number>>();
  for (const { call, leg } of used) {
    const numbers = found.get(call);
    if (numbers === undefined) found.set(call, new Map([[leg, 1]]));
    else if (!numbers.has(leg)) numbers.set(leg, numbers.size + 1);
  }
  for (const [call, numbers] of found) {
    if (numbers.size < 2) continue;
    const order = fromCaller([...numbers.keys()], linksOfCall.get(call) ?? []);
    for (let index = 0; index < order.length; index++) numbers.set(order[index] as number, index + 1);
  }
  return found;
}

/** Those that a request of the caller went over, in that order; then those that only the callee asked on, from the far end. */
function fromCaller(legs: number[], links: readonly MediaLink[]): number[] {
  const asked = new Map<number, MediaLink>();
  for (const link of links) {
    const known = asked.get(link.leg);
    if (known === undefined || comesFirst(link, known)) asked.set(link.leg, link);
  }
  return legs.sort((a, b) => {
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
