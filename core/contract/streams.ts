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

/** An estimate after the E-model (ITU-T G.107), and what it was made of. */
export interface StreamMos {
  /** 1 to 4.5 */
  readonly value: number;
  readonly inputs: {
    readonly codec: string;
    /** Equipment impairment and packet-loss robustness of the codec (ITU-T G.113). */
    readonly ie: number;
    readonly bpl: number;
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
  /** Stretch of the call's media, from 1: a relay makes two of one. Null without a call. */
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

/** Some streams, in the order in which they began. */
export interface StreamList {
  /** Only streams of calls that the filter selects. */
  readonly filter?: string;
  /** Only streams of these calls; numbers or Call-IDs. */
  readonly calls?: readonly (number | string)[];
}

/** A stream over time, for charts. */
export interface StreamCourse {
  /** At most 65 stretches of the same length; the last may be shorter. `mos` is of the stretch. */
  readonly points: readonly {
    readonly ts: string;
    readonly packets: number;
    readonly lost: number;
    readonly jitterMs: number;
    readonly maxDeltaMs: number;
    readonly ptimeMs: number | null;
    readonly mos: number | null;
  }[];
  /** How often packets came so long after the one before: those that follow it in sequence. Steps without any are left out. */
  readonly spacing: readonly { readonly fromMs: number; readonly toMs: number | null; readonly count: number }[];
}
