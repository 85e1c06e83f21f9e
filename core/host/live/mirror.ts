import { transportNames, type Packet } from '../../decode/packet.ts';
import { hep3 } from '../../export/hep3.ts';
import type { Tally } from '../reading/drive.ts';
import type { HepSender } from '../../live/hep-sender.ts';

/** Numbers that IP gives to what carries SIP. */
const protocols: Readonly<Record<string, number>> = { UDP: 17, SCTP: 132 };
const TCP = 6;
const UDP = 17;

/** What was sent on of a live capture: each message once, however often the index is made anew. */
export class Mirror {
  private readonly sender: HepSender;
  private readonly agent: number;
  /** Position of the packet that was sent last, and whose reading it was. */
  private done = -1;
  private owner: Mirroring | null = null;

  /** `agent`: the number by which the collector knows us. */
  constructor(sender: HepSender, agent: number) {
    this.sender = sender;
    this.agent = agent;
  }

  /** For a session that reads, with its times. */
  reading(tally: Pick<Tally, 'base'>): Mirroring {
    return new Mirroring(this, tally);
  }

  send(by: Mirroring, packet: Packet, base: number | null, payload: Uint8Array, protocol: number, type: 1 | 5): void {
    const { position } = packet;
    // Several messages may be in one packet; another reading has sent them already.
    if (base === null || position < this.done || (position === this.done && this.owner !== by)) return;
    this.done = position;
    this.owner = by;
    const { addresses, src, dst, sport, dport, time } = packet;
    const whole = Math.floor(time / 1e9);
    const out = hep3({
      src: addresses.bytesOf(src),
      dst: addresses.bytesOf(dst),
      sport,
      dport,
      protocol,
      seconds: base + whole,
      micros: Math.floor((time - whole * 1e9) / 1000),
      type,
      agent: this.agent,
      payload,
    });
    if (out !== null) this.sender.send(out);
  }

  close(): Promise<void> {
    return this.sender.close();
  }
}

/** SIP messages and RTCP as one session reads them, on their way to a collector. */
export class Mirroring {
  private readonly mirror: Mirror;
  private readonly tally: Pick<Tally, 'base'>;

  constructor(mirror: Mirror, tally: Pick<Tally, 'base'>) {
    this.mirror = mirror;
    this.tally = tally;
  }

  sip(packet: Packet, at: number, end: number, transport: number): void {
    const protocol = protocols[transportNames[transport] ?? ''] ?? TCP;
    this.mirror.send(this, packet, this.tally.base, packet.bytes.subarray(at, end), protocol, 1);
  }

  /** Of what has the form of RTP or RTCP, the latter (RFC 5761 4.). */
  media(packet: Packet, at: number, end: number): void {
    const second = packet.bytes[at + 1] as number;
    if (second >= 192 && second <= 223)
      this.mirror.send(this, packet, this.tally.base, packet.bytes.subarray(at, end), UDP, 5);
  }
}
