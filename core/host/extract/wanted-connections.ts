import { Flows } from '../../decode/flows.ts';
import { Outcome } from '../../decode/ledger.ts';
import { Transport, type Packet } from '../../decode/packet.ts';
import { FIN, RST, SYN } from '../../decode/tcp.ts';
import { MAX_FRAME_HEADER } from '../../decode/websocket-frame.ts';
import { Incarnation } from '../reading/incarnation.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import type { Session } from '../session.ts';

/** Nanoseconds behind a call's last message in which it is still being acknowledged. */
const AFTERGLOW = 1e9;
/** Pairs of addresses and ports that are followed at a time. A power of two. */
const MAX_FOLLOWED = 1 << 18;
/** The longest WebSocket control frame (RFC 6455 5.5), masked. */
const MAX_CONTROL = 2 + 4 + 125;

/** What is known of a pair of addresses and ports. */
interface Followed {
  /** When the calls' messages went over it. */
  from: number;
  to: number;
  /** Speaks WebSocket: what is no SIP there opens and closes it. */
  isWebSocket: boolean;
  incarnation: Incarnation;
}

/**
 * TCP connections that carried messages of some calls: what besides those messages has to be written, so that the
 * streams can be read again. That is how they are opened and closed, the acknowledgements and keep-alives in the calls'
 * time, and what repeats bytes that are written anyway. Where a connection carried nothing else, it is all of it; data
 * of other calls never is.
 */
export class WantedConnections {
  /** Numbers of the packets to write, the calls' own not among them; in no order. Complete after `finish`. */
  readonly frames: number[] = [];
  /** Connections that carried something else as well, which leaves holes in their streams. */
  shared = 0;
  private readonly flows: Flows;
  private readonly followed: Followed[] = [];

  constructor(session: Session, calls: readonly number[]) {
    this.flows = new Flows(MAX_FOLLOWED, (row) => this.close(row));
    const { messages, calls: table } = session.analysis;
    for (const call of calls) {
      const from = messages.time.get(table.first(call));
      const to = messages.time.get(table.last(call)) + AFTERGLOW;
      for (const row of rowsOf(session, call)) {
        const transport = messages.transport.get(row);
        if (transport === Transport.UDP || transport === Transport.SCTP) continue;
        const [src, dst, sport, dport] = [messages.src, messages.dst, messages.sport, messages.dport].map((column) =>
          column.get(row),
        ) as [number, number, number, number];
        this.follow(this.rowOf(src, dst, sport, dport, true), from, to, transport);
      }
    }
  }

  /** Takes in a packet, in order, its outcome decided. `isWanted`: it carried a message of the calls, and is written. */
  packet(packet: Packet, isWanted: boolean): void {
    const { tcpFlags, src, dst, sport, dport } = packet;
    if (tcpFlags < 0 || this.followed.length === 0) return;
    const row = this.rowOf(src, dst, sport, dport, false);
    const one = this.followed[row];
    if (one === undefined) return;
    const side = isFirst(src, dst, sport, dport) ? 0 : 1;
    if ((tcpFlags & SYN) !== 0 && one.incarnation.opensAnew(side, packet.tcpSeq)) this.close(row);
    const { incarnation } = one;
    incarnation.begin(side, packet);
    if (isWanted) return incarnation.wanted(side, packet);
    if (!isHarmless(one, side, packet)) return incarnation.other();
    // `from` is when the first message was complete: it may have begun before.
    const inTime = (incarnation.isWanted || packet.time >= one.from) && packet.time <= one.to;
    incarnation.harmless(side, packet, inTime, (tcpFlags & (FIN | RST)) !== 0);
  }

  /** All packets were seen. */
  finish(): void {
    this.followed.forEach((_, row) => this.close(row));
  }

  private follow(row: number, from: number, to: number, transport: number): void {
    const known = this.followed[row];
    const isWebSocket = transport === Transport.WS || transport === Transport.WSS;
    if (known === undefined) this.followed[row] = { from, to, isWebSocket, incarnation: new Incarnation() };
    else {
      known.from = Math.min(known.from, from);
      known.to = Math.max(known.to, to);
      known.isWebSocket ||= isWebSocket;
    }
  }

  /** The row of a pair, whichever way the packet goes; -1 where it is not followed. */
  private rowOf(src: number, dst: number, sport: number, dport: number, open: boolean): number {
    const first = isFirst(src, dst, sport, dport);
    const a = first ? src : dst;
    const b = first ? dst : src;
    const ports = (first ? (sport << 16) | dport : (dport << 16) | sport) >>> 0;
    const row = this.flows.find(a, b, ports);
    return row < 0 && open ? this.flows.open(a, b, ports) : row;
  }

  /** A connection is over, or another one is opened on its ports. */
  private close(row: number): void {
    const one = this.followed[row];
    if (one === undefined) return;
    if (one.incarnation.collect(this.frames)) this.shared += 1;
    one.incarnation = new Incarnation();
  }
}

function isFirst(src: number, dst: number, sport: number, dport: number): boolean {
  return src < dst || (src === dst && sport <= dport);
}

/** Whether a packet that carried nothing of the calls carried nothing of others either. */
function isHarmless({ isWebSocket, incarnation }: Followed, side: 0 | 1, packet: Packet): boolean {
  switch (packet.outcome) {
    case Outcome.TcpWithoutData:
    case Outcome.KeepAlive:
      return true;
    case Outcome.OtherTcp:
    case Outcome.NotSipOnSipPort:
      return isWebSocket && (incarnation.isOpening || packet.tcpLength <= MAX_CONTROL);
    case Outcome.SipSegment:
      // The header of a frame may come in a segment of its own.
      return (isWebSocket && packet.tcpLength <= MAX_FRAME_HEADER) || incarnation.covers(side, packet);
    default:
      return incarnation.covers(side, packet);
  }
}
