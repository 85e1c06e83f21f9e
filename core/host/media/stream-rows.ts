import { keyOf } from '../../analysis/streams/stream-events.ts';
import { impairmentOf } from '../../analysis/streams/impairments.ts';
import type { Impairment } from '../../analysis/streams/quality.ts';
import { packetTime, type Wish } from '../../analysis/streams/packet-time.ts';
import { tagBySize } from '../../analysis/streams/stream-payload.ts';
import type { Reception } from '../../analysis/streams/rtcp-reports.ts';
import { Real, Word } from '../../analysis/streams/stream-records.ts';
import { StreamTable } from '../../analysis/streams/stream-table.ts';
import { epochText } from '../../bytes/time.ts';
import type { StreamDtmf, StreamPtime, StreamRow } from '../../contract/streams.ts';
import { openTime } from './media-direction.ts';
import { numberedLegs } from './media-legs.ts';
import { mediaLinks, type MediaLink } from './media-links.ts';
import type { Session } from '../session.ts';
import { StreamMatches, type StreamMatch } from './stream-matches.ts';
import { isSecured, tagOf } from './srtp.ts';
import { streamMos } from './stream-mos.ts';
import { streamRtcp } from './stream-rtcp.ts';
import { addressNote, sideNames } from './stream-notes.ts';
import { StreamTypes, type Types } from './stream-types.ts';
import { hundredth, micro, shown, ssrcText } from './stream-words.ts';

/** Events of a stream that are told. */
const MOST_EVENTS = 200;
/** Percent of packets lost from which on it is worth a warning. */
const LOSS_TO_WARN = 1;
/** Nanoseconds of an answered call in one direction that are worth a warning. */
const ONE_WAY = 2e9;

/** The streams of a session as people see them, once all of it was read. */
export class StreamRows {
  /** Numbers of the streams, in the order in which they began. */
  readonly list: readonly number[];

  private readonly session: Session;
  readonly table: StreamTable;
  private readonly matches: StreamMatches;
  private readonly typesOf: StreamTypes;
  private readonly linksOfCall = new Map<number, MediaLink[]>();
  /** `from to` of all streams. */
  private readonly paths = new Set<string>();
  /** Call, leg and direction of all streams. */
  private readonly heard = new Set<string>();
  /** By call: its legs that have streams, numbered from the caller's side. */
  private readonly legs: ReadonlyMap<number, ReadonlyMap<number, number>>;
  private readonly receptions = new Map<number, Reception[]>();

  /** @param messages rows of the messages whose SDP counts; all without. */
  constructor(session: Session, messages: readonly number[] | null = null) {
    this.session = session;
    this.table = new StreamTable(session.account.media.found);
    const links = this.table.count === 0 ? [] : mediaLinks(session, messages);
    for (const link of links) {
      const list = this.linksOfCall.get(link.call);
      if (list === undefined) this.linksOfCall.set(link.call, [link]);
      else list.push(link);
    }
    this.matches = new StreamMatches(this.table, session.addresses, links);
    this.typesOf = new StreamTypes(this.table, this.matches, this.linksOfCall);
    const list: number[] = [];
    for (let stream = 1; stream <= this.table.count; stream++) {
      const match = this.matches.of(stream);
      if (!this.table.isEvident(stream) && !this.isAnnounced(stream, match)) continue;
      list.push(stream);
      const { from, to } = this.matches.ends(stream);
      this.paths.add(`${from} ${to}`);
      if (match !== null) this.heard.add(heardKey(match, match.toCaller));
    }
    this.list = list.sort((a, b) => this.table.real(a, Real.First) - this.table.real(b, Real.First) || a - b);
    this.legs = numberedLegs(
      this.list.flatMap((stream) => this.matches.of(stream)?.link ?? []),
      this.linksOfCall,
    );
    for (const reception of this.table.reports.receptions) {
      const known = this.receptions.get(reception.ssrc);
      if (known === undefined) this.receptions.set(reception.ssrc, [reception]);
      else known.push(reception);
    }
  }

  /** Number of the call a stream belongs to, 0 for none. */
  callOf(stream: number): number {
    return this.matches.of(stream)?.link.call ?? 0;
  }

  /** First and last packet, nanoseconds. */
  timesOf(stream: number): { readonly startNs: number; readonly endNs: number } {
    return { startNs: this.table.real(stream, Real.First), endNs: this.table.real(stream, Real.Last) };
  }

  row(stream: number): StreamRow {
    const { session, table } = this;
    const match = this.matches.of(stream);
    const word = (which: number): number => table.word(stream, which);
    const real = (which: number): number => table.real(stream, which);
    const ports = word(Word.Ports) >>> 0;
    const src = word(Word.Src) >>> 0;
    const types = this.types(stream);
    const jitter = types.clock === null ? null : table.jitter(stream, types.clock);
    const packets = word(Word.Packets);
    const expected = table.expected(stream);
    const duplicates = word(Word.Duplicates);
    const missing = Math.max(0, expected - packets + duplicates);
    const seconds = (real(Real.Last) - real(Real.First)) / 1e9;
    const network = packets * (session.addresses.family(src) === 6 ? 48 : 28) + real(Real.RtpBytes);
    const ptime = this.ptime(stream, match, types);
    const rtcp = streamRtcp(table, this.receptions, stream, types.clock);
    const lossPercent = expected > 0 ? (100 * missing) / expected : 0;
    const mos = streamMos(table, stream, types.main, this.impairment(stream), ptime, lossPercent, rtcp);
    return {
      id: stream,
      ssrc: ssrcText(word(Word.Ssrc)),
      src: session.addresses.text(src),
      sport: ports >>> 16,
      dst: session.addresses.text(word(Word.Dst) >>> 0),
      dport: ports & 0xffff,
      callId: match === null ? null : session.analysis.messages.callIds.text(match.link.call),
      call: match?.link.call ?? null,
      direction: match === null ? null : match.toCaller ? 'callee-to-caller' : 'caller-to-callee',
      leg: match === null ? null : (this.legs.get(match.link.call)?.get(match.link.leg) ?? null),
      section: match?.link.section ?? null,
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
      outOfOrder: word(Word.Late),
      gaps: word(Word.Gaps),
      longestGap: word(Word.LongestGap),
      restarts: word(Word.Restarts),
      start: this.ts(real(Real.First)),
      end: this.ts(real(Real.Last)),
      durationMs: micro(seconds * 1000),
      frame: word(Word.Frame),
      markers: word(Word.Markers),
      payloadTypeChanges: word(Word.TypeChanges),
      meanDeltaMs: micro(real(Real.MeanDelta) / 1e6),
      maxDeltaMs: micro(real(Real.MaxDelta) / 1e6),
      meanJitterMs: jitter === null ? null : micro(jitter.mean),
      maxJitterMs: jitter === null ? null : micro(jitter.max),
      jitterRfc3550: jitter === null ? null : { meanMs: micro(jitter.rfcMean), maxMs: micro(jitter.rfcMax) },
      skewPpm: this.skew(stream, types),
      ptime,
      mos: typeof mos === 'string' ? null : mos,
      mosReason: typeof mos === 'string' ? mos : null,
      payloadBytes: real(Real.PayloadBytes),
      wireBytes: real(Real.WireBytes),
      payloadShare: Math.round((1e4 * real(Real.PayloadBytes)) / Math.max(1, real(Real.WireBytes))) / 1e4,
      kbpsLayer2: packets > 1 && seconds > 0 ? micro((8 * real(Real.WireBytes)) / seconds / 1000) : null,
      kbpsLayer3: packets > 1 && seconds > 0 ? micro((8 * network) / seconds / 1000) : null,
      comfortNoise: word(Word.ComfortNoise),
      dtmf: this.dtmf(stream, types),
      rtcp,
      warning: this.warning(stream, match, ptime, lossPercent),
    };
  }

  /** What the codec of a stream does to speech, or a sentence that says why nobody knows. */
  impairment(stream: number): Impairment | string {
    const match = this.matches.of(stream);
    const types = this.types(stream);
    if (types.main === null) return 'Nobody says what its payload type is.';
    // What is encrypted says nothing of itself.
    const heads = this.tag(stream, match, types) > 0 ? [] : this.table.samples(stream).map(({ bytes }) => bytes);
    return impairmentOf(types.main, heads);
  }

  /** Packet time, ms: by payload, else by timestamps. */
  packetMs(stream: number): number | null {
    const { payloadMs, timestampMs } = this.ptime(stream, this.matches.of(stream), this.types(stream));
    return payloadMs ?? timestampMs;
  }

  /** Bytes behind each payload that are no sound (SRTP). */
  overhead(stream: number): number {
    return this.tag(stream, this.matches.of(stream), this.types(stream));
  }

  /** Epoch seconds as text. */
  ts(ns: number): string {
    const { base, decimals } = this.session.tally;
    return epochText(base ?? 0, ns, decimals);
  }

  /** A flow that an SDP announced needs less evidence: types that the SDP names, or packets in sequence. */
  private isAnnounced(stream: number, match: StreamMatch | null): boolean {
    if (match === null) return false;
    return (
      this.table.types(stream).every(({ type }) => this.typesOf.announced(match, type) !== null) ||
      (this.table.word(stream, Word.Packets) > 1 && this.table.word(stream, Word.Steady) > 0)
    );
  }

  /** What the payload types of a stream are. */
  types(stream: number): Types {
    return this.typesOf.of(stream);
  }

  private skew(stream: number, { clock, clockFrom }: Types): number | null {
    if (clock === null || clockFrom === 'likely') return null;
    const ppm = this.table.skewPpm(stream, clock);
    return ppm === null ? null : Math.round(ppm);
  }

  private ptime(stream: number, match: StreamMatch | null, types: Types): StreamPtime {
    const { clock, clockFrom, main } = types;
    const { table } = this;
    const isAudio = ((match?.receiver ?? match?.sender)?.media.type ?? 'audio') === 'audio' && clock !== 90_000;
    const wishes = match === null ? [] : this.wishes(stream, match);
    const { dst, src } = this.sides(stream, match);
    const facts = {
      packets: table.word(stream, Word.Packets),
      codec: isAudio ? main : null,
      clock: isAudio ? clock : null,
      isLikelyClock: clockFrom === 'likely',
      overhead: this.tag(stream, match, types),
      steps: table.steps(stream),
      changes: table.changes(stream),
      medianMs: table.medianSpacing(stream),
      samples: table.samples(stream),
      wishes,
      sender: src,
      receiver: dst,
    };
    const { timestampMs, arrivalMs, payloadMs, verdict, explanation } = packetTime(facts);
    return {
      offeredMs: match?.link.offer?.media.ptimeMs ?? null,
      answeredMs: match?.link.answer?.media.ptimeMs ?? null,
      wantedMs: match?.receiver?.media.ptimeMs ?? null,
      maxMs: match?.receiver?.media.maxptimeMs ?? null,
      timestampMs,
      arrivalMs,
      payloadMs,
      verdict,
      explanation: isAudio || match === null ? explanation : 'It is no audio.',
      changes:
        facts.clock === null
          ? []
          : facts.changes.map(({ time, step }) => ({
              ts: this.ts(time),
              ms: micro((step / (facts.clock ?? 1)) * 1000),
            })),
    };
  }

  /** Bytes of SRTP behind each payload: announced, or told by the size (keys that went in the media, as ZRTP does); 0 for plain RTP. */
  private tag(stream: number, match: StreamMatch | null, { main }: Types): number {
    return isSecured(match) ? tagOf(match) : tagBySize(main, this.table.steps(stream));
  }

  /** What the receiver asked for over time: offers and answers of the call for the same section and leg. */
  private wishes(stream: number, { link, toCaller }: StreamMatch): Wish[] {
    const last = this.table.real(stream, Real.Last);
    const all = this.linksLike(link).filter((other) => other.from <= last);
    return all.flatMap((other) => {
      const receiver = toCaller === other.callerOffers ? other.offer : other.answer;
      if (receiver === null || (other.from < link.from && other !== link)) return [];
      return [{ from: other.from, ms: receiver.media.ptimeMs, maxMs: receiver.media.maxptimeMs }];
    });
  }

  /** What to call sender and receiver in a sentence. */
  private sides(stream: number, match: StreamMatch | null): { readonly src: string; readonly dst: string } {
    const { from, to } = this.matches.ends(stream);
    if (match === null) return { src: `the sender (${shown(from)})`, dst: `the receiver (${shown(to)})` };
    const { receiver, sender } = sideNames(match);
    return { src: `the ${sender} (${shown(from)})`, dst: `the ${receiver} (${shown(to)})` };
  }

  /** Where addresses are others than announced: a sentence. */
  private addressNote(stream: number, match: StreamMatch): string | null {
    const ends = this.matches.ends(stream);
    return addressNote(ends, match, this.isLatched(ends));
  }

  /** Packets come from where these go. */
  private isLatched({ from, to }: { readonly from: string; readonly to: string }): boolean {
    return this.paths.has(`${to} ${from}`);
  }

  private warning(stream: number, match: StreamMatch | null, ptime: StreamPtime, loss: number): string | null {
    const warnings: string[] = [];
    if (ptime.verdict !== 'agree' && ptime.verdict !== 'unknown') warnings.push(ptime.explanation);
    if (loss >= LOSS_TO_WARN) warnings.push(`${hundredth(loss)} % of the packets are missing.`);
    if (match !== null) {
      const isAstray = !match.toAnnounced && match.receiver?.key !== null;
      if (isAstray && !this.isLatched(this.matches.ends(stream))) warnings.push(this.addressNote(stream, match) ?? '');
      const oneWay = this.oneWay(stream);
      if (oneWay !== null) warnings.push(oneWay);
    }
    return warnings.length === 0 ? null : warnings.join(' ');
  }

  /** A sentence where the SDP of an answered call let both sides send for a while, and only this one did; else null. */
  oneWay(stream: number): string | null {
    const match = this.matches.of(stream);
    if (match === null || this.heard.has(heardKey(match, !match.toCaller))) return null;
    const { answer } = this.session.analysis.judge(match.link.call);
    if (answer === 0) return null;
    const answered = this.session.analysis.messages.time.get(answer - 1);
    const from = Math.max(answered, this.table.real(stream, Real.First));
    if (openTime(this.linksLike(match.link), from, this.table.real(stream, Real.Last)) < ONE_WAY) return null;
    return `One way only: nothing came back from the ${match.toCaller ? 'caller' : 'callee'}.`;
  }

  /** Offers and answers for the same section and leg. */
  private linksLike({ call, leg, section }: MediaLink): readonly MediaLink[] {
    return this.linksOf(call).filter((other) => other.leg === leg && other.section === section);
  }

  /** What the SDP of a call announced, in the order in which it was met. */
  linksOf(call: number): readonly MediaLink[] {
    return this.linksOfCall.get(call) ?? [];
  }

  /** How many legs of a call have streams. */
  legsOf(call: number): number {
    return this.legs.get(call)?.size ?? 0;
  }

  /** `address port` of the stream's destination and source. */
  endsOf(stream: number): { readonly to: string; readonly from: string } {
    return this.matches.ends(stream);
  }

  matchOf(stream: number): StreamMatch | null {
    return this.matches.of(stream);
  }

  /** Number of a leg (`MediaLink.leg`) as rows have it; null where it has no stream. */
  legNumber(call: number, leg: number): number | null {
    return this.legs.get(call)?.get(leg) ?? null;
  }

  private dtmf(stream: number, { all, clock }: Types): StreamDtmf[] {
    const rate = all.find(({ codec }) => codec?.toLowerCase() === 'telephone-event')?.clockRate ?? clock ?? 8000;
    return this.table
      .events(stream)
      .slice(0, MOST_EVENTS)
      .map(({ code, start, duration, ended }) => ({
        key: keyOf(code),
        ts: this.ts(start),
        durationMs: micro((1000 * duration) / rate),
        unended: !ended,
      }));
  }
}

function heardKey({ link }: StreamMatch, toCaller: boolean): string {
  return `${link.call} ${link.leg} ${link.section} ${toCaller}`;
}
