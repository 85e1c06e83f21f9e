import * as build from '../../fixtures/builder/index.ts';

/** A way a SIP datagram comes along: a frame of a link type that holds it. */
export interface Carrier {
  readonly name: string;
  readonly linkType: number;
  readonly frame: Uint8Array;
  readonly from: string;
  readonly to: string;
  readonly transport: string;
}

const { concat, hex, u16, u32, u8 } = build;

/** The message that every carrier holds. */
export const message = build.sip({
  start: 'OPTIONS sip:bob@example.org SIP/2.0',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK74bf9'],
    ['From', '<sip:alice@example.org>;tag=1'],
    ['To', '<sip:bob@example.org>'],
    ['Call-ID', 'a84b4c76e66710'],
    ['CSeq', '1 OPTIONS'],
  ],
});

const alice = { host: '192.0.2.1', port: 5060 };
const bob = { host: '198.51.100.2', port: 5070 };
const alice6 = { host: '2001:db8::1', port: 5060 };
const bob6 = { host: '2001:db8::2', port: 5070 };

/** The message in UDP in IPv4 and IPv6. */
export const packet4 = build.udpPacket(alice, bob, message);
export const packet6 = build.udpPacket(alice6, bob6, message);
const frame4 = build.ethernet({}, packet4);
const frame6 = build.ethernet({}, packet6);

/** A datagram between two ends of a tunnel, in an Ethernet frame. */
export function tunnelled(port: number, payload: Uint8Array): Uint8Array {
  return build.ethernet(
    {},
    build.udpPacket({ host: '203.0.113.1', port: 40_000 }, { host: '203.0.113.2', port }, payload),
  );
}

/** A packet of a protocol between two ends of a tunnel, in an Ethernet frame. */
export function inIp(protocol: number, payload: Uint8Array): Uint8Array {
  return build.ethernet({}, build.ip('203.0.113.1', '203.0.113.2', protocol, payload));
}

function v4(name: string, frame: Uint8Array, linkType = 1, transport = 'UDP'): Carrier {
  return { name, linkType, frame, from: '192.0.2.1:5060', to: '198.51.100.2:5070', transport };
}

function v6(name: string, frame: Uint8Array, linkType = 1): Carrier {
  return { name, linkType, frame, from: '[2001:db8::1]:5060', to: '[2001:db8::2]:5070', transport: 'UDP' };
}

const little = (value: number): Uint8Array => u32(value).toReversed();
const typed = (type: number, body: Uint8Array): Uint8Array => build.ethernet({ type }, body);
const udp6 = build.udp({ src: alice6.host, dst: bob6.host, sport: 5060, dport: 5070 }, message);
const withExtensions = (extensions: readonly build.Extension[]): Uint8Array =>
  build.ethernet({}, build.ipv6({ src: alice6.host, dst: bob6.host, nextHeader: 17, extensions }, udp6));
const hepHeader = { from: alice, to: bob, time: 1_700_000_000_000_000_000n };
const tag = (type: number, value: Uint8Array): Uint8Array => concat(u16(type, value.length), value);
const exportTags = concat(
  tag(12, hex('73697000')),
  tag(20, build.ipBytes(alice.host)),
  tag(21, build.ipBytes(bob.host)),
  tag(24, u32(3)),
  tag(25, u32(alice.port)),
  tag(26, u32(bob.port)),
  tag(30, u32(1)),
  tag(0, u8()),
);
const mac = new Uint8Array(12);
const snap = hex('aaaa03000000');

const inGtp = build.udpPacket(
  { host: '10.1.0.1', port: 2152 },
  { host: '10.1.0.2', port: 2152 },
  build.gtpu({}, packet4),
);
const inGre = build.ip('10.0.0.1', '10.0.0.2', 47, build.gre({}, inGtp));
const nested = tunnelled(4789, build.vxlan({}, typed(0x8100, build.vlan({ id: 3 }, inGre))));

export const carriers: readonly Carrier[] = [
  v4('Ethernet', frame4),
  v6('Ethernet, IPv6', frame6),
  v4('Ethernet with padding', build.ethernet({ pad: true }, concat(packet4, new Uint8Array(30)))),
  v4('802.3 with SNAP', build.ethernetSnap({}, packet4)),
  v4('802.3 with SNAP of 802.1H', concat(mac, u16(8 + packet4.length), hex('aaaa030000f80800'), packet4)),
  v4('LLC in a jumbo frame', typed(0x8870, concat(snap, u16(0x0800), packet4))),
  v4('802.1Q', typed(0x8100, build.vlan({ id: 5 }, packet4))),
  v4('QinQ', typed(0x88a8, build.vlan({ id: 5, type: 0x8100 }, build.vlan({ id: 6 }, packet4)))),
  v4('old QinQ', typed(0x9100, build.vlan({ id: 5, type: 0x9200 }, build.vlan({ id: 6 }, packet4)))),
  v4('802.3 in 802.1Q', typed(0x8100, concat(u16(5, 8 + packet4.length), snap, u16(0x0800), packet4))),
  v4('VN-Tag', typed(0x8926, concat(u32(0x4000_0000), u16(0x0800), packet4))),
  v4('Cisco metadata', typed(0x8909, concat(hex('010100010010'), u16(0x0800), packet4))),
  v4('802.1ah', typed(0x88e7, concat(u32(0x1234), frame4))),
  v4('FabricPath', typed(0x8903, concat(u16(0x20), frame4))),
  v4('TRILL with options', typed(0x22f3, concat(u16(0x0040, 1, 2), u32(0), frame4))),
  v4(
    'MACsec, authenticated only',
    typed(0x88e5, concat(hex('000000000001'), u16(0x0800), packet4, new Uint8Array(16))),
  ),
  v4(
    'MACsec with SCI',
    typed(0x88e5, concat(hex('200000000001'), u32(1, 2), u16(0x0800), packet4, new Uint8Array(16))),
  ),
  v4('MPLS', typed(0x8847, build.mpls([{ label: 100 }, { label: 200 }], packet4))),
  v6('MPLS, IPv6', typed(0x8848, build.mpls([{ label: 100 }], packet6))),
  v4('MPLS, pseudowire', typed(0x8847, build.mpls([{ label: 100 }], frame4))),
  v4('MPLS, pseudowire with control word', typed(0x8847, build.mpls([{ label: 100 }], concat(u32(7), frame4)))),
  v4('PPPoE', typed(0x8864, build.pppoe({}, build.ppp({}, packet4)))),
  v6('PPPoE with padding', build.ethernet({ type: 0x8864 }, concat(build.pppoe({}, build.ppp({}, packet6)), u32(0)))),
  v4('NSH', typed(0x894f, concat(hex('00060101'), u32(0x100), new Uint8Array(16), packet4))),
  v4('NSH in NSH', typed(0x894f, concat(hex('00020204'), u32(1), hex('00020203'), u32(1), frame4))),

  v4('SLL', build.sll({}, packet4), 113),
  v4('SLL with VLAN', build.sll({ protocol: 0x8100 }, build.vlan({ id: 5 }, packet4)), 113),
  v4('SLL with LLC', build.sll({ protocol: 4 }, concat(snap, u16(0x0800), packet4)), 113),
  v6('SLL2', build.sll2({}, packet6), 276),
  v4('raw IP', packet4, 101),
  v6('raw IP, IPv6', packet6, 12),
  v4('raw IP, OpenBSD', packet4, 14),
  v4('LINKTYPE_IPV4', packet4, 228),
  v6('LINKTYPE_IPV6', packet6, 229),
  v4('NULL, little endian', build.nullLoopback({ littleEndian: true }, packet4), 0),
  v4('LOOP', build.nullLoopback({}, packet4), 108),
  ...[10, 23, 24, 28, 30].map((family) =>
    v6(`NULL, AF_INET6 ${family}`, build.nullLoopback({ family, littleEndian: true }, packet6), 0),
  ),
  v4('NULL, Cisco HDLC', concat(hex('0f000800'), packet4), 0),
  v4('ENC', concat(little(2), u32(1, 2), packet4), 109),
  v6('pflog', concat(u8(61, 30), new Uint8Array(62), packet6), 117),
  v4('PPP', build.ppp({}, packet4), 9),
  v6('PPP, compressed protocol', build.ppp({ compressed: true }, packet6), 9),
  v4('PPP in HDLC', build.ppp({ hdlc: true }, packet4), 50),
  v4('Cisco HDLC as PPP', concat(hex('0f000800'), packet4), 50),
  v4('Cisco HDLC', concat(hex('0f000800'), packet4), 104),
  v4('PPP with direction', concat(u8(1), build.ppp({ hdlc: true }, packet4)), 204),
  v4('pppd', concat(hex('0003'), build.ppp({}, packet4)), 166),
  v4('PPP_ETHER', build.pppoe({}, build.ppp({}, packet4)), 51),
  v4('PPP, multilink', concat(u16(0x3d), u32(0xc000_0001), build.ppp({}, packet4)), 9),
  v4('PPP, MPLS', concat(u16(0x0281), build.mpls([{ label: 3 }], packet4)), 9),
  v4('ATM', concat(snap, u16(0x0800), packet4), 100),
  v4('802.11', build.wifi({}, packet4), 105),
  v4('802.11, QoS', build.wifi({ qos: true }, packet4), 105),
  v6('802.11, four addresses', build.wifi({ fromDs: true, qos: true }, packet6), 105),
  v4('radiotap', build.radiotap({}, build.wifi({}, packet4)), 127),
  v4(
    'radiotap, padded header',
    build.radiotap({}, concat(build.wifi({ qos: true }, packet4).subarray(0, 26), u16(0), snap, u16(0x0800), packet4)),
    127,
  ),
  v4('radiotap with FCS', build.radiotap({}, concat(build.wifi({}, packet4), u32(0xdead_beef))), 127),
  v4('AVS', concat(u32(0x8021_1001, 64), new Uint8Array(56), build.wifi({}, packet4)), 163),
  v4('Prism', concat(little(0x44), little(144), new Uint8Array(136), build.wifi({}, packet4)), 119),
  v4('Prism, big endian', concat(u32(0x44, 144), new Uint8Array(136), build.wifi({}, packet4)), 119),
  v4('AVS as Prism', concat(u32(0x8021_1002, 64), new Uint8Array(56), build.wifi({}, packet4)), 119),
  v4('PKTAP', concat(little(108), little(1), little(1), new Uint8Array(96), frame4), 258),
  v4('PKTAP, raw, big endian', concat(u32(108, 1, 12), new Uint8Array(96), packet4), 149),
  v4('PPI', concat(hex('00000800'), little(1), frame4), 192),
  v4('netANALYZER', concat(u32(0), frame4), 240),
  v4('netANALYZER, transparent', concat(u32(0), hex('55555555555555d5'), frame4), 241),
  v4('ERF', concat(new Uint8Array(8), u8(2, 4), new Uint8Array(6), u16(0), frame4), 197),
  v6(
    'ERF with extension headers',
    concat(new Uint8Array(8), u8(0x97, 4), new Uint8Array(6), u8(0x83), new Uint8Array(7), new Uint8Array(8), packet6),
    197,
  ),
  v4(
    'NFLOG',
    concat(u8(2, 0, 0, 0), hex('05000a0041000000'), u16(4 + packet4.length).toReversed(), u8(9, 0), packet4),
    239,
  ),
  v6(
    'NFLOG, big endian',
    concat(u8(10, 0, 0, 0), hex('0005000a41000000'), u16(4 + packet6.length), u8(0, 9), packet6),
    239,
  ),
  v4('IPNET', concat(u8(2, 2), new Uint8Array(22), packet4), 226),
  v4('LINKTYPE_MPLS', build.mpls([{ label: 3 }], packet4), 219),
  v4('exported PDU', concat(exportTags, message), 252),
  v4('exported IP', concat(tag(12, hex('69700000')), tag(0, u8()), packet4), 252),

  v4('IP in IP', inIp(4, packet4)),
  v6('6in4', inIp(41, packet6)),
  v4('4in6', build.ethernet({}, build.ipInIp('2001:db8::a', '2001:db8::b', packet4))),
  v6('6in6', build.ethernet({}, build.ipInIp('2001:db8::a', '2001:db8::b', packet6))),
  v4('MPLS in IP', inIp(137, build.mpls([{ label: 3 }], packet4))),
  v4('EtherIP', inIp(97, concat(hex('3000'), frame4))),
  v4('Ethernet in IPv6', build.ethernet({}, build.ip('2001:db8::a', '2001:db8::b', 143, frame4))),
  v6('hop-by-hop options', withExtensions([build.hopByHop()])),
  v6(
    'all extension headers',
    withExtensions([
      build.hopByHop(hex('05020000')),
      build.destinationOptions(),
      build.routing([bob6.host]),
      build.fragmentHeader(1, 0, false),
      build.authentication(1, 2),
      build.destinationOptions(),
    ]),
  ),
  v4(
    'AH',
    build.ethernet(
      {},
      build.ip(alice.host, bob.host, 51, concat(u8(17, 4, 0, 0), u32(1, 2), new Uint8Array(12), packet4.subarray(20))),
    ),
  ),

  v4('GRE', inIp(47, build.gre({}, packet4))),
  v6(
    'GRE with everything',
    inIp(
      47,
      build.gre({ checksum: true, key: 1, sequence: 2, routing: concat(hex('0800000401020304'), u32(0)) }, packet6),
    ),
  ),
  v4('GRE, Ethernet', inIp(47, build.gre({ protocol: 0x6558, key: 9 }, frame4))),
  v4(
    'GRE, PPTP',
    inIp(
      47,
      build.gre(
        { version: 1, protocol: 0x880b, key: 1, sequence: 1, acknowledgement: 3 },
        build.ppp({ hdlc: true }, packet4),
      ),
    ),
  ),
  v4('GRE, WCCP', inIp(47, build.gre({ protocol: 0x883e }, concat(u32(0), packet4)))),
  v4('GRE, WCCP version 1', inIp(47, build.gre({ protocol: 0x883e }, packet4))),
  v4('ERSPAN I', inIp(47, build.erspan1(frame4))),
  v4('ERSPAN II', inIp(47, build.erspan2({}, frame4))),
  v4('ERSPAN III', inIp(47, build.erspan3({}, frame4))),
  v6('ERSPAN III, IP, platform', inIp(47, build.erspan3({ platform: new Uint8Array(8), frameType: 2 }, packet6))),
  v4('VXLAN', tunnelled(4789, build.vxlan({}, frame4))),
  v4(
    'VXLAN, old port, VLAN inside',
    tunnelled(8472, build.vxlan({ flags: 0x88 }, typed(0x8100, build.vlan({ id: 5 }, packet4)))),
  ),
  v4('VXLAN-GPE, Ethernet', tunnelled(4790, build.vxlan({ nextProtocol: 3 }, frame4))),
  v6('VXLAN-GPE, IPv6', tunnelled(4790, build.vxlan({ nextProtocol: 2 }, packet6))),
  v4('VXLAN-GPE, NSH', tunnelled(4790, build.vxlan({ nextProtocol: 4 }, concat(hex('00020203'), u32(1), frame4)))),
  v4('VXLAN-GPE, MPLS', tunnelled(4790, build.vxlan({ nextProtocol: 5 }, build.mpls([{ label: 3 }], packet4)))),
  v4('GENEVE', tunnelled(6081, build.geneve({}, frame4))),
  v6(
    'GENEVE with options, IPv6',
    tunnelled(
      6081,
      build.geneve({ protocol: 0x86dd, options: build.geneveOption(0x102, 1, new Uint8Array(8)) }, packet6),
    ),
  ),
  v4('GTP-U', tunnelled(2152, build.gtpu({}, packet4))),
  v6('GTP-U with sequence', tunnelled(2152, build.gtpu({ sequence: 7 }, packet6))),
  v4(
    'GTP-U with extensions',
    tunnelled(
      2152,
      build.gtpu({ npdu: 1, extensions: [build.pduSession(true, 9), { type: 0xc0, body: u16(1) }] }, packet4),
    ),
  ),
  v4('GTP-U, Ethernet', tunnelled(2152, build.gtpu({}, frame4))),
  v6('Teredo', tunnelled(3544, packet6)),
  v6(
    'Teredo with indications',
    tunnelled(3544, concat(hex('00010000'), new Uint8Array(9), hex('0000'), new Uint8Array(6), packet6)),
  ),
  v4('L2TP', tunnelled(1701, concat(u16(0x0002, 1, 1), build.ppp({ hdlc: true }, packet4)))),
  v4('L2TP with everything', tunnelled(1701, concat(u16(0x4a02, 0, 1, 1, 1, 1, 2), u16(0), build.ppp({}, packet4)))),
  v4('MPLS in UDP', tunnelled(6635, build.mpls([{ label: 3 }], packet4))),
  v4('CAPWAP', tunnelled(5247, concat(hex('0010000000000000'), frame4))),
  v4('CAPWAP, 802.11', tunnelled(5247, concat(hex('0010030000000000'), build.wifi({}, packet4)))),
  v4(
    'HEP 1',
    tunnelled(
      9060,
      concat(u8(1, 16, 2, 17), u16(5060, 5070), build.ipBytes(alice.host), build.ipBytes(bob.host), message),
    ),
  ),
  v6(
    'HEP 2, IPv6',
    tunnelled(
      9060,
      concat(
        u8(2, 52, 10, 17),
        u16(5060, 5070),
        build.ipBytes(alice6.host),
        build.ipBytes(bob6.host),
        new Uint8Array(12),
        message,
      ),
    ),
  ),
  v4('HEP 3', tunnelled(9060, build.hep3(hepHeader, message))),
  v4('HEP 3 on another port', tunnelled(20_000, build.hep3(hepHeader, message))),
  v4('HEP 3 of a TCP message', tunnelled(9060, build.hep3({ ...hepHeader, protocol: 6 }, message)), 1, 'TCP'),
  v4('tunnels within tunnels', nested),
];
