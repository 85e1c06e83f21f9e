import { deeper } from './depth.ts';
import { Outcome } from './ledger.ts';
import { decodeLlc } from './llc.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** IEEE 802.11 (clause 9), LINKTYPE_IEEE802_11 105. Only data frames hold IP; encrypted ones are counted. */
export const wlan = stateless('802.11', { linkType: [105] }, decodeWlan);

const DATA = 2;
const TO_AND_FROM_DS = 0x0300;
const PROTECTED = 0x4000;
const ORDER = 0x8000;
/** Bits of the subtype of data frames. */
const NO_DATA = 4;
const QOS = 8;
const AGGREGATED = 0x80;

export function decodeWlan(packet: Packet, at: number, end: number): void {
  if (!deeper(packet)) return;
  if (end - at < 2) return shortPacket(packet, tooShort);
  const { view } = packet;
  // The lowest two bits are the version, 0. Where they are not, the two bytes were swapped, as in Cisco's CAPWAP.
  const control = view.getUint16(at, (view.getUint8(at) & 3) === 0);
  const subtype = (control >>> 4) & 15;
  if (((control >>> 2) & 3) !== DATA || (subtype & NO_DATA) !== 0) {
    packet.outcome = Outcome.NotIp;
    return;
  }
  if ((control & PROTECTED) !== 0) {
    packet.outcome = Outcome.OtherEncrypted;
    return;
  }
  let header = 24;
  if ((control & TO_AND_FROM_DS) === TO_AND_FROM_DS) header += 6;
  const qosAt = at + header;
  if ((subtype & QOS) !== 0) {
    header += 2;
    // HT control is there in QoS frames with the order bit (9.2.4.6).
    if ((control & ORDER) !== 0) header += 4;
  }
  if (end - at < header) return shortPacket(packet, tooShort);
  let body = at + header;
  // Some radios pad the header to four bytes (radiotap says so in its flags; other headers don't).
  if ((header & 3) !== 0 && !snapAt(packet, body, end) && snapAt(packet, body + 2, end)) body += 2;
  if ((subtype & QOS) !== 0 && (view.getUint8(qosAt) & AGGREGATED) !== 0) return aggregated(packet, body, end);
  decodeLlc(packet, body, end);
}

/** A-MSDU (9.3.2.2): several frames in one, each with addresses, length and padding to four bytes. The outcome is that of the last, SIP where any is. */
function aggregated(packet: Packet, at: number, end: number): void {
  packet.outcome = Outcome.NotIp;
  let sip = false;
  const { depth } = packet;
  for (let next = at; next + 14 <= end;) {
    const length = packet.view.getUint16(next + 12);
    packet.family = 0;
    packet.depth = depth;
    decodeLlc(packet, next + 14, Math.min(end, next + 14 + length));
    sip ||= packet.outcome === Outcome.Sip;
    next += (14 + length + 3) & ~3;
  }
  if (sip) packet.outcome = Outcome.Sip;
}

function snapAt(packet: Packet, at: number, end: number): boolean {
  return end - at >= 8 && packet.view.getUint32(at) >>> 8 === 0xaa_aa_03;
}

const tooShort = { protocol: '802.11', code: 'too-short', text: 'The packet ends within the 802.11 header.' };
