import type { Reception, Sending } from '../../analysis/streams/rtcp-reports.ts';
import { Word } from '../../analysis/streams/stream-records.ts';
import type { StreamTable } from '../../analysis/streams/stream-table.ts';
import type { StreamRtcp } from '../../contract/streams.ts';
import { hundredth, micro } from './stream-words.ts';

/** What RTCP said of streams. */
export class StreamReports {
  private readonly table: StreamTable;
  private readonly receptions = new Map<number, Reception[]>();
  private readonly sendings = new Map<number, Sending[]>();

  constructor(table: StreamTable) {
    this.table = table;
    for (const reception of table.reports.receptions) append(this.receptions, reception);
    for (const sending of table.reports.sendings) append(this.sendings, sending);
  }

  /** Sender reports that go a stream's way, and reports of its receiver that come back. Null where there are none. */
  of(stream: number, clock: number | null): StreamRtcp | null {
    const { table } = this;
    const ssrc = table.word(stream, Word.Ssrc) >>> 0;
    const sendings = this.sendings.get(ssrc) ?? [];
    const receptions = this.receptions.get(ssrc) ?? [];
    if (sendings.length === 0 && receptions.length === 0) return null;
    const src = table.word(stream, Word.Src) >>> 0;
    const dst = table.word(stream, Word.Dst) >>> 0;
    const port = table.word(stream, Word.Ports) & 0xffff;
    const sending = sendings.filter((one) => one.src === src && one.dst === dst && isRtcpPort(one.dport, port));
    const received = receptions.filter((one) => one.src === dst && one.dst === src);
    const near = received.find(({ sport }) => isRtcpPort(sport, port));
    return rtcpOf(sending, near ?? (received.length === 1 ? received[0] : undefined), clock);
  }
}

function append<Report extends { readonly ssrc: number }>(map: Map<number, Report[]>, report: Report): void {
  const known = map.get(report.ssrc);
  if (known === undefined) map.set(report.ssrc, [report]);
  else known.push(report);
}

function rtcpOf(
  sending: readonly Sending[],
  reception: Reception | undefined,
  clock: number | null,
): StreamRtcp | null {
  if (sending.length === 0 && reception === undefined) return null;
  const ticks = (value: number | undefined): number | null =>
    value === undefined || clock === null || (reception?.reports ?? 0) === 0 ? null : micro((1000 * value) / clock);
  const percent = (value: number | undefined): number | null =>
    value === undefined || (reception?.reports ?? 0) === 0 ? null : hundredth(100 * value);
  const trips = reception?.roundTrips ?? 0;
  const { metrics = null } = reception ?? {};
  return {
    senderReports: sending.reduce((sum, { reports }) => sum + reports, 0),
    sentPackets: sending.at(-1)?.packets ?? null,
    receiverReports: reception?.reports ?? 0,
    lost: (reception?.reports ?? 0) === 0 ? null : (reception?.lost ?? null),
    lossPercent: percent(reception?.fractionLost),
    maxLossPercent: percent(reception?.maxFractionLost),
    jitterMs: ticks(reception?.jitter),
    maxJitterMs: ticks(reception?.maxJitter),
    roundTripMs:
      reception === undefined || trips === 0
        ? null
        : {
            mean: micro(reception.roundTripSum / trips / 1e6),
            min: micro(reception.roundTripMin / 1e6),
            max: micro(reception.roundTripMax / 1e6),
          },
    xr:
      metrics === null
        ? null
        : {
            lossPercent: hundredth(100 * metrics.lossRate),
            discardPercent: hundredth(100 * metrics.discardRate),
            roundTripMs: metrics.roundTripMs,
            rFactor: metrics.rFactor,
            mosListening: metrics.mosListening,
            mosConversation: metrics.mosConversation,
          },
  };
}

/** RTCP goes to the next port, or to the same (RFC 5761). */
function isRtcpPort(port: number, rtpPort: number): boolean {
  return port === rtpPort || port === rtpPort + 1;
}
