import { Outcome } from './ledger.ts';
import { decodePpp } from './ppp.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** L2TP version 2 (RFC 2661 3.1): data messages hold PPP. */
export const l2tp = stateless(
  'l2tp',
  { udpPort: [1701] },
  (packet, at, end) => {
    const { view } = packet;
    const flags = view.getUint16(at);
    if ((flags & CONTROL) !== 0) {
      packet.outcome = Outcome.OtherUdp;
      return;
    }
    let next = at + 6;
    if ((flags & LENGTH) !== 0) next += 2;
    if ((flags & SEQUENCE) !== 0) next += 4;
    if ((flags & OFFSET) !== 0) {
      if (end - next < 2) return shortPacket(packet, tooShort);
      next += 2 + view.getUint16(next);
    }
    decodePpp(packet, next, end);
  },
  (packet, at, end) => end - at >= 8 && (packet.view.getUint16(at) & 0x0f) === 2,
);

const CONTROL = 0x8000;
const LENGTH = 0x4000;
const SEQUENCE = 0x0800;
const OFFSET = 0x0200;

const tooShort = { protocol: 'l2tp', code: 'too-short', text: 'The packet ends within the L2TP header.' };
