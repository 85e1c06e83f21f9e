import { Outcome } from './ledger.ts';
import { Transport, type Packet } from './packet.ts';
import { isSpace } from './sip-start.ts';

/**
 * For ports that the user forces: a message whose first line is broken. It is taken where a line that begins like a SIP
 * header (Via, From, To, Call-ID or CSeq, or the compact forms) follows within the first few lines. True where it was
 * handed to the SIP sink.
 */
export function sipDespiteFirstLine(packet: Packet, at: number, end: number): boolean {
  const { bytes } = packet;
  let line = at;
  for (let lines = 0; lines < LINES && line < end; lines++) {
    if (isSipHeader(bytes, line, end)) {
      packet.outcome = Outcome.Sip;
      packet.sink.sip(packet, at, end, Transport.UDP);
      return true;
    }
    while (line < end && bytes[line] !== 10) line++;
    line++;
  }
  return false;
}

const LINES = 6;
const NAMES = ['via', 'v', 'from', 'f', 'to', 't', 'call-id', 'i', 'cseq'];

function isSipHeader(bytes: Uint8Array, at: number, end: number): boolean {
  for (const name of NAMES) {
    if (end - at <= name.length) continue;
    let same = 0;
    while (same < name.length && ((bytes[at + same] as number) | 0x20) === name.charCodeAt(same)) same++;
    if (same < name.length) continue;
    let next = at + name.length;
    while (next < end && isSpace(bytes[next] as number)) next++;
    if (next < end && bytes[next] === 0x3a) return true;
  }
  return false;
}
