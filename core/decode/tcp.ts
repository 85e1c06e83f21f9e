import { HeldBudget, MAX_HELD } from './held-bytes.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import type { Decoder, Protocol } from './protocol.ts';
import { shortPacket } from './short.ts';
import { MAX_CONNECTIONS, TcpConnections } from './tcp-connections.ts';
import { badOffset, tooShort } from './tcp-faults.ts';

/** Flags of the header (RFC 9293 3.1). */
export const FIN = 1;
export const SYN = 2;
export const RST = 4;
const ACK = 16;

/** What is kept at most; other numbers than the usual ones are for tests. */
export interface TcpLimits {
  /** A power of two. */
  readonly connections: number;
  /** Bytes of unfinished messages. */
  readonly held: number;
}

const usual: TcpLimits = { connections: MAX_CONNECTIONS, held: MAX_HELD };

/** TCP (RFC 9293): finds SIP, on any port, in streams put in order, and says of other segments what they are. */
export const tcp: Protocol = { name: 'tcp', routes: { ipProtocol: [6] }, open: () => openTcp() };

/** A decoder of TCP with a state of its own. */
export function openTcp(limits: TcpLimits = usual): Decoder {
  const budget = new HeldBudget(limits.held);
  const connections = new TcpConnections(limits.connections, budget);
  return {
    decode: (packet, at, end) => {
      segment(connections, packet, at, end);
      budget.keep(packet);
    },
    finish: (packet) => connections.finish(packet),
  };
}

function segment(connections: TcpConnections, packet: Packet, at: number, end: number): void {
  if (end - at < 20) return shortPacket(packet, tooShort);
  const { view } = packet;
  packet.sport = view.getUint16(at);
  packet.dport = view.getUint16(at + 2);
  const header = (view.getUint8(at + 12) >>> 4) * 4;
  if (header < 20) {
    packet.faults.note(badOffset, packet.frame);
    packet.outcome = Outcome.Malformed;
    return;
  }
  if (header > end - at) return shortPacket(packet, tooShort);
  const data = at + header;
  const flags = view.getUint8(at + 13);
  let seq = view.getUint32(at + 4);
  packet.tcpFlags = flags;
  packet.tcpSeq = seq;
  packet.tcpLength = end - data;
  // What the capture did not keep of the packet is the end of this segment's data, and perhaps some bytes of a trailer.
  const cut = packet.missing > 0 && packet.origin === null && end === packet.end ? packet.missing : 0;
  packet.outcome = cut > 0 && data === end ? Outcome.CutBySnaplen : Outcome.TcpWithoutData;
  const place = connections.place(packet, data < end || (flags & SYN) !== 0);
  if (place < 0) return;
  if ((flags & SYN) !== 0) {
    connections.synchronise(packet, place, seq, (flags & ACK) === 0);
    seq = (seq + 1) >>> 0;
  }
  const ack = view.getUint32(at + 8);
  if ((flags & ACK) !== 0) connections.acknowledge(packet, place, ack);
  if (data < end) connections.data(packet, place, seq, ack, data, end, cut);
  if ((flags & FIN) !== 0) connections.close(packet, place, (seq + end - data) >>> 0);
}
