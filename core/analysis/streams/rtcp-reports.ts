import type { Packet } from '../../decode/packet.ts';
import { readRtcp, type ReportBlock, type SenderInfo, type VoipMetrics } from '../../decode/rtcp.ts';

/** Pairs of who reports and on whom that are kept, and sender reports that are remembered for round trips. */
export const MAX_REPORTED = 50_000;
const REMEMBERED = 8;

/** What a receiver reported of a source, all its reports together. Plain data. */
export interface Reception {
  /** Of the reports: numbers of addresses. */
  readonly src: number;
  readonly dst: number;
  readonly sport: number;
  readonly dport: number;
  /** Of the source that is reported on. */
  readonly ssrc: number;
  /** Of who reports. */
  readonly reporter: number;
  reports: number;
  /** Of the last report. */
  lost: number;
  jitter: number;
  fractionLost: number;
  /** Of all. */
  maxJitter: number;
  maxFractionLost: number;
  /** Between where the packets were captured and who reports, nanoseconds. */
  roundTrips: number;
  roundTripSum: number;
  roundTripMin: number;
  roundTripMax: number;
  metrics: VoipMetrics | null;
}

/** What a sender said of itself. Plain data. */
export interface Sending {
  readonly src: number;
  readonly dst: number;
  readonly sport: number;
  readonly dport: number;
  readonly ssrc: number;
  reports: number;
  packets: number;
  octets: number;
}

export interface PlainReports {
  /** RTCP packets (compounds) in all. */
  readonly packets: number;
  readonly receptions: readonly Reception[];
  readonly sendings: readonly Sending[];
}

/**
 * RTCP reports, by who reports on whom. They are few: an object each does no harm. The round trip (RFC 3550 6.4.1) is
 * counted from when the sender report passed the place of capture to when its echo did, without the time the receiver
 * kept it: it is that between this place and the receiver, and needs nobody's clock but the capture's.
 */
export class RtcpReports {
  private packets = 0;
  private readonly receptions = new Map<string, Reception>();
  private readonly sendings = new Map<string, Sending>();
  /** By SSRC: time in the last sender reports, and when they were captured. */
  private readonly sent = new Map<number, { readonly time: number; readonly at: number }[]>();

  packet(packet: Packet, at: number, end: number): void {
    this.packets += 1;
    for (const { ssrc, sender, blocks, metrics } of readRtcp(packet.view, at, end)) {
      if (sender !== null) this.sender(packet, ssrc, sender);
      for (const block of blocks) this.block(packet, ssrc, block);
      for (const one of metrics) {
        const reception = this.reception(packet, ssrc, one.ssrc);
        if (reception !== null) reception.metrics = one;
      }
    }
  }

  get plain(): PlainReports {
    return {
      packets: this.packets,
      receptions: [...this.receptions.values()],
      sendings: [...this.sendings.values()],
    };
  }

  private sender(packet: Packet, ssrc: number, { time, packets, octets }: SenderInfo): void {
    const { src, dst, sport, dport } = packet;
    const key = `${src} ${sport} ${dst} ${dport} ${ssrc}`;
    const known = this.sendings.get(key);
    if (known !== undefined) Object.assign(known, { reports: known.reports + 1, packets, octets });
    else if (this.sendings.size < MAX_REPORTED) {
      this.sendings.set(key, { src, dst, sport, dport, ssrc, reports: 1, packets, octets });
    }
    const sent = this.sent.get(ssrc) ?? [];
    sent.push({ time, at: packet.time });
    if (sent.length > REMEMBERED) sent.shift();
    if (this.sent.size < MAX_REPORTED) this.sent.set(ssrc, sent);
  }

  private block(packet: Packet, reporter: number, block: ReportBlock): void {
    const reception = this.reception(packet, reporter, block.ssrc);
    if (reception === null) return;
    reception.reports += 1;
    reception.lost = block.lost;
    reception.jitter = block.jitter;
    reception.fractionLost = block.fractionLost;
    reception.maxJitter = Math.max(reception.maxJitter, block.jitter);
    reception.maxFractionLost = Math.max(reception.maxFractionLost, block.fractionLost);
    if (block.lastReport === 0) return;
    const echoed = this.sent.get(block.ssrc)?.find(({ time }) => time === block.lastReport);
    if (echoed === undefined) return;
    const trip = packet.time - echoed.at - (block.delay / 65_536) * 1e9;
    // Clocks that were set, or reports of another call with the same SSRC.
    if (trip < 0 || trip > 60e9) return;
    reception.roundTrips += 1;
    reception.roundTripSum += trip;
    reception.roundTripMin = Math.min(reception.roundTripMin, trip);
    reception.roundTripMax = Math.max(reception.roundTripMax, trip);
  }

  private reception(packet: Packet, reporter: number, ssrc: number): Reception | null {
    const { src, dst, sport, dport } = packet;
    const key = `${src} ${sport} ${dst} ${dport} ${ssrc}`;
    const known = this.receptions.get(key);
    if (known !== undefined) return known;
    if (this.receptions.size >= MAX_REPORTED) return null;
    const reception: Reception = {
      src,
      dst,
      sport,
      dport,
      ssrc,
      reporter,
      reports: 0,
      lost: 0,
      jitter: 0,
      fractionLost: 0,
      maxJitter: 0,
      maxFractionLost: 0,
      roundTrips: 0,
      roundTripSum: 0,
      roundTripMin: Infinity,
      roundTripMax: 0,
      metrics: null,
    };
    this.receptions.set(key, reception);
    return reception;
  }
}
