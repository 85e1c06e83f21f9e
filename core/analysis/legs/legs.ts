/**
 * Calls that are legs of one, across a B2BUA or SBC that gives each side a Call-ID of its own. What names the other leg
 * (a header, Replaces), or is made to survive (Session-ID of RFC 7989, icid-value of P-Charging-Vector) is looked up; what
 * only resembles (places of media, users and times) counts for calls of which one begins where the other came to, while
 * that one waits for its answer, and where nothing else would do as well.
 */
import { LinkList, SLACK, type Evidence, type LegCall, type Link } from './leg-links.ts';
import { byMedia } from './legs-media.ts';
import { byUsers } from './legs-users.ts';

/** More calls than these with one value: it is a constant and says nothing. */
const MOST_SHARED = 16;

/** Links between calls, in the order in which they began; each pair once, with all that shows it. */
export function legLinks(calls: readonly LegCall[]): Link[] {
  const links = new LinkList(calls);
  const byId = new Map(calls.map(({ callId }, at) => [callId, at]));
  const shared = new Map<string, number[]>();
  const share = (key: string, at: number): void => {
    const known = shared.get(key);
    if (known === undefined) shared.set(key, [at]);
    // One more than is used, so that one sees that there are too many.
    else if (known.length <= MOST_SHARED && !known.includes(at)) known.push(at);
  };
  for (const [at, call] of calls.entries()) {
    for (const { header, value, frame } of call.named) {
      const other = byId.get(value);
      if (other !== undefined && other !== at)
        links.add(at, other, {
          kind: 'header',
          text: `${header} of frame ${frame} is the Call-ID of the other leg`,
          frames: [frame],
          confidence: 1,
        });
      else if (other === undefined) share(`header ${header.toLowerCase()} ${value}`, at);
    }
    for (const { header, callId, frame } of call.replaces) {
      const other = byId.get(callId);
      if (other === undefined || other === at) continue;
      links.add(at, other, {
        kind: 'replaces',
        text: `${header} of frame ${frame} names the dialog of the other call`,
        frames: [frame],
        confidence: 1,
      });
    }
    if (!call.isSession) continue;
    for (const uuid of call.sessionIds) share(`session ${uuid}`, at);
    if (call.icid !== null) share(`icid ${call.icid}`, at);
  }
  for (const [key, list] of shared) {
    if (list.length < 2 || list.length > MOST_SHARED) continue;
    const [first = 0] = list;
    for (const at of list.slice(1)) {
      const [a, b] = [calls[first] as LegCall, calls[at] as LegCall];
      // What a vendor's header says is anybody's guess: one value in calls of different times may be a name of the client.
      if (!key.startsWith('header ') || (a.isSession && b.isSession && b.start <= a.end && b.start >= a.start - SLACK))
        links.add(at, first, sharedEvidence(key, a, b));
    }
  }
  byMedia(calls, links);
  byUsers(calls, links);
  return links.all;
}

function sharedEvidence(key: string, a: LegCall, b: LegCall): Evidence {
  const frames = [a.frame, b.frame];
  const where = `frames ${frames.join(' and ')}`;
  const value = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
  if (key.startsWith('session '))
    return {
      kind: 'session-id',
      text: `both have the Session-ID ${value(key.slice('session '.length))} (${where}; RFC 7989)`,
      frames,
      confidence: 0.98,
    };
  if (key.startsWith('icid '))
    return {
      kind: 'icid',
      text: `both have the icid-value ${value(key.slice('icid '.length))} in P-Charging-Vector (${where})`,
      frames,
      confidence: 0.95,
    };
  const [, header = '', ...rest] = key.split(' ');
  return { kind: 'header', text: `both have ${header} ${value(rest.join(' '))} (${where})`, frames, confidence: 0.9 };
}
