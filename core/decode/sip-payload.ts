import { Outcome } from './ledger.ts';
import type { Packet, Transport } from './packet.ts';
import { looksLikeSip, skipLineEnds } from './sip-start.ts';

/**
 * Hands `packet.bytes[at, end)` to the SIP sink where it begins like a SIP message, also behind line ends, which
 * are ignored before a start line (RFC 3261 7.5); nothing but line ends is a keep-alive. Writes the outcome
 * and returns true in these cases; else false, and nothing is written.
 */
export function sipPayload(packet: Packet, at: number, end: number, transport: Transport): boolean {
  if (at >= end) return false;
  const { bytes } = packet;
  const first = bytes[at] as number;
  let start = at;
  if (first === 13 || first === 10) {
    start = skipLineEnds(bytes, at, end);
    if (start === end) {
      packet.outcome = Outcome.KeepAlive;
      return true;
    }
  } else if (first < 0x21 || first > 0x7e) return false;
  if (!looksLikeSip(bytes, start, end)) return false;
  packet.outcome = Outcome.Sip;
  packet.sink.sip(packet, start, end, transport);
  return true;
}
