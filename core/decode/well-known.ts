import { Outcome } from './ledger.ts';
import { stateless } from './protocol.ts';

/**
 * UDP ports of protocols whose first byte can be anything, so that a datagram of theirs may have the form of RTP: DNS
 * and its kin, DHCP, TFTP, NTP, NetBIOS, SNMP, LDAP, syslog, RIP. Nobody sends RTP to ports below 1024.
 */
export const wellKnown = stateless(
  'well-known',
  { udpPort: [53, 67, 68, 69, 123, 137, 138, 161, 162, 389, 514, 520, 521, 546, 547, 5353, 5355] },
  (packet) => {
    packet.outcome = Outcome.OtherUdp;
  },
);
