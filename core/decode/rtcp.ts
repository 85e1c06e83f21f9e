/**
 * RTCP (RFC 3550 6, RFC 3611): the packets of a compound one. Only reports are read; descriptions, goodbyes and
 * feedback are passed over by their length. Nothing throws, whatever the bytes are.
 */

/** How one source was received, as its receiver says. */
export interface ReportBlock {
  readonly ssrc: number;
  /** Of the packets since the report before, 0 to 1. */
  readonly fractionLost: number;
  /** Since the beginning; negative where duplicates came. */
  readonly lost: number;
  readonly highest: number;
  /** Ticks of the source's clock. */
  readonly jitter: number;
  /** The middle 32 bits of the time in the last sender report that was received, 0 for none; and how long ago that was, in 1/65536 s. */
  readonly lastReport: number;
  readonly delay: number;
}

export interface SenderInfo {
  /** Middle 32 bits of the sender's time. */
  readonly time: number;
  readonly packets: number;
  readonly octets: number;
}

/** VoIP metrics of an extended report (RFC 3611 4.7); null for what the sender does not know. */
export interface VoipMetrics {
  readonly ssrc: number;
  /** 0 to 1. */
  readonly lossRate: number;
  readonly discardRate: number;
  readonly roundTripMs: number;
  readonly endSystemDelayMs: number;
  readonly rFactor: number | null;
  readonly mosListening: number | null;
  readonly mosConversation: number | null;
}

export interface RtcpPacket {
  readonly kind: 'sr' | 'rr' | 'xr' | 'bye' | 'other';
  readonly ssrc: number;
  readonly sender: SenderInfo | null;
  readonly blocks: readonly ReportBlock[];
  readonly metrics: readonly VoipMetrics[];
}

const kinds: Readonly<Record<number, RtcpPacket['kind']>> = { 200: 'sr', 201: 'rr', 203: 'bye', 207: 'xr' };

/** What `view[at, end)` holds; reading stops where a packet does not fit. */
export function readRtcp(view: DataView, at: number, end: number): RtcpPacket[] {
  const packets: RtcpPacket[] = [];
  for (let next = at; end - next >= 8;) {
    if (view.getUint8(next) >>> 6 !== 2) break;
    const count = view.getUint8(next) & 31;
    const kind = kinds[view.getUint8(next + 1)] ?? 'other';
    const last = next + 4 * (view.getUint16(next + 2) + 1);
    if (last > end || last < next + 8) break;
    const ssrc = view.getUint32(next + 4);
    let blocksAt = next + 8;
    let sender: SenderInfo | null = null;
    if (kind === 'sr') {
      if (last - next < 28) break;
      sender = {
        time: ((view.getUint16(next + 10) << 16) | view.getUint16(next + 12)) >>> 0,
        packets: view.getUint32(next + 20),
        octets: view.getUint32(next + 24),
      };
      blocksAt = next + 28;
    }
    const blocks = kind === 'sr' || kind === 'rr' ? readBlocks(view, blocksAt, last, count) : [];
    packets.push({ kind, ssrc, sender, blocks, metrics: kind === 'xr' ? readMetrics(view, next + 8, last) : [] });
    next = last;
  }
  return packets;
}

function readBlocks(view: DataView, at: number, end: number, count: number): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  for (let next = at; blocks.length < count && end - next >= 24; next += 24) {
    const losses = view.getInt32(next + 4);
    blocks.push({
      ssrc: view.getUint32(next),
      fractionLost: (losses >>> 24) / 256,
      // 24 bits with a sign.
      lost: (losses << 8) >> 8,
      highest: view.getUint32(next + 8),
      jitter: view.getUint32(next + 12),
      lastReport: view.getUint32(next + 16),
      delay: view.getUint32(next + 20),
    });
  }
  return blocks;
}

const VOIP_METRICS = 7;
/** What says that a factor is not known. */
const UNKNOWN = 127;

function readMetrics(view: DataView, at: number, end: number): VoipMetrics[] {
  const metrics: VoipMetrics[] = [];
  for (let next = at; end - next >= 4;) {
    const last = next + 4 * (view.getUint16(next + 2) + 1);
    if (last > end) break;
    if (view.getUint8(next) === VOIP_METRICS && last - next >= 36) {
      const factor = (offset: number, unit: number): number | null => {
        const value = view.getUint8(next + offset);
        return value === UNKNOWN ? null : value / unit;
      };
      metrics.push({
        ssrc: view.getUint32(next + 4),
        lossRate: view.getUint8(next + 8) / 256,
        discardRate: view.getUint8(next + 9) / 256,
        roundTripMs: view.getUint16(next + 16),
        endSystemDelayMs: view.getUint16(next + 18),
        rFactor: factor(24, 1),
        mosListening: factor(26, 10),
        mosConversation: factor(27, 10),
      });
    }
    next = last;
  }
  return metrics;
}
