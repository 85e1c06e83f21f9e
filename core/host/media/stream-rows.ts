import { keyOf } from '../../analysis/streams/stream-events.ts';
import { hasModes, impairmentOf } from '../../analysis/streams/impairments.ts';
import type { Impairment } from '../../analysis/streams/quality.ts';
import { packetTime, type PacketTime } from '../../analysis/streams/packet-time.ts';
import { tagBySize } from '../../analysis/streams/stream-payload.ts';
import { Real, Word } from '../../analysis/streams/stream-records.ts';
import { epochText } from '../../bytes/time.ts';
import type { StreamDtmf, StreamPtime, StreamRow } from '../../contract/streams.ts';
import type { Session } from '../session.ts';
import { JoinedStreams } from './joined-streams.ts';
import type { StreamMatch } from './stream-matches.ts';
import { isSecured, tagOf } from './srtp.ts';
import { StreamFacts } from './stream-facts.ts';
import { streamMos } from './stream-mos.ts';
import { StreamReports } from './stream-rtcp.ts';
import type { StreamBrief } from './stream-columns.ts';
import type { Types } from './stream-types.ts';
import { hundredth, micro, ssrcText } from './stream-words.ts';

/** Events of a stream that are told. */
const MOST_EVENTS = 200;
/** Percent of packets lost from which on it is worth a warning. */
const LOSS_TO_WARN = 1;

/** The streams of a session as people see them, once all of it was read. */
export class StreamRows extends JoinedStreams {
  private readonly rtcp: StreamReports;
  /** The Call-ID that was asked for last: streams of a call follow each other. */
  private lastCall: { readonly call: number; readonly id: string | null } = { call: 0, id: null };

  /** @param messages rows of the messages whose SDP counts; all without. */
  constructor(session: Session, messages: readonly number[] | null = null) {
    super(session, messages);
    this.rtcp = new StreamReports(this.table);
  }

  row(stream: number): StreamRow {
    const { session, table } = this;
    const match = this.matchOf(stream);
    const link = match?.link ?? null;
    const words = table.records.wordsOf(stream);
    const w = table.records.wordAt(stream);
    const reals = table.records.realsOf(stream);
    const f = table.records.realAt(stream);
    const ports = (words[w + Word.Ports] as number) >>> 0;
    const src = (words[w + Word.Src] as number) >>> 0;
    const types = this.types(stream);
    const jitter = types.clock === null ? null : table.jitter(stream, types.clock);
    const packets = words[w + Word.Packets] as number;
    const expected = table.expected(stream);
    const duplicates = words[w + Word.Duplicates] as number;
    const missing = Math.max(0, expected - packets + duplicates);
    const first = reals[f + Real.First] as number;
    const last = reals[f + Real.Last] as number;
    const seconds = (last - first) / 1e9;
    const payloadBytes = reals[f + Real.PayloadBytes] as number;
    const wireBytes = reals[f + Real.WireBytes] as number;
    const network = packets * (session.addresses.family(src) === 6 ? 48 : 28) + (reals[f + Real.RtpBytes] as number);
    const ptime = this.ptime(stream, match, types);
    const rtcp = this.rtcp.of(stream, types.clock);
    const lossPercent = expected > 0 ? (100 * missing) / expected : 0;
    const mos = streamMos(table, stream, types.main, this.impairment(stream), ptime, lossPercent, rtcp);
    return {
      id: stream,
      ssrc: ssrcText(words[w + Word.Ssrc] as number),
      src: session.addresses.text(src),
      sport: ports >>> 16,
      dst: session.addresses.text((words[w + Word.Dst] as number) >>> 0),
      dport: ports & 0xffff,
      callId: link === null ? null : this.callId(link.call),
      call: link === null ? null : link.call,
      direction: match === null ? null : match.toCaller ? 'callee-to-caller' : 'caller-to-callee',
      leg: link === null ? null : this.legNumber(link.call, link.leg),
      section: link === null ? null : link.section,
      media: (match?.receiver ?? match?.sender)?.media.type ?? null,
      recognisedBy: match === null ? 'content' : 'sdp',
      addressNote: match === null ? null : this.addressNote(stream, match),
      protection: this.tag(stream, match, types) > 0 ? 'SRTP' : null,
      payloadTypes: types.all,
      clockFrom: types.clockFrom,
      packets,
      expected,
      lost: expected - packets,
      missing,
      duplicates,
      outOfOrder: words[w + Word.Late] as number,
      gaps: words[w + Word.Gaps] as number,
      longestGap: words[w + Word.LongestGap] as number,
      restarts: words[w + Word.Restarts] as number,
      start: this.ts(first),
      end: this.ts(last),
      durationMs: micro(seconds * 1000),
      frame: words[w + Word.Frame] as number,
      markers: words[w + Word.Markers] as number,
      payloadTypeChanges: words[w + Word.TypeChanges] as number,
      meanDeltaMs: micro((reals[f + Real.MeanDelta] as number) / 1e6),
      maxDeltaMs: micro((reals[f + Real.MaxDelta] as number) / 1e6),
      meanJitterMs: jitter === null ? null : micro(jitter.mean),
      maxJitterMs: jitter === null ? null : micro(jitter.max),
      jitterRfc3550: jitter === null ? null : { meanMs: micro(jitter.rfcMean), maxMs: micro(jitter.rfcMax) },
      skewPpm: this.skew(stream, types),
      ptime,
      mos: typeof mos === 'string' ? null : mos,
      mosReason: typeof mos === 'string' ? mos : null,
      payloadBytes,
      wireBytes,
      payloadShare: Math.round((1e4 * payloadBytes) / Math.max(1, wireBytes)) / 1e4,
      kbpsLayer2: packets > 1 && seconds > 0 ? micro((8 * wireBytes) / seconds / 1000) : null,
      kbpsLayer3: packets > 1 && seconds > 0 ? micro((8 * network) / seconds / 1000) : null,
      comfortNoise: words[w + Word.ComfortNoise] as number,
      dtmf: this.dtmf(stream, types),
      rtcp,
      warning: this.warning(stream, match, ptime, lossPercent),
    };
  }

  /** What a table for people shows of a stream: much less work than all of it. */
  brief(stream: number): StreamBrief {
    const { session, table } = this;
    const match = this.matchOf(stream);
    const words = table.records.wordsOf(stream);
    const w = table.records.wordAt(stream);
    const ports = (words[w + Word.Ports] as number) >>> 0;
    const types = this.types(stream);
    const jitter = types.clock === null ? null : table.jitter(stream, types.clock);
    const packets = words[w + Word.Packets] as number;
    const expected = table.expected(stream);
    const missing = Math.max(0, expected - packets + (words[w + Word.Duplicates] as number));
    const lossPercent = expected > 0 ? (100 * missing) / expected : 0;
    const ptime = this.packetTime(stream, match, types);
    const rtcp = this.rtcp.of(stream, types.clock);
    const mos = streamMos(table, stream, types.main, this.impairment(stream), ptime, lossPercent, rtcp);
    return {
      id: stream,
      ssrc: ssrcText(words[w + Word.Ssrc] as number),
      src: session.addresses.text((words[w + Word.Src] as number) >>> 0),
      sport: ports >>> 16,
      dst: session.addresses.text((words[w + Word.Dst] as number) >>> 0),
      dport: ports & 0xffff,
      call: match === null ? null : match.link.call,
      addressNote: match === null ? null : this.addressNote(stream, match),
      protection: this.tag(stream, match, types) > 0 ? 'SRTP' : null,
      payloadTypes: types.all,
      packets,
      expected,
      missing,
      start: this.ts(table.real(stream, Real.First)),
      maxDeltaMs: micro(table.real(stream, Real.MaxDelta) / 1e6),
      meanJitterMs: jitter === null ? null : micro(jitter.mean),
      ptime,
      mos: typeof mos === 'string' ? null : mos,
      warning: this.warning(stream, match, ptime, lossPercent),
    };
  }

  private callId(call: number): string | null {
    if (this.lastCall.call !== call) this.lastCall = { call, id: this.session.analysis.messages.callIds.text(call) };
    return this.lastCall.id;
  }

  /** What the codec of a stream does to speech, or a sentence that says why nobody knows. */
  impairment(stream: number): Impairment | string {
    const match = this.matchOf(stream);
    const types = this.types(stream);
    if (types.main === null) return 'Nobody says what its payload type is.';
    // What is encrypted says nothing of itself.
    const isRead = hasModes(types.main) && this.tag(stream, match, types) === 0;
    return impairmentOf(types.main, isRead ? this.table.samples(stream).map(({ bytes }) => bytes) : []);
  }

  /** Packet time, ms: by payload, else by timestamps. */
  packetMs(stream: number): number | null {
    const { payloadMs, timestampMs } = this.ptime(stream, this.matchOf(stream), this.types(stream));
    return payloadMs ?? timestampMs;
  }

  /** Bytes behind each payload that are no sound (SRTP). */
  overhead(stream: number): number {
    return this.tag(stream, this.matchOf(stream), this.types(stream));
  }

  /** Epoch seconds as text. */
  ts(ns: number): string {
    const { base, decimals } = this.session.tally;
    return epochText(base ?? 0, ns, decimals);
  }

  private skew(stream: number, { clock, clockFrom }: Types): number | null {
    if (clock === null || clockFrom === 'likely') return null;
    const ppm = this.table.skewPpm(stream, clock);
    return ppm === null ? null : Math.round(ppm);
  }

  private ptime(stream: number, match: StreamMatch | null, types: Types): StreamPtime {
    const { timestampMs, arrivalMs, payloadMs, verdict, explanation } = this.packetTime(stream, match, types);
    return {
      offeredMs: match?.link.offer?.media.ptimeMs ?? null,
      answeredMs: match?.link.answer?.media.ptimeMs ?? null,
      wantedMs: match?.receiver?.media.ptimeMs ?? null,
      maxMs: match?.receiver?.media.maxptimeMs ?? null,
      timestampMs,
      arrivalMs,
      payloadMs,
      verdict,
      explanation,
      changes: types.clock === null || !isAudio(match, types) ? [] : this.changes(stream, types.clock),
    };
  }

  private packetTime(stream: number, match: StreamMatch | null, types: Types): PacketTime {
    const isSound = isAudio(match, types);
    const overhead = this.tag(stream, match, types);
    const found = packetTime(new StreamFacts(this, stream, match, types, isSound, overhead));
    return isSound || match === null ? found : { ...found, explanation: 'It is no audio.' };
  }

  private changes(stream: number, clock: number): StreamPtime['changes'] {
    const changes: StreamPtime['changes'][number][] = [];
    for (const { time, step } of this.table.changes(stream))
      changes.push({ ts: this.ts(time), ms: micro((step / clock) * 1000) });
    return changes;
  }

  /** Bytes of SRTP behind each payload: announced, or told by the size (keys that went in the media, as ZRTP does); 0 for plain RTP. */
  private tag(stream: number, match: StreamMatch | null, { main }: Types): number {
    return isSecured(match) ? tagOf(match) : tagBySize(main, this.table.steps(stream));
  }

  private warning(
    stream: number,
    match: StreamMatch | null,
    ptime: Pick<StreamPtime, 'explanation' | 'verdict'>,
    loss: number,
  ): string | null {
    const warnings: string[] = [];
    if (ptime.verdict !== 'agree' && ptime.verdict !== 'unknown') warnings.push(ptime.explanation);
    if (loss >= LOSS_TO_WARN) warnings.push(`${hundredth(loss)} % of the packets are missing.`);
    if (match !== null) {
      const isAstray = !match.toAnnounced && match.receiver?.key !== null;
      if (isAstray && !this.isLatched(this.endsOf(stream))) warnings.push(this.addressNote(stream, match) ?? '');
      const oneWay = this.oneWay(stream);
      if (oneWay !== null) warnings.push(oneWay);
    }
    return warnings.length === 0 ? null : warnings.join(' ');
  }

  private dtmf(stream: number, { all, clock }: Types): StreamDtmf[] {
    const events = this.table.events(stream);
    if (events.length === 0) return [];
    const rate = all.find(({ codec }) => codec?.toLowerCase() === 'telephone-event')?.clockRate ?? clock ?? 8000;
    return events.slice(0, MOST_EVENTS).map(({ code, start, duration, ended }) => ({
      key: keyOf(code),
      ts: this.ts(start),
      durationMs: micro((1000 * duration) / rate),
      unended: !ended,
    }));
  }
}

function isAudio(match: StreamMatch | null, { clock }: Types): boolean {
  return ((match?.receiver ?? match?.sender)?.media.type ?? 'audio') === 'audio' && clock !== 90_000;
}
