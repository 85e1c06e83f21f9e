import type { MediaEnd, MediaLink } from './media-links.ts';

/** What offer and answer agreed on (RFC 3264 6.1): who may send. A side without SDP, or with none to hear, is taken as open. */
export interface Agreed {
  readonly offererSends: boolean;
  readonly answererSends: boolean;
}

/** `c=0.0.0.0`, the hold of RFC 2543, and what is the same in IPv6: whoever announces it hears nothing. */
export function isZero({ media }: MediaEnd): boolean {
  return media.port !== 0 && /^(?:0\.0\.0\.0|::)$/u.test(media.address ?? '');
}

function sends(end: MediaEnd | null): boolean {
  return end === null || end.media.direction === 'sendrecv' || end.media.direction === 'sendonly';
}

function hears(end: MediaEnd | null): boolean {
  if (end === null) return true;
  return !isZero(end) && (end.media.direction === 'sendrecv' || end.media.direction === 'recvonly');
}

export function agreed({ answer, offer }: MediaLink): Agreed {
  return { offererSends: sends(offer) && hears(answer), answererSends: sends(answer) && hears(offer) };
}

export function isOpen(link: MediaLink): boolean {
  const { answererSends, offererSends } = agreed(link);
  return offererSends && answererSends;
}

/**
 * Nanoseconds between `from` and `to` in which both sides were allowed to send, by the offers and answers of one leg and
 * section. An exchange without an answer leaves things as they were (RFC 3264 8.).
 */
export function openTime(links: readonly MediaLink[], from: number, to: number): number {
  let open = 0;
  const inForce = links
    .filter(({ answer, offer }) => answer !== null && offer !== null)
    .toSorted((a, b) => a.from - b.from);
  for (const [index, link] of inForce.entries()) {
    const until = inForce[index + 1]?.from ?? Infinity;
    if (isOpen(link)) open += Math.max(0, Math.min(to, until) - Math.max(from, link.from));
  }
  return open;
}
