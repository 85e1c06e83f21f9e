/**
 * What became of every packet. Each packet has exactly one outcome, so the counts add up to the number of packets and
 * nobody has to wonder where a call went.
 */
export const Outcome = {
  /** Nobody wrote an outcome: a bug of ours, counted so that it shows. */
  Unset: 0,
  Sip: 1,
  SipSegment: 2,
  SipFragment: 3,
  KeepAlive: 4,
  Media: 5,
  OtherUdp: 6,
  OtherTcp: 7,
  TcpWithoutData: 8,
  OtherSctp: 9,
  OtherIp: 10,
  Icmp: 11,
  NotIp: 12,
  UnknownLink: 13,
  Esp: 14,
  Tls: 15,
  Dtls: 16,
  Srtp: 17,
  OtherEncrypted: 18,
  CutBySnaplen: 19,
  Malformed: 20,
  FragmentWaiting: 21,
  FragmentLost: 22,
  TcpGap: 23,
  TcpDuplicate: 24,
  NotSipOnSipPort: 25,
  TooDeep: 26,
  LimitReached: 27,
  Stun: 28,
  Fragment: 29,
  FragmentDuplicate: 30,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** A line of the ledger: `lost` lines are those in which a call may have gone missing. */
export interface OutcomeText {
  readonly code: string;
  readonly text: string;
  readonly lost: boolean;
}

/** By Outcome. */
export const outcomeTexts: readonly OutcomeText[] = [
  { code: 'unset', text: 'without a decision (please report this)', lost: true },
  { code: 'sip', text: 'SIP', lost: false },
  { code: 'sip-segment', text: 'part of a SIP message in a stream', lost: false },
  { code: 'sip-fragment', text: 'IP fragment of a SIP message', lost: false },
  { code: 'keep-alive', text: 'SIP keep-alive (CRLF, RFC 5626)', lost: false },
  { code: 'media', text: 'RTP or RTCP', lost: false },
  { code: 'other-udp', text: 'UDP, not SIP', lost: false },
  { code: 'other-tcp', text: 'TCP, not SIP', lost: false },
  { code: 'tcp-no-data', text: 'TCP without data (SYN, ACK, FIN …)', lost: false },
  { code: 'other-sctp', text: 'SCTP, not SIP', lost: false },
  { code: 'other-ip', text: 'IP, another protocol', lost: false },
  { code: 'icmp', text: 'ICMP', lost: false },
  { code: 'not-ip', text: 'not IP (ARP, LLDP, STP …)', lost: false },
  { code: 'unknown-link', text: 'unknown link type', lost: true },
  { code: 'esp', text: 'encrypted: IPsec ESP', lost: true },
  { code: 'tls', text: 'encrypted: TLS', lost: true },
  { code: 'dtls', text: 'encrypted: DTLS', lost: false },
  { code: 'srtp', text: 'encrypted: SRTP', lost: false },
  { code: 'other-encrypted', text: 'encrypted: another protocol (IKE, QUIC, WireGuard …)', lost: false },
  { code: 'cut-by-snaplen', text: 'cut short by the snaplen before anything could be read', lost: true },
  { code: 'malformed', text: 'malformed headers', lost: true },
  { code: 'fragment-waiting', text: 'IP fragment, the rest not yet seen', lost: true },
  { code: 'fragment-lost', text: 'IP fragment whose datagram never became whole', lost: true },
  { code: 'tcp-gap', text: 'TCP or SCTP data of a SIP stream after a gap, before the next message', lost: true },
  { code: 'tcp-duplicate', text: 'TCP or SCTP data seen before (retransmitted or captured twice)', lost: false },
  { code: 'not-sip-on-sip-port', text: 'not SIP on a SIP port', lost: true },
  { code: 'too-deep', text: 'more tunnels within tunnels than are followed', lost: true },
  { code: 'limit-reached', text: 'left out because a memory limit was reached', lost: true },
  { code: 'stun', text: 'STUN or TURN', lost: false },
  { code: 'fragment', text: 'IP fragment of a datagram that is not SIP', lost: false },
  { code: 'fragment-duplicate', text: 'IP fragment seen before (captured twice)', lost: false },
];

export class Ledger {
  /** Packets by Outcome. */
  readonly counts = new Float64Array(outcomeTexts.length);

  count(outcome: number): void {
    this.counts[outcome] = (this.counts[outcome] as number) + 1;
  }

  /** Counts several packets of one outcome. */
  add(outcome: number, packets: number): void {
    this.counts[outcome] = (this.counts[outcome] as number) + packets;
  }

  /** Corrects an earlier decision: `packets` of them went from one outcome to another. */
  move(from: number, to: number, packets: number): void {
    this.counts[from] = (this.counts[from] as number) - packets;
    this.counts[to] = (this.counts[to] as number) + packets;
  }
}
