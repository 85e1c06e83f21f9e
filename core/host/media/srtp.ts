import type { MediaEnd } from './media-links.ts';
import type { StreamMatch } from './stream-matches.ts';

/** Whether the SDP of a stream says that it is SRTP. */
export function isSecured(match: StreamMatch | null): boolean {
  return match !== null && (saysSrtp(match.receiver) || saysSrtp(match.sender));
}

function saysSrtp(end: MediaEnd | null): boolean {
  // What nearly all say is told apart without a pattern.
  return end !== null && end.media.protocol !== 'RTP/AVP' && /SAVP/iu.test(end.media.protocol);
}

/** Bytes that SRTP puts behind a payload (RFC 3711, RFC 6188, RFC 7714), as the chosen suite says. */
export function tagOf(match: StreamMatch | null): number {
  const suite = cryptoOf(match?.link.answer ?? null) ?? cryptoOf(match?.link.offer ?? null) ?? '';
  if (suite.endsWith('_32')) return 4;
  return /GCM/u.test(suite) ? 16 : 10;
}

function cryptoOf(one: MediaEnd | null): string | null {
  return one?.media.attributes.find(({ name }) => name === 'crypto')?.value?.split(/\s+/u)[1] ?? null;
}
