import type { StreamMatch } from './stream-matches.ts';
import { shown } from './stream-words.ts';

/** What to call the two sides of a stream. */
export function sideNames({ toCaller }: StreamMatch): { readonly sender: string; readonly receiver: string } {
  return toCaller ? { sender: 'callee', receiver: 'caller' } : { sender: 'caller', receiver: 'callee' };
}

/** Where the addresses of a stream are others than announced: a sentence; null where they are the same. `isLatched`: packets come from where these go. */
export function addressNote(
  { from, to }: { readonly from: string; readonly to: string },
  match: StreamMatch,
  isLatched: boolean,
): string | null {
  const { receiver, sender } = sideNames(match);
  const notes: string[] = [];
  if (!match.toAnnounced) {
    const announced = match.receiver?.key ?? null;
    const why = isLatched ? ', from where that side’s own packets come (latching)' : '';
    notes.push(
      announced === null
        ? `it goes to ${shown(to)}, and no SDP of the ${receiver} is there`
        : `it goes to ${shown(to)}${why}; the ${receiver} announced ${shown(announced)}`,
    );
  }
  const own = match.sender?.key ?? null;
  if (!match.fromAnnounced && own !== null) {
    notes.push(`it comes from ${shown(from)}; the ${sender} announced ${shown(own)}`);
  }
  return notes.length === 0 ? null : `${notes.join('; ').replace(/^i/u, 'I')}.`;
}
