import type { CapturedPacket } from '../../capture/packet-at.ts';
import type { Layer } from '../../contract/model.ts';
import type { Addresses } from '../../decode/addresses.ts';
import { Faults } from '../../decode/faults.ts';
import { Fragments } from '../../decode/fragments.ts';
import { protocols } from '../../decode/index.ts';
import { Ledger } from '../../decode/ledger.ts';
import { Packet } from '../../decode/packet.ts';
import { Routes, type Protocol } from '../../decode/protocol.ts';

/**
 * Which protocol wrote which bytes of a packet, outermost first, up to what carries the message: the packet goes through
 * the decoders once more, by itself, and whoever is called writes down where.
 */
export function packetLayers(addresses: Addresses, captured: CapturedPacket): Layer[] {
  const { bytes, original, linkType, interfaceId } = captured;
  const layers: Layer[] = [];
  const packet = new Packet({
    routes: new Routes(protocols.map((protocol) => telling(protocol, layers))),
    addresses,
    ledger: new Ledger(),
    faults: new Faults(),
    fragments: new Fragments(),
    sink: { sip: () => undefined },
    mediaSink: { media: () => undefined },
  });
  packet.bytes = bytes;
  packet.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  packet.frame = 1;
  packet.end = bytes.length;
  packet.missing = original - bytes.length;
  packet.linkType = linkType;
  packet.interfaceId = interfaceId;
  packet.begin();
  packet.routes.link(linkType)(packet, 0, bytes.length);
  addNetwork(packet, layers);
  return layers;
}

/** The same protocol, which writes down where it is called as long as the bytes are the capture's own. */
function telling(protocol: Protocol, layers: Layer[]): Protocol {
  // Raw IP has no header of its own.
  if (protocol.name === 'raw-ip') return protocol;
  const name = names[protocol.name] ?? protocol.name;
  return {
    ...protocol,
    open: () => {
      const decoder = protocol.open();
      return {
        ...decoder,
        decode: (packet, at, end) => {
          if (packet.origin === null && at < end) layers.push({ name, at, end: lastOf(packet, name, at, end) });
          decoder.decode(packet, at, end);
        },
      };
    },
  };
}

/** Where a layer ends: behind an IP packet there may be padding of the link. */
function lastOf({ view }: Packet, name: string, at: number, end: number): number {
  if (name === 'IPv4' && end - at >= 20) return lengthened(at, view.getUint16(at + 2), 20, end);
  if (name === 'IPv6' && end - at >= 40) return lengthened(at, 40 + view.getUint16(at + 4), 41, end);
  return end;
}

function lengthened(at: number, length: number, least: number, end: number): number {
  return length < least ? end : Math.min(end, at + length);
}

/** Some link layers hand on to IP without asking who that is; where the header began is known all the same. */
function addNetwork(packet: Packet, layers: Layer[]): void {
  const { networkAt: at, view, end } = packet;
  if (at < 0 || layers.some((layer) => layer.at === at && layer.name.startsWith('IPv'))) return;
  const name = view.getUint8(at) >>> 4 === 6 ? 'IPv6' : 'IPv4';
  const behind = layers.findIndex((layer) => layer.at > at);
  layers.splice(behind === -1 ? layers.length : behind, 0, { name, at, end: lastOf(packet, name, at, end) });
}

/** Protocols as people write them; others are called as their decoder is. */
const names: Readonly<Record<string, string>> = {
  ethernet: 'Ethernet',
  'inner-ethernet': 'Ethernet',
  sll: 'Linux cooked',
  sll2: 'Linux cooked 2',
  loopback: 'BSD loopback',
  enc: 'OpenBSD enc',
  ppp: 'PPP',
  pppoe: 'PPPoE',
  llc: 'LLC',
  radiotap: 'Radiotap',
  vlan: 'VLAN',
  mpls: 'MPLS',
  nsh: 'NSH',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  ah: 'AH',
  esp: 'ESP',
  gre: 'GRE',
  udp: 'UDP',
  tcp: 'TCP',
  sctp: 'SCTP',
  vxlan: 'VXLAN',
  geneve: 'GENEVE',
  gtpu: 'GTP-U',
  teredo: 'Teredo',
  l2tp: 'L2TP',
  'udp-encapsulation': 'UDP encapsulation of ESP',
  hep: 'HEP',
};
