import { ah } from './ah.ts';
import { capwap } from './capwap.ts';
import { ciscoMetadata, vnTag } from './cisco-tags.ts';
import { netAnalyzer, netAnalyzerTransparent, pktap, ppi } from './enveloped.ts';
import { erf } from './erf.ts';
import { esp } from './esp.ts';
import { etherIp } from './ether-ip.ts';
import { ethernet, innerEthernet } from './ethernet.ts';
import { exportedPdu } from './exported-pdu.ts';
import { geneve } from './geneve.ts';
import { gre } from './gre.ts';
import { gtpu } from './gtpu.ts';
import { hep } from './hep.ts';
import { icmp } from './icmp.ts';
import { ike, udpEncapsulation } from './ike.ts';
import { ipnet } from './ipnet.ts';
import { ipv4 } from './ipv4.ts';
import { ipv6 } from './ipv6.ts';
import { l2tp } from './l2tp.ts';
import { llc } from './llc.ts';
import { enc, loopback, pflog } from './loopback.ts';
import { backboneBridge, fabricPath, macsec, trill } from './mac-in-mac.ts';
import { mpls } from './mpls.ts';
import { multilinkPpp } from './multilink-ppp.ts';
import { nflog } from './nflog.ts';
import { notIp } from './not-ip.ts';
import { nsh } from './nsh.ts';
import { ciscoHdlc, ppp, pppd, pppWithDirection } from './ppp.ts';
import { pppoe } from './pppoe.ts';
import type { Protocol } from './protocol.ts';
import { avs, prism, radiotap } from './radio.ts';
import { rawIp } from './raw-ip.ts';
import { sctp } from './sctp.ts';
import { sll, sll2 } from './sll.ts';
import { tcp } from './tcp.ts';
import { teredo } from './teredo.ts';
import { udp } from './udp.ts';
import { vlan } from './vlan.ts';
import { vxlan } from './vxlan.ts';
import { wellKnown } from './well-known.ts';
import { wlan } from './wlan.ts';

/** The decoders. A new protocol is a file and a line here. */
export const protocols: readonly Protocol[] = [
  // Links
  ethernet,
  sll,
  sll2,
  rawIp,
  loopback,
  enc,
  pflog,
  ppp,
  pppWithDirection,
  pppd,
  ciscoHdlc,
  llc,
  wlan,
  radiotap,
  prism,
  avs,
  pktap,
  ppi,
  netAnalyzer,
  netAnalyzerTransparent,
  erf,
  nflog,
  ipnet,
  exportedPdu,
  // Between link and network
  innerEthernet,
  vlan,
  vnTag,
  ciscoMetadata,
  backboneBridge,
  fabricPath,
  trill,
  macsec,
  mpls,
  pppoe,
  multilinkPpp,
  nsh,
  notIp,
  // Network
  ipv4,
  ipv6,
  ah,
  esp,
  icmp,
  gre,
  etherIp,
  // Transport
  udp,
  tcp,
  sctp,
  // In UDP
  vxlan,
  geneve,
  gtpu,
  teredo,
  l2tp,
  ike,
  udpEncapsulation,
  capwap,
  hep,
  wellKnown,
];
