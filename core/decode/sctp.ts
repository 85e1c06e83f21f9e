import { isAuthAnswer, learnVectors, looksLikeDiameter } from './diameter.ts';
import { Outcome } from './ledger.ts';
import { Transport, type Packet } from './packet.ts';
import type { Decoder, Protocol } from './protocol.ts';
import { SctpAssociations } from './sctp-associations.ts';
import type { SctpFragment } from './sctp-fragments.ts';
import { shortPacket } from './short.ts';
import { SipPort } from './sip-ports.ts';
import { looksLikeSip, skipLineEnds } from './sip-start.ts';
import { couldStart, lineEnd, MAX_START_LINE } from './start-line.ts';

const HEADER = 12;
const DATA = 0;
const DATA_HEADER = 16;
/** RFC 8260 2.1. */
const I_DATA = 64;
const I_DATA_HEADER = 20;

/** Flags of both kinds of chunks. */
const LAST = 1;
const FIRST = 2;
const UNORDERED = 4;

/**
 * SCTP (RFC 9260), also in UDP (RFC 6951), and SIP over it (RFC 4168): each user message is one SIP message, in one
 * DATA chunk or in fragments, told by its content; the payload protocol identifier says nothing of SIP. I-DATA chunks
 * (RFC 8260) are read as well.
 */
export const sctp: Protocol = {
  name: 'sctp',
  routes: { ipProtocol: [132], udpPort: [9899] },
  open(): Decoder {
    const decoder = new SctpDecoder();
    return {
      decode: (packet, at, end) => decoder.decode(packet, at, end),
      claims: looksLikeSctp,
      finish: (packet) => decoder.associations.finish(packet),
    };
  },
};

/** For datagrams: a header, and behind it a chunk of a known type whose length fits. */
function looksLikeSctp(packet: Packet, at: number, end: number): boolean {
  if (end - at < HEADER + 4) return false;
  const type = packet.view.getUint8(at + HEADER);
  const length = packet.view.getUint16(at + HEADER + 2);
  const isKnown = type <= 14 || type === I_DATA || (type >= 0x80 && type <= 0x84) || type >= 0xc0;
  return isKnown && length >= 4 && (at + HEADER + length <= end || packet.missing > 0);
}

class SctpDecoder {
  readonly associations = new SctpAssociations();
  private tag = 0;
  /** The first fragment of the packet that is held. */
  private first: SctpFragment | null = null;

  decode(packet: Packet, at: number, end: number): void {
    if (end - at < HEADER) return shortPacket(packet, tooShort);
    const { view } = packet;
    packet.sport = view.getUint16(at);
    packet.dport = view.getUint16(at + 2);
    this.tag = view.getUint32(at + 4);
    this.first = null;
    packet.outcome = Outcome.OtherSctp;
    let next = at + HEADER;
    while (end - next >= 4) {
      const length = view.getUint16(next + 2);
      if (length < 4) {
        packet.faults.note(badLength, packet.frame);
        break;
      }
      const last = Math.min(end, next + length);
      if (next + length > end && packet.missing === 0) packet.faults.note(beyond, packet.frame);
      const type = view.getUint8(next);
      const header = type === DATA ? DATA_HEADER : type === I_DATA ? I_DATA_HEADER : 0;
      if (header > 0 && last - next > header) this.data(packet, next, last, header, next + length > end);
      // Chunks are padded to four bytes (3.2).
      next += (length + 3) & ~3;
    }
    this.settle(packet);
  }

  /** The packet's chunks are read. */
  private settle(packet: Packet): void {
    if (this.first !== null) this.first.counted = packet.outcome === Outcome.SipSegment;
    this.associations.budget.keep(packet);
  }

  /** A DATA or I-DATA chunk (3.3.1, RFC 8260 2.1). */
  private data(packet: Packet, at: number, end: number, header: number, isCut: boolean): void {
    const { bytes, view } = packet;
    const flags = view.getUint8(at + 1);
    const number = view.getUint32(at + 4);
    const payload = at + header;
    if ((flags & (FIRST | LAST)) !== (FIRST | LAST)) {
      if (isCut) this.other(packet);
      else this.fragment(packet, at, payload, end, flags, number);
      return;
    }
    const start = skipLineEnds(bytes, payload, end);
    if (start === end) return saw(packet, Outcome.KeepAlive);
    if (!looksLikeSip(bytes, start, end)) {
      if (bytes[payload] === 1) learnVectors(packet, payload, end);
      return this.other(packet);
    }
    if (this.associations.lookUpOrOpen(packet, this.tag).seen(number, bytes, payload, end))
      return saw(packet, Outcome.TcpDuplicate);
    this.hand(packet, start, end, isCut);
  }

  private fragment(packet: Packet, at: number, payload: number, end: number, flags: number, tsn: number): void {
    const { bytes, view } = packet;
    const isFirst = (flags & FIRST) !== 0;
    const interleaved = view.getUint8(at) === I_DATA;
    // Numbers of fragments are those of the association, or with I-DATA count within their message.
    let message = 0;
    let number = tsn;
    if (interleaved) {
      const stream = view.getUint16(at + 8) * 2 + ((flags & UNORDERED) === 0 ? 1 : 2);
      message = stream * 2 ** 32 + view.getUint32(at + 12);
      number = isFirst ? 0 : view.getUint32(at + 16);
    }
    const known = this.associations.lookUp(packet, this.tag);
    if (
      isFirst
        ? !couldBeSip(bytes, payload, end) && !beginsAuthAnswer(packet, payload, end)
        : known === null && !onSipPort(packet)
    )
      return this.other(packet);
    const association = known ?? this.associations.lookUpOrOpen(packet, this.tag);
    const { fragments } = association;
    if (association.seen(tsn, bytes, payload, end)) return saw(packet, Outcome.TcpDuplicate);
    const fragment = fragments.add(packet, message, number, payload, end, isFirst, (flags & LAST) !== 0);
    const joined = fragments.whole(packet, message, fragment);
    if (joined === null) {
      this.first ??= fragment;
      saw(packet, Outcome.SipSegment);
      if (fragments.isFull) fragments.giveUp(packet);
      return;
    }
    joined.lend(packet);
    const start = skipLineEnds(packet.bytes, 0, joined.length);
    if (looksLikeSip(packet.bytes, start, joined.length)) this.hand(packet, start, joined.length, false);
    else learnVectors(packet, 0, joined.length);
    joined.restore(packet);
    joined.release();
  }

  private hand(packet: Packet, at: number, end: number, isCut: boolean): void {
    const { missing } = packet;
    if (!isCut) packet.missing = 0;
    packet.sink.sip(packet, at, end, Transport.SCTP);
    packet.missing = missing;
    packet.outcome = Outcome.Sip;
  }

  private other(packet: Packet): void {
    if (onSipPort(packet)) saw(packet, Outcome.NotSipOnSipPort);
  }
}

/** What a packet is counted as, where its chunks say different things: from the least to the most. */
const ranks: readonly number[] = [
  Outcome.OtherSctp,
  Outcome.NotSipOnSipPort,
  Outcome.TcpDuplicate,
  Outcome.KeepAlive,
  Outcome.SipSegment,
  Outcome.Sip,
];

function saw(packet: Packet, outcome: Outcome): void {
  if (ranks.indexOf(outcome) > ranks.indexOf(packet.outcome)) packet.outcome = outcome;
}

/** A first fragment may be cut within the first line. */
function couldBeSip(bytes: Uint8Array, at: number, end: number): boolean {
  const start = skipLineEnds(bytes, at, end);
  if (lineEnd(bytes, start, Math.min(end, start + MAX_START_LINE)) < 0)
    return start === end || couldStart(bytes, start, end);
  return looksLikeSip(bytes, start, end);
}

/** Of Diameter only what may hold keys is put together. */
function beginsAuthAnswer(packet: Packet, at: number, end: number): boolean {
  return packet.ring !== null && looksLikeDiameter(packet.view, at, end) && isAuthAnswer(packet.view, at);
}

function onSipPort(packet: Packet): boolean {
  return packet.sipPorts[packet.sport] !== SipPort.None || packet.sipPorts[packet.dport] !== SipPort.None;
}

const tooShort = {
  protocol: 'sctp',
  code: 'too-short',
  text: 'An SCTP header takes 12 bytes; the packet ends before.',
};
const badLength = {
  protocol: 'sctp',
  code: 'bad-chunk-length',
  text: 'A chunk says that it is shorter than its header of 4 bytes; what follows is not read.',
};
const beyond = {
  protocol: 'sctp',
  code: 'chunk-beyond-packet',
  text: 'The length of a chunk reaches beyond the packet; the chunk is read to its end.',
};
