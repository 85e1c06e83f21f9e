import { Outcome, type Ledger } from './ledger.ts';
import type { Faults } from './faults.ts';
import type { Routes } from './protocol.ts';
import type { Addresses } from './addresses.ts';
import { Associations } from './esp-associations.ts';
import type { InsideSink } from './esp-inside.ts';
import type { EspRing } from './esp-lock.ts';
import type { Extents } from './extents.ts';
import type { Fragments } from './fragments.ts';
import { Refusals } from './refusals.ts';
import { usualSipPorts } from './sip-ports.ts';

/** What the decoders hand whole SIP messages to. */
export interface SipSink {
  /**
   * `packet.bytes[at, end)` begins with a SIP message (leading line ends already skipped) whose transport carried it
   * whole: a datagram's payload, or exactly one message framed out of a stream.
   */
  sip(packet: Packet, at: number, end: number, transport: Transport): void;
}

/** What the decoders tell of datagrams that are not SIP and may be media. */
export interface MediaSink {
  /** A UDP payload (or what is in TURN ChannelData or HEP) that has the form of RTP or RTCP, see `isMediaForm`: `packet.bytes[at, end)`. */
  media(packet: Packet, at: number, end: number): void;
  /** Left out where each packet is to be seen. */
  readonly counting?: MediaCounting;
}

/** For packets of which no more is wanted than how many there are. */
export interface MediaCounting {
  /** Whether the flow of the packet that was told of last is known, so that others of it need only be counted. */
  readonly isKnown: boolean;
  /** There are so many more packets of known flows. */
  more(packets: number): void;
}

/** Packets that stand behind the one at hand. */
export interface Upcoming {
  /**
   * Writes where in `packet.bytes` they begin and end, pair by pair in their order, as many as are there and fit; returns
   * how many. It may leave off early: they come in their turn all the same.
   */
  upcoming(into: Int32Array): number;
  /** What their records look like where they are all of one form; then the first one begins at `next` of `packet.bytes`, and what is there ends at `end`. Null where they are not. */
  readonly form: RecordForm | null;
  readonly next: number;
  readonly end: number;
}

/** Records of a capture that are all of one form (see RecordLayout in core/capture). */
export interface RecordForm {
  readonly little: boolean;
  readonly longest: number;
  /** Nanoseconds of a part of a second. */
  readonly scale: number;
  readonly linkType: number;
}

/**
 * Opens a DEFLATE stream without a header (RFC 1951): `dictionary` is what was opened before it, null where nothing was.
 * Null where the bytes are damaged, or more than `limit` would come out.
 */
export type InflateRaw = (bytes: Uint8Array, dictionary: Uint8Array | null, limit: number) => Uint8Array | null;

export const Transport = { UDP: 0, TCP: 1, TLS: 2, SCTP: 3, WS: 4, WSS: 5 } as const;
export type Transport = (typeof Transport)[keyof typeof Transport];
export const transportNames = ['UDP', 'TCP', 'TLS', 'SCTP', 'WS', 'WSS'] as const;

/** Zero, as a double, for fields that soon hold one: what is compiled before would have to be compiled anew. */
const ZERO = -0;

/**
 * One packet on its way through the decoders: a single object, used again for each packet. Decoders write what they
 * found into it and call the next one. `bytes` and `view` change when a decoder goes on with bytes that do not stand in
 * the capture as they are (a datagram put together from fragments, decrypted or decompressed bytes); whoever swaps
 * them swaps them back.
 */
export class Packet {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));

  /** Number of the packet in the capture, from 1. */
  frame = 0;
  /** Nanoseconds since the session's base second. */
  time = ZERO;
  /** Where in `bytes` the packet begins, as captured. */
  start = 0;
  /** Where in `bytes` the captured bytes end. */
  end = 0;
  /** Position of byte `start` in the capture (see Extents), while `bytes` are the capture's own. */
  position = ZERO;
  linkType = 0;
  interfaceId = 0;
  /** Bytes of the packet that the capture did not keep (snaplen). */
  missing = 0;
  /** What comes next in the capture; null where that cannot be seen. */
  upcoming: Upcoming | null = null;

  /** How many tunnels and shims (VLAN, MPLS, PPP …) deep we are; see `deeper`. */
  depth = 0;
  /** 4 or 6 once there was an IP header, else 0; of the innermost header so far. */
  family = 0;
  /** Addresses of the innermost IP header, as numbers of `addresses`. */
  src = ZERO;
  dst = ZERO;
  /** Identification of the innermost IPv4 header or IPv6 fragment header; -1 for IPv6 without one. */
  ipId = -1;
  /** TTL or hop limit. */
  ttl = 0;
  /** Ports of the innermost transport header. */
  sport = 0;
  dport = 0;
  /** Flags of the innermost TCP header, -1 without one; its sequence number and the bytes of data behind it. */
  tcpFlags = -1;
  tcpSeq = 0;
  tcpLength = 0;
  /**
   * Where the innermost IP header began in the capture's own bytes: what stands before it (link header, VLANs, tunnels)
   * tells two captures of one packet from two packets. -1 once the bytes are put together from several packets.
   */
  networkAt = -1;
  /** Null while `bytes` are the capture's own; else where they came from (put together, decrypted, unmasked …). */
  origin: Extents | null = null;
  /** Number of the security association the bytes came out of, 0 where none. */
  association = 0;
  /** What became of the packet; one of Outcome, written by the decoder that stops. */
  outcome = 0;

  /** SipPort by port number: where SIP is expected, and where the user said so. */
  readonly sipPorts: Uint8Array = usualSipPorts();

  /** ICMP errors about SIP. */
  readonly refusals = new Refusals();

  readonly routes: Routes;
  readonly addresses: Addresses;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly fragments: Fragments;
  /** IPsec security associations, and what was learnt of them. */
  readonly associations: Associations;
  /** Keys for them; null where there are none and none are learnt. */
  readonly ring: EspRing | null;
  /** Who wants to know what is inside ESP; null where nobody does. */
  readonly insideSink: InsideSink | null;
  readonly sink: SipSink;
  readonly mediaSink: MediaSink;
  /** For compressed WebSocket messages (RFC 7692); null where the host has none. */
  readonly inflateRaw: InflateRaw | null;

  constructor(
    services: Pick<Packet, 'routes' | 'addresses' | 'ledger' | 'faults' | 'fragments' | 'sink' | 'mediaSink'> & {
      readonly inflateRaw?: InflateRaw | null;
      readonly associations?: Associations;
      readonly ring?: EspRing | null;
      readonly insideSink?: InsideSink | null;
    },
  ) {
    this.routes = services.routes;
    this.addresses = services.addresses;
    this.ledger = services.ledger;
    this.faults = services.faults;
    this.fragments = services.fragments;
    this.associations = services.associations ?? new Associations();
    this.ring = services.ring ?? null;
    this.insideSink = services.insideSink ?? null;
    this.sink = services.sink;
    this.mediaSink = services.mediaSink;
    this.inflateRaw = services.inflateRaw ?? null;
  }

  /** Forgets what the packet before left behind. The driver writes the fields about the capture itself. */
  begin(): void {
    this.depth = 0;
    this.family = 0;
    this.src = 0;
    this.dst = 0;
    this.sport = 0;
    this.dport = 0;
    this.tcpFlags = -1;
    this.ipId = -1;
    this.ttl = 0;
    this.networkAt = -1;
    this.origin = null;
    this.association = 0;
    this.outcome = Outcome.Unset;
  }
}

/** Tunnels and shims within each other that are followed at most. */
export const MAX_DEPTH = 16;
