import { Flag, Method } from '../../analysis/messages.ts';
import { Field } from '../../analysis/transactions.ts';
import { State } from '../../analysis/verdict/verdict.ts';
import { ipText } from '../../bytes/ip-text.ts';
import { wireText } from '../../bytes/text.ts';
import { readSdp, type Media, type SessionDescription } from '../../decode/sdp.ts';
import { SipHead } from '../../decode/sip-head.ts';
import { readParts } from '../../decode/sip-body.ts';
import { parseAddress } from '../../filter/address.ts';
import type { Session } from '../session.ts';

/** Nanoseconds after a call's last message in which media of it may still begin. */
const AFTERGLOW = 5e9;
/** Descriptions that are remembered: each hop and each answer has the same again. */
const MOST_KEPT = 2000;

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

/** A description, and the row of the first message that carried it. */
interface Described {
  readonly sdp: SessionDescription;
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
    const sdp = reader.read(row);
    if (sdp === null) continue;
    const isRequest = (flags & Flag.Request) !== 0;
    const cseq = messages.cseqNumber.get(row);
    if (isRequest && messages.cseqMethod.get(row) === Method.ACK) {
      const offered = waiting.get(`${call} ${cseq}`);
      if (offered !== undefined) offered.acknowledged ??= { sdp, row };
      continue;
    }
    let exchange = exchanges.get(transaction);
    if (exchange === undefined) {
      const callerAsks = messages.fromTag.get(row) === messages.fromTag.get(calls.first(call));
      const askedRow = transactions.get(transaction, Field.First) - 1;
      exchange = { call, cseq, row, askedRow, callerAsks, request: null, responses: [], acknowledged: null };
      exchanges.set(transaction, exchange);
    }
    if (isRequest) exchange.request ??= { sdp, row };
    else {
      if (!exchange.responses.some((one) => one.sdp === sdp)) exchange.responses.push({ sdp, row });
      if (exchange.request === null) waiting.set(`${call} ${cseq}`, exchange);
    }
  }
  return linksOf(session, [...exchanges.values()]);
}

function linksOf(session: Session, exchanges: readonly Exchange[]): MediaLink[] {
  const { analysis } = session;
  const { messages, calls } = analysis;
  const links: MediaLink[] = [];
  const known = new Map<string, number>();
  const legs = new Map<number, Map<string, number>>();
  const untils = new Map<number, number>();
  for (const exchange of exchanges) {
    const { call, row, askedRow, callerAsks, request, responses, acknowledged } = exchange;
    let until = untils.get(call);
    if (until === undefined) {
      const { state } = analysis.judge(call);
      const isOver = state !== State.inCall && state !== State.ringing && state !== State.calling;
      until = isOver ? messages.time.get(calls.last(call)) + AFTERGLOW : Infinity;
      untils.set(call, until);
    }
    const hosts = [messages.src.get(row), messages.dst.get(row)].toSorted((a, b) => a - b).join(' ');
    const ofCall = legs.get(call) ?? new Map<string, number>();
    legs.set(call, ofCall);
    const pairs: readonly (readonly [Described | null, Described | null])[] =
      request === null
        ? responses.map((offer) => [offer, acknowledged] as const)
        : responses.length === 0
          ? [[request, null]]
          : responses.map((answer) => [request, answer] as const);
    for (const [offer, answer] of pairs) {
      const [ours, theirs] = [offer?.sdp.media ?? [], answer?.sdp.media ?? []];
      for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
        const offered = endOf(ours[index]);
        const answered = endOf(theirs[index]);
        // A proxy that hands the SDP on as it is adds no leg.
        const key = [call, exchange.cseq, index, offered?.key, answered?.key].join(' ');
        const link = {
          call,
          leg: ofCall.get(hosts) ?? ofCall.size + 1,
          section: index + 1,
          offer: offered,
          answer: answered,
          callerOffers: (request === null) !== callerAsks,
          askedRow,
          callerAsks,
          from: messages.time.get(row),
          until,
          offerRow: offer?.row ?? -1,
          answerRow: answer?.row ?? -1,
        };
        const same = known.get(key);
        if (same !== undefined) {
          // The later answer of the same end is the one that holds.
          const first = links[same] as MediaLink;
          const answerRow = first.answerRow < 0 ? link.answerRow : first.answerRow;
          const { leg, from, offerRow } = first;
          links[same] = { ...link, leg, from, offerRow, answerRow, askedRow: first.askedRow };
          continue;
        }
        ofCall.set(hosts, link.leg);
        known.set(key, links.push(link) - 1);
      }
    }
  }
  return links;
}

function endOf(media: Media | undefined): MediaEnd | null {
  if (media === undefined || !/(?:^|\/)RTP\//iu.test(media.protocol)) return null;
  return { key: media.port === 0 ? null : endKey(media.address, media.port), media };
}

/** `address port` with the address in its canonical form. */
export function endKey(address: string | null, port: number): string | null {
  const bytes = address === null ? null : parseAddress(address);
  return bytes === null ? null : `${ipText(Uint8Array.from(bytes))} ${port}`;
}

/** Reads the first SDP of messages; the same text is read once. */
class SdpReader {
  private readonly session: Session;
  private readonly head = new SipHead();
  private readonly latin = new TextDecoder('latin1');
  /** By text, or by number in the session's notes. */
  private readonly known = new Map<string | number, SessionDescription | null>();

  constructor(session: Session) {
    this.session = session;
  }

  read(row: number): SessionDescription | null {
    const { analysis, lookBack, sdp: notes } = this.session;
    const noted = notes.of(row);
    if (noted !== 0) return this.known.get(noted) ?? this.keep(noted, readSdp(wireText(notes.bytesOf(noted))));
    const bytes = lookBack.bytesOf(row);
    const text = this.latin.decode(bytes.subarray(analysis.messages.bodyAt.get(row)));
    const known = this.known.get(text);
    return known === undefined ? this.keep(text, this.parse(bytes)) : known;
  }

  private keep(key: string | number, sdp: SessionDescription | null): SessionDescription | null {
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(key, sdp);
    return sdp;
  }

  private parse(bytes: Uint8Array): SessionDescription | null {
    const { head } = this;
    head.scan(bytes, 0, bytes.length);
    const { contentTypeAt: valueAt, contentTypeEnd: end } = head;
    const type = { name: '', canonical: 'Content-Type', value: '', at: valueAt, end, valueAt };
    const parts = readParts(bytes, head.bodyAt, head.bodyEnd, valueAt === 0 ? [] : [type], []);
    return parts.find(({ sdp }) => sdp !== null)?.sdp ?? null;
  }
}
