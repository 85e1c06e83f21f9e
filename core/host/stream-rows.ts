import { keyOf } from '../analysis/stream-events.ts';
import { impairmentOf } from '../analysis/impairments.ts';
import type { Impairment } from '../analysis/quality.ts';
import { packetTime, type Wish } from '../analysis/packet-time.ts';
import { tagBySize } from '../analysis/stream-payload.ts';
import type { Reception } from '../analysis/rtcp-reports.ts';
import { Real, Word } from '../analysis/stream-records.ts';
import { StreamTable } from '../analysis/stream-table.ts';
import { epochText } from '../bytes/time.ts';
import type { StreamDtmf, StreamPtime, StreamRow } from '../contract/streams.ts';
import { staticCodec, type Codec } from '../decode/sdp-codecs.ts';
import { mediaLinks, type MediaEnd, type MediaLink } from './media-links.ts';
import type { Session } from './session.ts';
import { StreamMatches, type StreamMatch } from './stream-matches.ts';
import { isSecured, tagOf } from './srtp.ts';
import { streamMos } from './stream-mos.ts';
import { streamRtcp } from './stream-rtcp.ts';
import { hundredth, micro, quiet, shown, ssrcText } from './stream-words.ts';

/** Events of a stream that are told. */
const MOST_EVENTS = 200;
/** Percent of packets lost from which on it is worth a warning. */
const LOSS_TO_WARN = 1;
/** Nanoseconds of an answered call in one direction that are worth a warning. */
const ONE_WAY = 2e9;

/** The payload types of a stream, and the one that carries its sound or picture. */
export interface Types {
  readonly all: StreamRow['payloadTypes'];
  readonly codecs: ReadonlyMap<number, Codec>;
  readonly main: Codec | null;
  readonly clockFrom: StreamRow['clockFrom'];
  /** Of the main one, Hz. */
  readonly clock: number | null;
}

/** The streams of a session as people see them, once all of it was read. */
export class StreamRows {
  /** Numbers of the streams, in the order in which they began. */
  readonly list: readonly number[];

  private readonly session: Session;
  readonly table: StreamTable;
  private readonly matches: StreamMatches;
  private readonly linksOfCall = new Map<number, MediaLink[]>();
  /** `from to` of all streams. */
  private readonly paths = new Set<string>();
  /** Call, leg and direction of all streams. */
  private readonly heard = new Set<string>();
  /** By call: its legs that have streams, numbered in the order in which those began. */
  private readonly legs = new Map<number, Map<number, number>>();
  private readonly receptions = new Map<number, Reception[]>();

  constructor(session: Session) {
    this.session = session;
    this.table = new StreamTable(session.account.media.found);
    const links = this.table.count === 0 ? [] : mediaLinks(session);
    for (const link of links) {
      const list = this.linksOfCall.get(link.call);
      if (list === undefined) this.linksOfCall.set(link.call, [link]);
      else list.push(link);
    }
    this.matches = new StreamMatches(this.table, session.addresses, links);
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
    for (const stream of this.list) this.numberLeg(stream);
    for (const reception of this.table.reports.receptions) {
      const known = this.receptions.get(reception.ssrc);
      if (known === undefined) this.receptions.set(reception.ssrc, [reception]);
      else known.push(reception);
    }
  }

  private numberLeg(stream: number): void {
    const link = this.matches.of(stream)?.link;
    if (link === undefined) return;
    const legs = this.legs.get(link.call) ?? new Map<number, number>();
    this.legs.set(link.call, legs);
    if (!legs.has(link.leg)) legs.set(link.leg, legs.size + 1);
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
      this.table.types(stream).every(({ type }) => this.announcedCodec(match, type) !== null) ||
      (this.table.word(stream, Word.Packets) > 1 && this.table.word(stream, Word.Steady) > 0)
    );
  }

  /**
   * What an SDP says a payload type is: that of the receiver first, which says what types mean that it wants to receive
   * (RFC 3264 5.1), then that of the sender, then any of the call.
   */
  private announcedCodec({ link, receiver, sender }: StreamMatch, type: number): Codec | null {
    const codec = codecIn(receiver, type) ?? codecIn(sender, type);
    if (codec !== null) return codec;
    for (const { answer, offer, section } of this.linksOfCall.get(link.call) ?? []) {
      const other = section === link.section ? (codecIn(answer, type) ?? codecIn(offer, type)) : null;
      if (other !== null) return other;
    }
    return null;
  }

  /** What the payload types of a stream are. */
  types(stream: number): Types {
    const match = this.matches.of(stream);
    const met = this.table.types(stream).map(({ type, packets }) => {
      const codec = match === null ? null : this.announcedCodec(match, type);
      return { type, packets, codec: codec ?? staticCodec(type), isAnnounced: codec !== null };
    });
    const events = this.table.word(stream, Word.EventPackets);
    const spoken = met.filter(({ codec, type, packets }) => {
      if (codec === null) return events === 0 || type < 96 || packets > events;
      return !quiet.has(codec.name.toLowerCase());
    });
    const main = spoken.toSorted((a, b) => b.packets - a.packets)[0] ?? null;
    const known = main?.codec?.clockRate ?? 0;
    const clock = known > 0 ? known : main === null ? null : this.table.likelyClock(stream);
    return {
      codecs: new Map(met.flatMap(({ codec, type }) => (codec === null ? [] : [[type, codec]]))),
      all: met.map(({ type, packets, codec }) => ({
        pt: type,
        codec: codec?.name ?? null,
        clockRate: codec === null || codec.clockRate === 0 ? null : codec.clockRate,
        packets,
      })),
      main: main?.codec ?? null,
      clock,
      clockFrom: clock === null ? null : known === 0 ? 'likely' : main?.isAnnounced === true ? 'sdp' : 'static',
    };
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
    const all = (this.linksOfCall.get(link.call) ?? []).filter(
      (other) => other.leg === link.leg && other.section === link.section && other.from <= last,
    );
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
    const [sender, receiver] = match.toCaller ? ['callee', 'caller'] : ['caller', 'callee'];
    return { src: `the ${sender} (${shown(from)})`, dst: `the ${receiver} (${shown(to)})` };
  }

  private addressNote(stream: number, match: StreamMatch): string | null {
    const { from, to } = this.matches.ends(stream);
    const [sender, receiver] = match.toCaller ? ['callee', 'caller'] : ['caller', 'callee'];
    const notes: string[] = [];
    if (!match.toAnnounced) {
      const announced = match.receiver?.key ?? null;
      const why = this.paths.has(`${to} ${from}`) ? ', from where that side’s own packets come (latching)' : '';
      notes.push(
        announced === null
          ? `it goes to ${shown(to)}, and no SDP of the ${receiver} is there`
          : `it goes to ${shown(to)}${why}; the ${receiver} announced ${shown(announced)}`,
      );
    }
    const own = match.sender?.key ?? null;
    if (!match.fromAnnounced && own !== null) {
      notes.push(`it comes from ${shown(from)}; the ${sender} announced ${shown(own)}`);
    }
    return notes.length === 0 ? null : `${notes.join('; ').replace(/^i/u, 'I')}.`;
  }

  private warning(stream: number, match: StreamMatch | null, ptime: StreamPtime, loss: number): string | null {
    const warnings: string[] = [];
    if (ptime.verdict !== 'agree' && ptime.verdict !== 'unknown') warnings.push(ptime.explanation);
    if (loss >= LOSS_TO_WARN) warnings.push(`${hundredth(loss)} % of the packets are missing.`);
    if (match !== null) {
      const { from, to } = this.matches.ends(stream);
      if (!match.toAnnounced && match.receiver?.key !== null && !this.paths.has(`${to} ${from}`)) {
        warnings.push(this.addressNote(stream, match) ?? '');
      }
      if (this.isOneWay(stream, match)) {
        warnings.push(`One way only: nothing came back from the ${match.toCaller ? 'caller' : 'callee'}.`);
      }
    }
    return warnings.length === 0 ? null : warnings.join(' ');
  }

  /** An answered call in which the SDP lets both sides send, and only one did. */
  private isOneWay(stream: number, match: StreamMatch): boolean {
    const { link, toCaller } = match;
    if (this.heard.has(heardKey(match, !toCaller))) return false;
    if (link.offer?.media.direction !== 'sendrecv' || link.answer?.media.direction !== 'sendrecv') return false;
    const { answer } = this.session.analysis.judge(link.call);
    if (answer === 0) return false;
    const answered = this.session.analysis.messages.time.get(answer - 1);
    return this.table.real(stream, Real.Last) - Math.max(answered, this.table.real(stream, Real.First)) >= ONE_WAY;
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

function codecIn(side: MediaEnd | null, type: number): Codec | null {
  return side?.media.codecs.find(({ name, payloadType }) => payloadType === type && name !== '') ?? null;
}

function heardKey({ link }: StreamMatch, toCaller: boolean): string {
  return `${link.call} ${link.leg} ${link.section} ${toCaller}`;
}
