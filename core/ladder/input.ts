import type { LadderHost, LadderMedia } from '../contract/ladder.ts';
import type { CallState, Protection, TransportName } from '../contract/model.ts';

/** One end of a message or stream on the wire. */
export interface LadderEnd {
  /** As text, IPv6 without brackets. */
  readonly address: string;
  readonly port: number;
}

/** A SIP message as the ladder needs it; texts are as on the wire. */
export interface LadderMessage {
  /** In the session, from 0. */
  readonly row: number;
  readonly frame: number;
  /** Epoch seconds as text. */
  readonly ts: string;
  /** Nanoseconds since any moment that is the same for all messages of one input. */
  readonly timeNs: number;
  readonly src: LadderEnd;
  readonly dst: LadderEnd;
  readonly transport: TransportName;
  /** Null for a response, or where the message is too broken to tell. */
  readonly method: string | null;
  readonly status: number | null;
  readonly reason: string | null;
  readonly cseq: { readonly number: number; readonly method: string } | null;
  readonly callId: string | null;
  /** Index in `LadderInput.calls`. */
  readonly callIndex: number;
  readonly fromTag: string | null;
  readonly toTag: string | null;
  /** Of the top Via. */
  readonly branch: string | null;
  /** `host:port` or `host` of the top Via; folds the TCP client ports of requests into their sender's lane. */
  readonly sentBy?: string | null;
  /** In a few words: `PCMU/8000 20 ms, sendrecv`. */
  readonly sdp: string | null;
  /** Row of the first message that this one repeats on the same hop. */
  readonly retransmissionOf: number | null;
  /** Row of the message that is the same packet, seen before. */
  readonly copyOf: number | null;
  /** Of the SIP transaction on this hop; what is the same is the same transaction. Null where unknown. */
  readonly transactionKey: string | number | null;
  readonly protection: Protection | null;
  readonly faults: readonly string[];
}

export interface LadderCall {
  readonly callId: string;
  /** Value of From and To, or only their URI. */
  readonly from: string | null;
  readonly to: string | null;
  readonly state: CallState;
  readonly finalStatus?: number | null;
  readonly why: string;
}

/** A media stream to be drawn as a band. */
export interface LadderStream {
  readonly src: LadderEnd;
  readonly dst: LadderEnd;
  /** Where the parties that send and receive have their SIP: an address that is several lanes is known by it. Null where unknown. */
  readonly srcParty: LadderEnd | null;
  readonly dstParty: LadderEnd | null;
  /** Index in `LadderInput.calls`. */
  readonly callIndex: number;
  /** As `LadderMessage.timeNs`. */
  readonly startNs: number;
  readonly endNs: number;
  /** When its packet time changed and stayed so; the first is the one it began with. */
  readonly changes: readonly { readonly timeNs: number; readonly ms: number }[];
  /** What was measured; texts are as on the wire. */
  readonly media: LadderMedia;
}

/** Something to be told at the arrow of a message: what it did to the media. */
export interface LadderRemark {
  /** Of the message. */
  readonly row: number;
  readonly text: string;
  readonly severity: 'warn' | 'bad';
  /** Number of the stream that shows it; null where the SDP alone does. */
  readonly stream: number | null;
}

/** Everything a ladder is made of: plain data, collected by the host for the calls asked for. */
export interface LadderInput {
  /** In capture order. */
  readonly messages: readonly LadderMessage[];
  readonly calls: readonly LadderCall[];
  readonly hosts?: readonly LadderHost[];
  /** In order of their start. */
  readonly streams?: readonly LadderStream[];
  readonly remarks?: readonly LadderRemark[];
  /** Name of the capture, or names joined by `, `, for the head; folders are left out. */
  readonly source?: string | null;
}
