import { deeper } from './depth.ts';
import { decodeInnerEthernet } from './ethernet.ts';
import { Outcome } from './ledger.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Provider backbone bridging (IEEE 802.1ah): a service tag of 4 bytes, then the customer's frame. */
export const backboneBridge = stateless('802.1ah', { etherType: [0x88e7] }, (packet, at, end) =>
  decodeInnerEthernet(packet, at + 4, end),
);

/** Cisco FabricPath: forwarding tag and hop count in 2 bytes, then the frame. */
export const fabricPath = stateless('fabricpath', { etherType: [0x8903] }, (packet, at, end) =>
  decodeInnerEthernet(packet, at + 2, end),
);

/** TRILL (RFC 6325 3.): 6 bytes and options, then the frame. */
export const trill = stateless('trill', { etherType: [0x22f3] }, (packet, at, end) => {
  if (end - at < 6) return shortPacket(packet, tooShort);
  const options = ((packet.view.getUint16(at) >>> 6) & 0x1f) * 4;
  decodeInnerEthernet(packet, at + 6 + options, end);
});

/** MACsec (IEEE 802.1AE 9.): frames that are only authenticated are read, encrypted ones counted. */
export const macsec = stateless('macsec', { etherType: [0x88e5] }, (packet, at, end) => {
  if (!deeper(packet)) return;
  if (end - at < 6) return shortPacket(packet, macsecTooShort);
  const control = packet.view.getUint8(at);
  // E: encrypted; C: changed in another way. Without them the user data stands there, and an ICV of 16 bytes behind it.
  if ((control & 0x0c) !== 0) {
    packet.outcome = Outcome.OtherEncrypted;
    return;
  }
  const header = (control & 0x20) === 0 ? 6 : 14;
  const last = packet.missing > 0 ? end : end - 16;
  if (last - at < header + 2) return shortPacket(packet, macsecTooShort);
  packet.routes.etherType(packet.view.getUint16(at + header))(packet, at + header + 2, last);
});

const tooShort = {
  protocol: 'trill',
  code: 'too-short',
  text: 'A TRILL header takes 6 bytes; the packet ends before.',
};
const macsecTooShort = {
  protocol: 'macsec',
  code: 'too-short',
  text: 'The MACsec tag, the type or the check value do not fit into the packet.',
};
