import { parseAddress } from '../../filter/address.ts';
import { Flag } from '../../analysis/messages.ts';
import type { Packet } from '../../decode/packet.ts';
import { readMessage } from '../../decode/sip-message.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import type { Session } from '../session.ts';

/** Nanoseconds after a call's last message in which its media may still arrive. */
const AFTERGLOW = 5e9;

/**
 * Addresses and ports that the SDP of some calls announces, with the time in which the announcement holds: from the
 * call's first message to a little after its last. RTCP is on the next port (RFC 3550 11), on that of `a=rtcp`
 * (RFC 3605), or on the same.
 */
export class MediaEnds {
  private readonly times = new Map<string, { from: number; to: number }>();
  private readonly session: Session;
  /** By number of the address and port: what is announced there, looked up once for each end of a flow. */
  private readonly keys = new Map<number, Map<number, { from: number; to: number } | null>>();

  constructor(session: Session, calls: readonly number[]) {
    this.session = session;
    for (const call of calls) this.addCall(call);
  }

  get count(): number {
    return this.times.size;
  }

  private addCall(call: number): void {
    const { messages, calls } = this.session.analysis;
    const from = messages.time.get(calls.first(call));
    const to = messages.time.get(calls.last(call)) + AFTERGLOW;
    for (const row of rowsOf(this.session, call)) {
      if ((messages.flags.get(row) & Flag.Sdp) === 0) continue;
      for (const { sdp } of readMessage(this.session.lookBack.bytesOf(row)).parts) {
        for (const { address, port, portCount, rtcpPort } of sdp?.media ?? []) {
          if (address === null || port === 0) continue;
          for (let i = 0; i < Math.min(portCount, 16); i++) {
            this.announce(address, port + 2 * i, from, to);
            this.announce(address, port + 2 * i + 1, from, to);
          }
          if (rtcpPort !== null) this.announce(address, rtcpPort, from, to);
        }
      }
    }
  }

  private announce(address: string, port: number, from: number, to: number): void {
    const canonical = parseAddress(address);
    if (canonical === null || port > 65_535) return;
    const key = `${canonical.join('.')} ${port}`;
    const known = this.times.get(key);
    if (known === undefined) this.times.set(key, { from, to });
    else {
      known.from = Math.min(known.from, from);
      known.to = Math.max(known.to, to);
    }
  }

  /** Whether a packet goes to or comes from an announced end while the announcement holds. */
  has(packet: Packet): boolean {
    return this.holds(packet.dst, packet.dport, packet.time) || this.holds(packet.src, packet.sport, packet.time);
  }

  private holds(address: number, port: number, time: number): boolean {
    let ports = this.keys.get(address);
    if (ports === undefined) {
      ports = new Map();
      this.keys.set(address, ports);
    }
    let span = ports.get(port);
    if (span === undefined) {
      span = this.times.get(`${this.session.addresses.bytesOf(address).join('.')} ${port}`) ?? null;
      ports.set(port, span);
    }
    return span !== null && time >= span.from && time <= span.to;
  }
}
