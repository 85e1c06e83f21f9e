import { Outcome } from './ledger.ts';
import { decodeInnerEthernet } from './ethernet.ts';
import type { Packet } from './packet.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';
import { decodeWlan } from './wlan.ts';

/** CAPWAP data channel (RFC 5415 4.): frames between an access point and its controller, in the clear or in DTLS. Fragments are not put together. */
export const capwap = stateless('capwap', { udpPort: [5247] }, decodeCapwap, (packet, at, end) => {
  if (end - at < 8) return false;
  const preamble = packet.view.getUint8(at);
  return (
    preamble === DTLS || (preamble === CLEAR && headerLength(packet, at) >= 8 && headerLength(packet, at) <= end - at)
  );
});

const CLEAR = 0;
const DTLS = 1;
/** Bits of the first 32: native 802.11 frame, fragment, keep-alive. */
const NATIVE = 0x100;
const FRAGMENT = 0x80;
const KEEP_ALIVE = 0x08;

function headerLength(packet: Packet, at: number): number {
  return (packet.view.getUint8(at + 1) >>> 3) * 4;
}

function decodeCapwap(packet: Packet, at: number, end: number): void {
  const { view } = packet;
  if (view.getUint8(at) === DTLS) {
    packet.outcome = Outcome.Dtls;
    return;
  }
  const bits = view.getUint32(at);
  if ((bits & (FRAGMENT | KEEP_ALIVE)) !== 0) {
    packet.outcome = Outcome.OtherUdp;
    return;
  }
  const next = at + headerLength(packet, at);
  if ((bits & NATIVE) === 0) return decodeInnerEthernet(packet, next, end);
  if (end - next < 2) return shortPacket(packet, tooShort);
  decodeWlan(packet, next, end);
}

const tooShort = { protocol: 'capwap', code: 'too-short', text: 'The packet ends where an 802.11 frame should begin.' };
