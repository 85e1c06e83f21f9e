import { byFamily } from './loopback.ts';
import { Outcome } from './ledger.ts';
import { stateless } from './protocol.ts';
import { shortPacket } from './short.ts';

/** Linux netfilter log, LINKTYPE_NFLOG 239: family, version, resource, then attributes padded to 4 bytes; one of them is the packet. */
export const nflog = stateless('nflog', { linkType: [239] }, (packet, at, end) => {
  if (end - at < 4) return shortPacket(packet, tooShort);
  const { view } = packet;
  let next = at + 4;
  while (end - next >= 4) {
    // Length and type are in the byte order of the machine that captured; both fit into a byte or two, so the smaller reading is right.
    const little = view.getUint16(next + 2, true) <= view.getUint16(next + 2);
    const length = view.getUint16(next, little);
    const type = view.getUint16(next + 2, little) & 0x7fff;
    if (length < 4) break;
    if (type === PAYLOAD) return byFamily(packet, view.getUint8(at), next + 4, Math.min(end, next + length));
    next += (length + 3) & ~3;
  }
  packet.outcome = packet.missing > 0 ? Outcome.CutBySnaplen : Outcome.NotIp;
});

const PAYLOAD = 9;

const tooShort = {
  protocol: 'nflog',
  code: 'too-short',
  text: 'The packet ends within the header of the netfilter log.',
};
