import { Real, Word } from '../../analysis/streams/stream-records.ts';
import { StreamTable } from '../../analysis/streams/stream-table.ts';
import type { Wish } from '../../analysis/streams/packet-time.ts';
import type { Codec } from '../../decode/sdp-codecs.ts';
import type { Session } from '../session.ts';
import { openTime } from './media-direction.ts';
import { numberedLegs } from './media-legs.ts';
import { mediaLinks, type MediaLink } from './media-links.ts';
import { StreamMatches, type StreamMatch } from './stream-matches.ts';
import { addressNote, sideNames } from './stream-notes.ts';
import { StreamTypes, type Types } from './stream-types.ts';
import { shown } from './stream-words.ts';

/** Nanoseconds of an answered call in one direction that are worth a warning. */
const ONE_WAY = 2e9;

/** Whose streams there are for one section and leg of a call. */
interface Heard {
  caller: boolean;
  callee: boolean;
}

/** Which of the flows of a session are streams, whose calls they belong to, and what SDP and the streams beside them say of each. */
export class JoinedStreams {
  /** Numbers of the streams, in the order in which they began. */
  readonly list: readonly number[];

  protected readonly session: Session;
  readonly table: StreamTable;
  private readonly matches: StreamMatches;
  private readonly typesOf: StreamTypes;
  private readonly linksOfCall = new Map<number, MediaLink[]>();
  /** `from to` of all streams; made when it is first asked for, as only media that goes astray needs it. */
  private paths: Set<string> | null = null;
  /** By stream: who is heard where it belongs. */
  private readonly heard: (Heard | undefined)[] = [];
  /** By call: its legs that have streams, numbered from the caller's side. */
  private readonly legs: ReadonlyMap<number, ReadonlyMap<number, number>>;

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
    const heard = new Map<string, Heard>();
    for (let stream = 1; stream <= this.table.count; stream++) {
      const match = this.matches.of(stream);
      if (!this.table.isEvident(stream) && !this.isAnnounced(stream, match)) continue;
      list.push(stream);
      if (match !== null) this.heard[stream] = hear(heard, match);
    }
    this.list = list.sort((a, b) => this.table.real(a, Real.First) - this.table.real(b, Real.First) || a - b);
    const used: MediaLink[] = [];
    for (const stream of this.list) {
      const link = this.matches.of(stream)?.link;
      if (link !== undefined) used.push(link);
    }
    this.legs = numberedLegs(used, this.linksOfCall);
  }

  /** Number of the call a stream belongs to, 0 for none. */
  callOf(stream: number): number {
    return this.matches.of(stream)?.link.call ?? 0;
  }

  /** First and last packet, nanoseconds. */
  timesOf(stream: number): { readonly startNs: number; readonly endNs: number } {
    return { startNs: this.table.real(stream, Real.First), endNs: this.table.real(stream, Real.Last) };
  }

  /** A flow that an SDP announced needs less evidence: types that the SDP names, or packets in sequence. */
  private isAnnounced(stream: number, match: StreamMatch | null): boolean {
    if (match === null) return false;
    return (
      (this.table.word(stream, Word.Packets) > 1 && this.table.word(stream, Word.Steady) > 0) ||
      this.table.types(stream).every(({ type }) => this.typesOf.announced(match, type) !== null)
    );
  }

  /** What the payload types of a stream are. */
  types(stream: number): Types {
    return this.typesOf.of(stream);
  }

  /** By payload type: their codecs, those that are known. */
  codecs(stream: number): ReadonlyMap<number, Codec> {
    return this.typesOf.codecs(stream);
  }

  /** What the receiver asked for over time: offers and answers of the call for the same section and leg. */
  wishes(stream: number, { link, toCaller }: StreamMatch): Wish[] {
    const last = this.table.real(stream, Real.Last);
    const wishes: Wish[] = [];
    for (const other of this.linksOf(link.call)) {
      if (!isLike(other, link) || other.from > last || (other.from < link.from && other !== link)) continue;
      const receiver = toCaller === other.callerOffers ? other.offer : other.answer;
      if (receiver === null) continue;
      wishes.push({ from: other.from, ms: receiver.media.ptimeMs, maxMs: receiver.media.maxptimeMs });
    }
    return wishes;
  }

  /** What to call receiver or sender in a sentence. */
  side(stream: number, match: StreamMatch | null, isReceiver: boolean): string {
    const { from, to } = this.matches.ends(stream);
    const name = match === null ? null : sideNames(match);
    return isReceiver
      ? `the ${name?.receiver ?? 'receiver'} (${shown(to)})`
      : `the ${name?.sender ?? 'sender'} (${shown(from)})`;
  }

  /** Where addresses are others than announced: a sentence. */
  protected addressNote(stream: number, match: StreamMatch): string | null {
    if (match.toAnnounced && match.fromAnnounced) return null;
    const ends = this.matches.ends(stream);
    return addressNote(ends, match, this.isLatched(ends));
  }

  /** Packets come from where these go. */
  protected isLatched({ from, to }: { readonly from: string; readonly to: string }): boolean {
    this.paths ??= new Set(
      this.list.map((stream) => {
        const ends = this.matches.ends(stream);
        return `${ends.from} ${ends.to}`;
      }),
    );
    return this.paths.has(`${to} ${from}`);
  }

  /** A sentence where the SDP of an answered call let both sides send for a while, and only this one did; else null. */
  oneWay(stream: number): string | null {
    const match = this.matches.of(stream);
    const heard = this.heard[stream];
    if (match === null || heard === undefined || (match.toCaller ? heard.caller : heard.callee)) return null;
    const { answer } = this.session.analysis.judge(match.link.call);
    if (answer === 0) return null;
    const answered = this.session.analysis.messages.time.get(answer - 1);
    const from = Math.max(answered, this.table.real(stream, Real.First));
    if (openTime(this.linksLike(match.link), from, this.table.real(stream, Real.Last)) < ONE_WAY) return null;
    return `One way only: nothing came back from the ${match.toCaller ? 'caller' : 'callee'}.`;
  }

  /** Offers and answers for the same section and leg. */
  private linksLike(link: MediaLink): readonly MediaLink[] {
    return this.linksOf(link.call).filter((other) => isLike(other, link));
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
}

/** Whether two offers and answers of a call are for the same section and leg. */
function isLike(one: MediaLink, other: MediaLink): boolean {
  return one.leg === other.leg && one.section === other.section;
}

/** Notes a stream for the call, leg and section that it belongs to, and answers what is noted there. */
function hear(all: Map<string, Heard>, { link, toCaller }: StreamMatch): Heard {
  const key = `${link.call} ${link.leg} ${link.section}`;
  let heard = all.get(key);
  if (heard === undefined) {
    heard = { caller: false, callee: false };
    all.set(key, heard);
  }
  if (toCaller) heard.callee = true;
  else heard.caller = true;
  return heard;
}
