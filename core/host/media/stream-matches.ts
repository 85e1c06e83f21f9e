import { Real, Word } from '../../analysis/streams/stream-records.ts';
import type { StreamTable } from '../../analysis/streams/stream-table.ts';
import type { Addresses } from '../../decode/addresses.ts';
import type { MediaEnd, MediaLink } from './media-links.ts';

/** Nanoseconds that media may be ahead of its offer: clocks of two captures differ. */
const AHEAD = 0.2e9;

/** To which announcement a stream belongs. */
export interface StreamMatch {
  readonly link: MediaLink;
  readonly receiver: MediaEnd | null;
  readonly sender: MediaEnd | null;
  readonly toCaller: boolean;
  /** Whether its addresses are those that were announced. */
  readonly toAnnounced: boolean;
  readonly fromAnnounced: boolean;
}

/** `address port` of a stream's destination and source. */
interface StreamEnds {
  readonly to: string;
  readonly from: string;
}

/**
 * Finds the announcement of each stream: by where it goes to, which is what SDP announces; else by where it comes from
 * (behind NAT the receiver announces an address that nobody reaches, and the other side sends where packets come from);
 * else by the stream that goes the other way.
 */
export class StreamMatches {
  private readonly byEnd = new Map<string, MediaLink[]>();
  /** By stream. */
  private readonly matches: (StreamMatch | null)[] = [null];
  /** By stream, of those that were asked for. */
  private readonly allEnds: StreamEnds[] = [];
  private readonly table: StreamTable;
  private readonly addresses: Addresses;

  constructor(table: StreamTable, addresses: Addresses, links: readonly MediaLink[]) {
    this.table = table;
    this.addresses = addresses;
    for (const link of links) {
      const offered = link.offer?.key ?? null;
      const answered = link.answer?.key ?? null;
      if (offered !== null) this.announce(offered, link);
      if (answered !== null && answered !== offered) this.announce(answered, link);
    }
    for (let stream = 1; stream <= table.count; stream++) this.matches.push(this.find(stream));
    this.matchReversed();
  }

  of(stream: number): StreamMatch | null {
    return this.matches[stream] ?? null;
  }

  /** `address port` of the stream's destination and source. */
  ends(stream: number): StreamEnds {
    return (this.allEnds[stream] ??= this.endsOf(stream));
  }

  private announce(end: string, link: MediaLink): void {
    const list = this.byEnd.get(end);
    if (list === undefined) this.byEnd.set(end, [link]);
    else list.push(link);
  }

  private endsOf(stream: number): StreamEnds {
    const { table, addresses } = this;
    const ports = table.word(stream, Word.Ports) >>> 0;
    return {
      to: `${addresses.text(table.word(stream, Word.Dst) >>> 0)} ${ports & 0xffff}`,
      from: `${addresses.text(table.word(stream, Word.Src) >>> 0)} ${ports >>> 16}`,
    };
  }

  private find(stream: number): StreamMatch | null {
    const ends = this.ends(stream);
    const time = this.table.real(stream, Real.First);
    let best: Scored | null = null;
    for (const link of this.byEnd.get(ends.to) ?? nothing) best = betterOf(link, ends, time, best);
    for (const link of this.byEnd.get(ends.from) ?? nothing)
      if (link.offer?.key !== ends.to && link.answer?.key !== ends.to) best = betterOf(link, ends, time, best);
    return best?.match ?? null;
  }

  private matchReversed(): void {
    if (!this.matches.includes(null, 1)) return;
    const byEnds = new Map<string, StreamMatch>();
    for (let stream = 1; stream <= this.table.count; stream++) {
      const match = this.of(stream);
      if (match === null) continue;
      const { to, from } = this.ends(stream);
      byEnds.set(`${from} ${to}`, match);
    }
    for (let stream = 1; stream <= this.table.count; stream++) {
      if (this.of(stream) !== null) continue;
      const { to, from } = this.ends(stream);
      const other = byEnds.get(`${to} ${from}`);
      if (other === undefined) continue;
      const { link, receiver, sender, toCaller } = other;
      const time = this.table.real(stream, Real.First);
      if (time < link.from - AHEAD || time > link.until) continue;
      this.matches[stream] = {
        link,
        receiver: sender,
        sender: receiver,
        toCaller: !toCaller,
        toAnnounced: false,
        fromAnnounced: false,
      };
    }
  }
}

interface Scored {
  readonly match: StreamMatch;
  readonly score: number;
}

const nothing: readonly MediaLink[] = [];

/** Of a link, taken either way, and what was found before: what fits a stream better. */
function betterOf(link: MediaLink, ends: StreamEnds, time: number, best: Scored | null): Scored | null {
  if (time < link.from - AHEAD || time > link.until) return best;
  return better(link, false, ends, better(link, true, ends, best));
}

/** A link, its offer taken as that of who receives the stream or of who sends it, where that fits better than `best`. */
function better(link: MediaLink, offerReceives: boolean, { to, from }: StreamEnds, best: Scored | null): Scored | null {
  const receiver = offerReceives ? link.offer : link.answer;
  const sender = offerReceives ? link.answer : link.offer;
  const toAnnounced = receiver?.key === to;
  const fromAnnounced = sender?.key === from;
  if (!toAnnounced && !fromAnnounced) return best;
  const score = (toAnnounced ? 4 : 0) + (fromAnnounced ? 3 : 0) + (sender === null ? 0 : 1);
  // Of equals the latest holds.
  if (best !== null && (score < best.score || (score === best.score && link.from < best.match.link.from))) return best;
  const toCaller = (receiver === link.offer) === link.callerOffers;
  return { match: { link, receiver, sender, toCaller, toAnnounced, fromAnnounced }, score };
}
