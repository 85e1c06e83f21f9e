import type { Holder, HeldBudget } from './held-bytes.ts';
import type { Packet } from './packet.ts';
import type { Outcome } from './ledger.ts';
import type { FaultKind } from './faults.ts';

/** What cuts one direction of a byte stream into messages. It is fed every byte once, in order. */
export interface Framing {
  /**
   * Takes `packet.bytes[at, end)`, the next bytes of the stream, tells the stream what they were, and returns how far
   * it got: `end`, or where another framing goes on, which it has made the stream's by then.
   */
  feed(packet: Packet, at: number, end: number): number;
  /** The bytes that would come next never will; what comes next comes from further on. `why` is noted where a message is spoilt by it. */
  lost(packet: Packet, why: FaultKind): void;
}

/** What is known of a direction so far. */
export const StreamState = {
  /** Nothing that names a protocol was seen yet. */
  Undecided: 0,
  /** Read by a framing that knows its protocol. */
  Framed: 1,
  Tls: 2,
  /** Another protocol: only the beginnings of segments are looked at. */
  Other: 3,
} as const;
export type StreamState = (typeof StreamState)[keyof typeof StreamState];

/** One direction of a byte stream, as its framing sees it. */
export interface ByteStream extends Holder {
  readonly budget: HeldBudget;
  /** What segments are counted as that hold no SIP. */
  readonly plain: Outcome;
  /** The capture did not keep the bytes right behind those being fed (snaplen). */
  readonly cutBehind: boolean;
  /** Counts the segment being fed as this, unless something better was said of it already. */
  saw(outcome: Outcome): void;
  /** Has the framing of the moment read `packet.bytes[at, end)`. */
  feed(packet: Packet, at: number, end: number): void;
  /** Another framing reads the stream from here on, one that knows the protocol. */
  become(framing: Framing): void;
  /**
   * The stream turns out to be SIP: of the packets counted as `plain` the last `waiting` hold the beginning of the first
   * message, those before are lost.
   */
  claim(packet: Packet, waiting: number): void;
  /** The stream is of no interest any more. */
  dismiss(state: typeof StreamState.Tls | typeof StreamState.Other): void;
  /** The other direction speaks this from here on as well. */
  upgradePeer(framing: (stream: ByteStream) => Framing): void;
  /** A message became whole: the packets that held parts of it are counted rightly. */
  whole(): void;
  /** A message never will be whole: the packets before this one that hold parts of it are counted as lost. */
  spoilt(packet: Packet): void;
}
