import { Extents } from '../decode/extents.ts';
import type { Packet, Transport } from '../decode/packet.ts';
import { SipFault } from '../decode/sip-faults.ts';
import type { SipHead } from '../decode/sip-head.ts';
import { surroundings } from './copies.ts';
import { Digest } from './digest.ts';
import { Flag } from './messages.ts';
import { intentOf } from './intent.ts';
import { knownMethod, Method } from './method.ts';

/**
 * Zero, as a double: a field that begins with it holds doubles from the first message on. With a 0 it would become one
 * when the first number beyond 31 bits comes, and all code that was compiled until then would be compiled anew.
 */
const ZERO = -0;

/**
 * A SIP message as the analyses take it: numbers, and where its identifiers lie. A single object, used again for each
 * message. All that needs the bytes of the message, other than its identifiers, is worked out when it is seen, so that
 * numbers and identifiers are all that whoever keeps and judges has to be told.
 */
export class Sighting {
  /** Nanoseconds since the session's base. */
  time = ZERO;
  /** Where its first byte is in the capture (see Extents), where `origin` is null. */
  position = ZERO;
  /** The pieces it was put together from, null where it stands in the capture in one piece; used again for the next message. */
  origin: Extents | null = null;
  /** All of its bytes, where they do not stand in the capture (`origin.made`). */
  made: Uint8Array | null = null;
  /** Packet that completed it, from 1. */
  frame = 0;
  /** Bytes. */
  length = 0;
  /** Numbers of `Addresses`. */
  src = ZERO;
  dst = ZERO;
  sport = 0;
  dport = 0;
  transport: Transport = 0;
  /** Bits of Flag. */
  flags = 0;
  /** 255 where missing. */
  maxForwards = 0;
  /** At most 255. */
  viaCount = 0;
  /**
   * A number of Method; 0 for a response, and for another method, of which `methodAt` says where it stands: until
   * `Messages` has added it, and given it a number.
   */
  method = 0;
  /** The same of the method in CSeq; 0 where there is none. */
  cseqMethod = 0;
  /** 0 to 999; 0 for a request. */
  status = 0;
  /** Bits of SipFault. */
  faults = 0;
  cseqNumber = ZERO;
  /** Offset of the body in the message, and its bytes. */
  bodyAt = 0;
  bodyLength = 0;
  /** Number of the security association it came out of, 0 where none. */
  association = 0;
  /** See Packet. */
  ipId = -1;
  /** See `surroundings`; only where there is no `ipId`. */
  surroundings = 0;
  /** Hash of all bytes; of provisional responses other than 100. */
  digest = 0;
  /** Bits of Intent; of a REGISTER. */
  intent = 0;

  /** What the places below are in, and a view of the same bytes. Each place is 0 where the message has no such thing. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  callIdAt = 0;
  callIdEnd = 0;
  fromTagAt = 0;
  fromTagEnd = 0;
  toTagAt = 0;
  toTagEnd = 0;
  branchAt = 0;
  branchEnd = 0;
  sentByAt = 0;
  sentByEnd = 0;
  /** Of methods that have no number in Method; -1 for others. */
  methodAt = -1;
  methodEnd = 0;
  cseqMethodAt = -1;
  cseqMethodEnd = 0;

  /** A body that is SDP and nothing else, by the letter of its Content-Type; 0 where it may be or hold one, or does not, and where nobody wants it. */
  sdpAt = 0;
  sdpEnd = 0;

  /** The numbers below are known already. */
  isNumbered = false;
  /** Numbers in the identifiers of `Messages`, which writes them when it adds the message; 0 where there is none. */
  callId = 0;
  fromTag = 0;
  toTag = 0;
  branch = 0;
  sentBy = 0;

  private readonly pieces = new Extents();
  private readonly digests = new Digest();
  readonly wantsSdp: boolean;

  /** @param wantsSdp whether `sdpAt` is filled in. */
  constructor(wantsSdp = false) {
    this.wantsSdp = wantsSdp;
  }

  /** Becomes the message in `packet.bytes[at, end)` that `head` has read. */
  see(packet: Packet, head: SipHead, at: number, end: number, transport: Transport): void {
    const { bytes } = packet;
    const { status, isRequest } = head;
    let flags = isRequest ? Flag.Request : 0;
    if (head.contentTypeAt !== 0 && head.bodyEnd > head.bodyAt && mayHoldSdp(bytes, head.contentTypeAt)) {
      flags |= Flag.Sdp;
    }
    this.flags = flags;
    this.sdpAt = this.wantsSdp && (flags & Flag.Sdp) !== 0 && isPlainSdp(bytes, head) ? head.bodyAt : 0;
    this.sdpEnd = head.bodyEnd;
    this.maxForwards = head.maxForwards & 0xff;
    this.viaCount = head.viaCount < 255 ? head.viaCount : 255;
    this.methods(bytes, head);
    this.status = status;
    this.faults = head.faults;
    this.cseqNumber = head.cseqNumber;
    this.bodyAt = head.bodyAt - at;
    this.bodyLength = head.bodyEnd - head.bodyAt;
    this.digest = status > 100 && status < 200 ? this.digests.of(bytes, at, end) : 0;
    this.intent = this.method === Method.REGISTER ? intentOf(bytes, at, head.bodyAt, head.expires) : 0;
    this.bytes = bytes;
    this.view = head.view;
    this.callIdAt = head.callIdAt;
    this.callIdEnd = head.callIdEnd;
    this.fromTagAt = head.fromTagAt;
    this.fromTagEnd = head.fromTagEnd;
    this.toTagAt = head.toTagAt;
    this.toTagEnd = head.toTagEnd;
    this.branchAt = head.branchAt;
    this.branchEnd = head.branchEnd;
    this.sentByAt = head.viaAt === 0 ? 0 : head.sentByAt;
    this.sentByEnd = head.sentByEnd;
    this.standIn(packet, at, end, transport);
  }

  /** Takes what the packet says of the message that it has in `packet.bytes[at, end)`. */
  standIn(packet: Packet, at: number, end: number, transport: Transport): void {
    const { bytes, origin } = packet;
    if (packet.missing > 0) this.flags |= Flag.Truncated;
    if (packet.association !== 0) this.flags |= Flag.Decrypted;
    this.time = packet.time;
    this.position = packet.position + (at - packet.start);
    this.origin = this.made = null;
    if (origin !== null) this.putTogether(origin, bytes, at, end);
    this.frame = packet.frame;
    this.length = end - at;
    this.src = packet.src;
    this.dst = packet.dst;
    this.sport = packet.sport;
    this.dport = packet.dport;
    this.transport = transport;
    this.association = packet.association;
    this.ipId = packet.ipId;
    this.surroundings = packet.ipId > 0 ? 0 : surroundings(packet);
  }

  private methods(bytes: Uint8Array, head: SipHead): void {
    this.method = this.cseqMethod = 0;
    this.methodAt = this.cseqMethodAt = -1;
    if (head.isRequest) {
      this.method = knownMethod(bytes, head.methodAt, head.methodEnd);
      if (this.method === 0) {
        this.methodAt = head.methodAt;
        this.methodEnd = head.methodEnd;
      }
    }
    if (head.cseqMethodAt === 0) return;
    if (this.method !== 0 && (head.faults & SipFault.CSeqMethod) === 0) {
      this.cseqMethod = this.method;
      return;
    }
    this.cseqMethod = knownMethod(bytes, head.cseqMethodAt, head.cseqMethodEnd);
    if (this.cseqMethod !== 0) return;
    this.cseqMethodAt = head.cseqMethodAt;
    this.cseqMethodEnd = head.cseqMethodEnd;
  }

  private putTogether(origin: Extents, bytes: Uint8Array, at: number, end: number): void {
    const { pieces } = this;
    origin.sliceInto(pieces, at, end);
    if (pieces.starts.length === 1 && !pieces.made) {
      this.position = pieces.positions[0] as number;
      return;
    }
    this.origin = pieces;
    if (pieces.made) this.made = bytes.subarray(at, end);
  }
}

/** `application/sdp` or `multipart/…`, told from two letters: the type itself is looked at when somebody asks. */
function mayHoldSdp(bytes: Uint8Array, at: number): boolean {
  const first = (bytes[at] as number) | 0x20;
  const slash = bytes[at + 11];
  if (first === 0x6d) return true;
  return (
    first === 0x61 &&
    slash === 0x2f &&
    ((bytes[at + 12] as number) | 0x20) === 0x73 &&
    ((bytes[at + 13] as number) | 0x20) === 0x64
  );
}

const plainSdp = Uint8Array.from('application/sdp', (letter) => letter.charCodeAt(0));

function isPlainSdp(bytes: Uint8Array, { contentTypeAt: at, contentTypeEnd: end }: SipHead): boolean {
  if (end - at !== plainSdp.length) return false;
  for (let i = 0; i < plainSdp.length; i++) if (bytes[at + i] !== plainSdp[i]) return false;
  return true;
}
