import { Flag, Method } from '../../analysis/messages.ts';
import { Field } from '../../analysis/transactions.ts';
import { State } from '../../analysis/verdict/verdict.ts';
import { ipText } from '../../bytes/ip-text.ts';
import type { Media } from '../../decode/sdp.ts';
import { parseAddress } from '../../filter/address.ts';
import type { Session } from '../session.ts';
import { SdpReader } from './sdp-reader.ts';

/** Nanoseconds after a call's last message in which media of it may still begin. */
const AFTERGLOW = 5e9;

/** A media section that one side announced: where it receives, and how. */
export interface MediaEnd {
  /** `address port`, canonical; null where the address is none or the section is refused. */
  readonly key: string | null;
  readonly media: Media;
}

/** A media section of an offer and its answer on one hop. Either may be missing from the capture. */
export interface MediaLink {
  readonly call: number;
  /** A number for each pair of hosts that exchanged SDP of the call, whether there was media or not. */
  readonly leg: number;
  /** From 1. */
  readonly section: number;
  readonly offer: MediaEnd | null;
  readonly answer: MediaEnd | null;
  /** The side that began the call made the offer. */
  readonly callerOffers: boolean;
  /** Row of the message that began the transaction, and whether the side that began the call sent it. */
  readonly askedRow: number;
  readonly callerAsks: boolean;
  /** Nanoseconds: when the offer was made, and until when media of it may begin. */
  readonly from: number;
  readonly until: number;
  /** Rows of the messages that carried offer and answer, -1 where the capture has none. */
  readonly offerRow: number;
  readonly answerRow: number;
}

/** An offer, and the answers to it, of one transaction. */
interface Exchange {
  readonly call: number;
  readonly cseq: number;
  /** Row of the first of its messages that has SDP, and of the one that began the transaction. */
  readonly row: number;
  readonly askedRow: number;
  readonly callerAsks: boolean;
  request: Described | null;
  /** By who answered: forks answer for themselves. */
  readonly responses: Described[];
  acknowledged: Described | null;
}

/** The sections of a description, and the row of the first message that carried it. */
interface Described {
  readonly media: readonly Media[];
  readonly row: number;
}

/** What the SDP of all calls announced, or that of the messages in some rows: offers with their answers, hop by hop (RFC 3264). */
export function mediaLinks(session: Session, rows: readonly number[] | null = null): MediaLink[] {
  const { messages, transactions, calls } = session.analysis;
  const reader = new SdpReader(session);
  const exchanges = new Map<number, Exchange>();
  const waiting = new Map<string, Exchange>();
  const count = rows?.length ?? messages.count;
  for (let index = 0; index < count; index++) {
    const row = rows === null ? index : (rows[index] as number);
    const flags = messages.flags.get(row);
    if ((flags & (Flag.Sdp | Flag.Copy | Flag.Retransmission)) !== Flag.Sdp) continue;
    const call = messages.callId.get(row);
    const transaction = transactions.of.get(row);
    if (call === 0 || transaction === 0) continue;
    const media = reader.read(row);
    if (media === null) continue;
    const isRequest = (flags & Flag.Request) !== 0;
    const cseq = messages.cseqNumber.get(row);
    if (isRequest && messages.cseqMethod.get(row) === Method.ACK) {
      const offered = waiting.get(`${call} ${cseq}`);
      if (offered !== undefined) offered.acknowledged ??= { media, row };
      continue;
    }
    let exchange = exchanges.get(transaction);
    if (exchange === undefined) {
      const callerAsks = messages.fromTag.get(row) === messages.fromTag.get(calls.first(call));
      const askedRow = transactions.get(transaction, Field.First) - 1;
      exchange = { call, cseq, row, askedRow, callerAsks, request: null, responses: [], acknowledged: null };
      exchanges.set(transaction, exchange);
    }
    if (isRequest) exchange.request ??= { media, row };
    else {
      if (!isAmong(exchange.responses, media)) exchange.responses.push({ media, row });
      if (exchange.request === null) waiting.set(`${call} ${cseq}`, exchange);
    }
  }
  const links = new Links(session);
  for (const exchange of exchanges.values()) links.add(exchange);
  return links.list;
}

function isAmong(responses: readonly Described[], media: readonly Media[]): boolean {
  for (const one of responses) if (one.media === media) return true;
  return false;
}

const nothing: readonly Media[] = [];

/** Makes the links of exchanges, in their order. */
class Links {
  readonly list: MediaLink[] = [];
  private readonly session: Session;
  /** By call, CSeq, section and what both sides announced: its place in the list. */
  private readonly known = new Map<string, number>();
  /** By call and pair of hosts; and how many legs a call has. */
  private readonly legs = new Map<string, number>();
  private readonly legCounts = new Map<number, number>();
  /** By call: until when media of it may begin. */
  private readonly untils = new Map<number, number>();
  private readonly keys = new EndKeys();

  constructor(session: Session) {
    this.session = session;
  }

  add(exchange: Exchange): void {
    const { acknowledged, request, responses } = exchange;
    if (request === null) for (const offer of responses) this.pair(exchange, offer, acknowledged);
    else if (responses.length === 0) this.pair(exchange, request, null);
    else for (const answer of responses) this.pair(exchange, request, answer);
  }

  private pair(exchange: Exchange, offer: Described | null, answer: Described | null): void {
    const { call, cseq, row, askedRow, callerAsks } = exchange;
    const { messages } = this.session.analysis;
    const ours = offer?.media ?? nothing;
    const theirs = answer?.media ?? nothing;
    const from = messages.time.get(row);
    const until = this.until(call);
    const src = messages.src.get(row);
    const dst = messages.dst.get(row);
    const hosts = src < dst ? `${call} ${src} ${dst}` : `${call} ${dst} ${src}`;
    for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
      const offered = this.endOf(ours[index]);
      const answered = this.endOf(theirs[index]);
      // A proxy that hands the SDP on as it is adds no leg.
      const key = `${call} ${cseq} ${index} ${offered?.key ?? ''} ${answered?.key ?? ''}`;
      const link: MediaLink = {
        call,
        leg: this.legs.get(hosts) ?? (this.legCounts.get(call) ?? 0) + 1,
        section: index + 1,
        offer: offered,
        answer: answered,
        callerOffers: (exchange.request === null) !== callerAsks,
        askedRow,
        callerAsks,
        from,
        until,
        offerRow: offer?.row ?? -1,
        answerRow: answer?.row ?? -1,
      };
      const same = this.known.get(key);
      if (same === undefined) {
        if (!this.legs.has(hosts)) {
          this.legs.set(hosts, link.leg);
          this.legCounts.set(call, link.leg);
        }
        this.known.set(key, this.list.push(link) - 1);
      } else {
        // The later answer of the same end is the one that holds.
        const first = this.list[same] as MediaLink;
        const answerRow = first.answerRow < 0 ? link.answerRow : first.answerRow;
        const { leg, offerRow } = first;
        this.list[same] = { ...link, leg, from: first.from, offerRow, answerRow, askedRow: first.askedRow };
      }
    }
  }

  private until(call: number): number {
    const known = this.untils.get(call);
    if (known !== undefined) return known;
    const { analysis } = this.session;
    const { state } = analysis.judge(call);
    const isOver = state !== State.inCall && state !== State.ringing && state !== State.calling;
    const until = isOver ? analysis.messages.time.get(analysis.calls.last(call)) + AFTERGLOW : Infinity;
    this.untils.set(call, until);
    return until;
  }

  private endOf(media: Media | undefined): MediaEnd | null {
    if (media === undefined || !isRtp(media)) return null;
    return { key: media.port === 0 ? null : this.keys.of(media.address, media.port), media };
  }
}

function isRtp({ protocol }: Media): boolean {
  return protocol === 'RTP/AVP' || /(?:^|\/)RTP\//iu.test(protocol);
}

/** Says where addresses and ports are: `address port` with the address in its canonical form; an address is read once. */
class EndKeys {
  /** By address as written: its canonical form, null where it is none. */
  private readonly known = new Map<string, string | null>();

  of(address: string | null, port: number): string | null {
    if (address === null) return null;
    let canonical = this.known.get(address);
    if (canonical === undefined) {
      const bytes = parseAddress(address);
      canonical = bytes === null ? null : ipText(Uint8Array.from(bytes));
      this.known.set(address, canonical);
    }
    return canonical === null ? null : `${canonical} ${port}`;
  }
}
