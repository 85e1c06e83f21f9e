import { decodeInnerEthernet } from './ethernet.ts';
import { stateless } from './protocol.ts';

/** EtherIP (RFC 3378): two bytes, then an Ethernet frame. */
export const etherIp = stateless('etherip', { ipProtocol: [97] }, (packet, at, end) =>
  decodeInnerEthernet(packet, at + 2, end),
);
