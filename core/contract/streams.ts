/** RTP streams (`sipglass streams`): field names that the command prints are the names here. */

/** How far SDP, timestamps, arrivals and payloads agree on the packet time. */
export type PtimeVerdict = 'agree' | 'mismatch' | 'over-maxptime' | 'timestamp-clock-wrong' | 'mixed' | 'unknown';

/** Packet time of a stream, ms; null where nothing says it. */
export interface StreamPtime {
  /** `a=ptime` of the offer in force when the stream began, and of its answer. */
  readonly offeredMs: number | null;
  readonly answeredMs: number | null;
  /** What the receiver asked for: the one of the two that is its own. */
  readonly wantedMs: number | null;
  /** `a=maxptime` of the receiver. */
  readonly maxMs: number | null;
  /** By timestamps and clock rate: the most frequent step. */
  readonly timestampMs: number | null;
  /** By the spacing of the packets that came with this step. */
  readonly arrivalMs: number | null;
  /** By size or content of the payload. */
  readonly payloadMs: number | null;
  readonly verdict: PtimeVerdict;
  /** One sentence: what is wrong, and who should change what. */
  readonly explanation: string;
  /** When the packet time changed and stayed so; the first is the one it began with. */
  readonly changes: readonly { readonly ts: string; readonly ms: number }[];
}

/**
 * An estimate after the E-model (ITU-T G.107; G.107.1 for wide band), and what it was made of. The model takes no sound: of
 * SRTP the estimate is as good, with the codec that SDP names; where a mode has to be read in the payload there is none.
 */
export interface StreamMos {
  /** 1 to 4.5, on the scale that `inputs.scale` names: values of different scales cannot be compared. */
  readonly value: number;
  readonly inputs: {
    readonly codec: string;
    readonly scale?: 'narrowband' | 'wideband';
    /** Equipment impairment and packet-loss robustness of the codec (ITU-T G.113); null where none is published (nothing was lost then). */
    readonly ie: number;
    readonly bpl: number | null;
    /** Packets that never came, and that came too late for the jitter buffer, of those expected. */
    readonly lossPercent: number;
    readonly discardPercent: number;
    readonly jitterBufferMs: number;
    /** One way: packet time, jitter buffer, and half the round trip where RTCP tells it. */
    readonly delayMs: number;
    /** 1: losses are taken as random. */
    readonly burstRatio: number;
    readonly rFactor: number;
  };
}

/** What RTCP said of a stream. */
export interface StreamRtcp {
  /** Of the sender, and how many packets its last one counted. */
  readonly senderReports: number;
  readonly sentPackets: number | null;
  /** Of the receiver; its last words on the stream, and the worst of all. */
  readonly receiverReports: number;
  readonly lost: number | null;
  readonly lossPercent: number | null;
  readonly maxLossPercent: number | null;
  readonly jitterMs: number | null;
  readonly maxJitterMs: number | null;
  /** Between where the capture was made and the receiver. */
  readonly roundTripMs: { readonly mean: number; readonly min: number; readonly max: number } | null;
  /** VoIP metrics of an extended report (RFC 3611). */
  readonly xr: {
    readonly lossPercent: number;
    readonly discardPercent: number;
    readonly roundTripMs: number;
    readonly rFactor: number | null;
    readonly mosListening: number | null;
    readonly mosConversation: number | null;
  } | null;
}

/** An event of RFC 4733. */
export interface StreamDtmf {
  /** `0` to `9`, `*`, `#`, `A` to `D`, `flash`, or a number. */
  readonly key: string;
  readonly ts: string;
  readonly durationMs: number;
  /** No packet said that it was over. */
  readonly unended: boolean;
}

/** One RTP stream: 5-tuple and SSRC. */
export interface StreamRow {
  /** Number in the session, from 1; stays the same. */
  readonly id: number;
  /** `0x` and eight digits. */
  readonly ssrc: string;
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  readonly callId: string | null;
  /** Number of the call (`CallRow.id`). */
  readonly call: number | null;
  /** By who sends it; null without a call. */
  readonly direction: 'caller-to-callee' | 'callee-to-caller' | null;
  /** Stretch of the call's media, from 1 on the caller's side: a relay makes two of one. Null without a call. */
  readonly leg: number | null;
  /** The media section of the SDP, from 1, and its type (`audio`). */
  readonly section: number | null;
  readonly media: string | null;
  /** `sdp`: announced. `content`: only its packets show it. */
  readonly recognisedBy: 'sdp' | 'content';
  /** Where addresses are others than announced (NAT, latching, a wrong port): a sentence. */
  readonly addressNote: string | null;
  /** `SRTP` where the SDP says so, or payloads are longer by just its tag. */
  readonly protection: 'SRTP' | null;
  readonly payloadTypes: readonly {
    readonly pt: number;
    /** Null where nobody says. */
    readonly codec: string | null;
    readonly clockRate: number | null;
    readonly packets: number;
  }[];
  /** What the clock rate of the stream is known from; `likely`: it fits timestamps and arrivals. */
  readonly clockFrom: 'sdp' | 'static' | 'likely' | null;
  readonly packets: number;
  readonly expected: number;
  /** `expected` less `packets`: negative where duplicates came (RFC 3550 A.3). */
  readonly lost: number;
  /** Of those expected, how many never came. */
  readonly missing: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
  /** Gaps in the sequence, and the packets of the longest. */
  readonly gaps: number;
  readonly longestGap: number;
  /** Times the sequence went on somewhere else. */
  readonly restarts: number;
  readonly start: string;
  readonly end: string;
  readonly durationMs: number;
  /** First packet. */
  readonly frame: number;
  readonly markers: number;
  readonly payloadTypeChanges: number;
  /** Packets without marker or comfort noise; as in Wireshark. */
  readonly meanDeltaMs: number;
  readonly maxDeltaMs: number;
  /** Null where the clock rate is not known. */
  readonly meanJitterMs: number | null;
  readonly maxJitterMs: number | null;
  /** The same over all packets, markers and comfort noise included. */
  readonly jitterRfc3550: { readonly meanMs: number; readonly maxMs: number } | null;
  /** How much faster the sender's clock goes, parts per million. */
  readonly skewPpm: number | null;
  readonly ptime: StreamPtime;
  readonly mos: StreamMos | null;
  /** Where there is no estimate: a sentence that says why. */
  readonly mosReason?: string | null;
  readonly payloadBytes: number;
  readonly wireBytes: number;
  /** `payloadBytes` of `wireBytes`, 0 to 1. */
  readonly payloadShare: number;
  /** Over the stream's duration, on the link and of IP packets; null for less than two packets. */
  readonly kbpsLayer2: number | null;
  readonly kbpsLayer3: number | null;
  readonly comfortNoise: number;
  /** At most 200. */
  readonly dtmf: readonly StreamDtmf[];
  readonly rtcp: StreamRtcp | null;
  /** What is wrong, for a ladder or a list; null where nothing is. */
  readonly warning: string | null;
}

/** What streams can be sorted by. `call`: its number; `lost`: packets that never came; `verdict`: from what agrees to what is worst. */
export const streamSortNames = [
  'start',
  'call',
  'direction',
  'leg',
  'src',
  'dst',
  'ssrc',
  'codec',
  'packets',
  'lost',
  'lossPercent',
  'meanJitter',
  'maxJitter',
  'maxDelta',
  'ptime',
  'wanted',
  'verdict',
  'mos',
  'duration',
  'bandwidth',
  'warning',
] as const;
export type StreamSortName = (typeof streamSortNames)[number];

/** Streams that have nothing to sort by come last either way; those that are equal stay in the order of their start. */
export interface StreamSort {
  readonly by: StreamSortName;
  readonly descending: boolean;
}

/** A stream as a list shows it: with From and To of its call, null without one. */
export interface StreamLine extends StreamRow {
  readonly from: string | null;
  readonly to: string | null;
}

/** Some streams, in the order in which they began unless sorted. */
export interface StreamList {
  /** Only streams of calls that the filter selects. */
  readonly filter?: string;
  /** Only streams of these calls; numbers or Call-IDs. */
  readonly calls?: readonly (number | string)[];
  readonly sort?: StreamSort;
}

/** Which stretch of a stream is to be measured anew from its packets, and how finely. */
export interface StreamCourseQuery {
  /** `StreamRow.id`. */
  readonly stream: number;
  /** Epoch seconds as text; from the first packet, to the last one without. */
  readonly from?: string;
  readonly to?: string;
  /** Stretches of the same length, 1 to 4,000; 1,000 without. */
  readonly points?: number;
}

/** A stretch of a stream. What is optional is there when the packets were read anew. */
export interface StreamPoint {
  /** Where it begins. */
  readonly ts: string;
  readonly packets: number;
  /** Packets that never came: counted where the gap was noticed. */
  readonly lost: number;
  /** At the end of the stretch (RFC 3550 A.8). */
  readonly jitterMs: number;
  /** Between two packets as they arrived. */
  readonly maxDeltaMs: number;
  /** Step of the timestamps at the end of the stretch. */
  readonly ptimeMs: number | null;
  /** Of the stretch; where the packets were read anew, of the last five seconds (of the stretch, if that is longer). */
  readonly mos: number | null;
  /** The first spacing of arrivals in the stretch, and the shortest; null without one. */
  readonly firstDeltaMs?: number | null;
  readonly minDeltaMs?: number | null;
  readonly maxJitterMs?: number;
  /** The shortest and the longest step of the timestamps of packets that follow each other. */
  readonly minPtimeMs?: number | null;
  readonly maxPtimeMs?: number | null;
  /** Sound in the last payload, where the codec tells. */
  readonly payloadMs?: number | null;
  readonly late?: number;
  readonly duplicates?: number;
}

/** What a mark tells: a gap in the sequence, a sequence that went on elsewhere, another stream on the same ports … */
export type StreamMarkKind = 'ptime' | 'gap' | 'restart' | 'payload-type' | 'ssrc' | 'dtmf' | 'marker';

/** Something that happened in a stream. */
export interface StreamMark {
  readonly ts: string;
  readonly kind: StreamMarkKind;
  /** Of the packet that shows it. */
  readonly frame: number;
  /** `20 ms → 40 ms`, `3 packets lost`, `PCMA → PCMU`, `5` … */
  readonly text: string;
}

/** A stream over time, for charts. */
export interface StreamCourse {
  /**
   * In order. Kept while the capture was read: at most 65 stretches of the same length, the last may be shorter. Where
   * `from`, `to` or `points` were asked for, the packets are read anew: stretches as asked for; those without a packet
   * are left out.
   */
  readonly points: readonly StreamPoint[];
  /** How often packets came so long after the one before: those that follow it in sequence. Steps without any are left out. */
  readonly spacing: readonly { readonly fromMs: number; readonly toMs: number | null; readonly count: number }[];
  /** The rest is there where the packets were read anew. Steps of `spacing` are then 1 ms or 5 ms long. */
  readonly fine?: {
    readonly from: string;
    readonly to: string;
    /** Of a stretch. */
    readonly stepMs: number;
    readonly spacingStepMs: 1 | 5;
    /** In order; at most 200 of each kind. */
    readonly marks: readonly StreamMark[];
    /** Marks beyond that. */
    readonly marksLeftOut: number;
  };
}

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What one side said of a media section in one message. */
export interface MediaWord {
  readonly ts: string;
  /** Of the message: its row, as an arrow of a ladder has it, and packet. */
  readonly row: number;
  readonly frame: number;
  readonly by: 'caller' | 'callee';
  readonly role: 'offer' | 'answer';
  /** `INVITE`, `183`, `200`, `ACK` … */
  readonly message: string;
  /** `PCMA/8000`, in the order of preference. */
  readonly codecs: readonly string[];
  readonly ptimeMs: number | null;
  readonly maxPtimeMs: number | null;
  /** Towards whom it sends: an address of zeros is told as it is, with the direction of the SDP. */
  readonly direction: MediaDirection;
  readonly address: string | null;
  /** 0: the section is refused. */
  readonly port: number;
}

/** A stretch in which one side, or both, asked for no media. */
export interface MediaHold {
  readonly from: string;
  /** Null: until the end. */
  readonly to: string | null;
  readonly by: 'caller' | 'callee' | 'both';
  /** The message that began it. */
  readonly row: number;
  readonly frame: number;
  /** `a=sendonly`, `a=inactive`, `c=0.0.0.0`. */
  readonly how: string;
}

/** A stretch of the way of a media section: between two hosts that exchanged SDP. */
export interface CallMediaLeg {
  /** As `StreamRow.leg`; legs without streams come behind. */
  readonly leg: number;
  /** What the streams carry, null without one. */
  readonly codecToCallee: string | null;
  readonly codecToCaller: string | null;
  /** Numbers of streams (`StreamRow.id`) in the order in which they began. */
  readonly toCallee: readonly number[];
  readonly toCaller: readonly number[];
  /** Offers and answers in order. */
  readonly words: readonly MediaWord[];
  readonly holds: readonly MediaHold[];
}

export interface CallMediaSection {
  /** Of the SDP, from 1, and its type (`audio`). */
  readonly section: number;
  readonly media: string;
  readonly legs: readonly CallMediaLeg[];
}

/** Something wrong with a call's media, at the message that caused it. */
export interface CallMediaWarning {
  readonly text: string;
  /** Row of the message, as an arrow of a ladder has it. */
  readonly row: number;
  readonly frame: number;
  /** `StreamRow.id` */
  readonly stream: number | null;
  readonly severity: 'warn' | 'bad';
}

/** The media of one call: who asked for what, what came of it, and sentences on what is odd; null where nothing is. */
export interface CallMedia {
  /** `CallRow.id` */
  readonly call: number;
  readonly callId: string;
  readonly sections: readonly CallMediaSection[];
  /** Media before the answer without SDP in a provisional response. */
  readonly earlyMedia: string | null;
  readonly oneWay: string | null;
  /** Media from or to an address other than announced (NAT, latching). */
  readonly addresses: string | null;
  readonly transcoding: string | null;
  /** Answered, and over within a second: with both sides' packet times. */
  readonly hungUpAtOnce: string | null;
  readonly warnings: readonly CallMediaWarning[];
}

/** Questions about RTP streams, a part of `Methods`. */
export interface StreamMethods {
  /** Where in the list of `streams` a stream stands, from 0; null where it is not in it. */
  streamPosition: { params: StreamList & { readonly stream: number }; result: { readonly at: number | null } };
  /**
   * How a stream went over time: what was kept while the capture was read, at once; with `from`, `to` or `points` its
   * packets are read anew.
   */
  streamCourse: { params: StreamCourseQuery; result: StreamCourse };
  /** The media of a call (`CallRow.id`): offers and answers, holds, streams, and what is odd about them. */
  callMedia: { params: { readonly call: number }; result: CallMedia };
}
