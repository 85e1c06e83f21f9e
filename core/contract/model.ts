/**
 * The nouns of the contract: what anyone may ask for, as plain data. Field names that the command prints are the
 * names here, and they do not change their meaning.
 *
 * Times called `ts` are epoch seconds as text with as many decimals as the capture has. Fields ending in `Ms` are
 * milliseconds as numbers. Frames count packets of the capture from 1.
 */

export type TransportName = 'UDP' | 'TCP' | 'TLS' | 'SCTP' | 'WS' | 'WSS';

/** How a message was protected on the wire; null where it was not. */
export interface Protection {
  readonly kind: 'esp';
  /** `0x…` */
  readonly spi: string;
  /** As the option `--esp` names it: `null`, `aes-cbc`, … */
  readonly encryption: string;
  /** `unknown` where no more than the length of the ICV could be found out; `none` where there is none. */
  readonly authentication: string;
  readonly icv: 'good' | 'bad' | 'unchecked';
  readonly keySource: 'user' | 'capture' | 'null-heuristic';
}

/** One SIP message as a row of a table (`sipglass messages`). */
export interface MessageRow {
  readonly frame: number;
  readonly ts: string;
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  readonly transport: TransportName;
  readonly protection: Protection | null;
  readonly method: string | null;
  readonly status: number | null;
  readonly reason: string | null;
  readonly requestUri: string | null;
  readonly cseq: { readonly number: number; readonly method: string } | null;
  readonly callId: string | null;
  readonly fromTag: string | null;
  readonly toTag: string | null;
  /** Branches of all Vias, the topmost first; '' for a Via without one. */
  readonly branches: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly contentType: string | null;
  readonly bodyLength: number;
  /** Frame of the message that this one repeats on the same hop. */
  readonly retransmissionOf: number | null;
  /** Frame of the packet that the capture had already seen. */
  readonly copyOf: number | null;
  /** Came out of an ESP packet that was opened, also of one with NULL encryption; `protection` says how. */
  readonly decrypted: boolean;
  /** Codes of what is wrong with the message, empty for a well-formed one. */
  readonly faults: readonly string[];
  /** Number of its call (`CallRow.id`), null for a message without Call-ID. */
  readonly call: number | null;
  /** Row in the session, from 0: the message's identity for other questions (a frame can hold several messages). */
  readonly row: number;
}

export type InviteState =
  | 'calling'
  | 'ringing'
  | 'in-call'
  | 'completed'
  | 'cancelled'
  | 'rejected'
  | 'busy'
  | 'failed'
  | 'timed-out'
  | 'diverted'
  | 'unacknowledged';
export type OtherState =
  'pending' | 'completed' | 'rejected' | 'timed-out' | 'registered' | 'unregistered' | 'challenged';
export type CallState = InviteState | OtherState;

/** All messages of one Call-ID (`sipglass calls`). */
export interface CallRow {
  /** Number of the call in the session, from 1, in order of first message. */
  readonly id: number;
  readonly callId: string;
  /** Method of the request that began it; null where only responses to an unknown one were seen. */
  readonly method: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  readonly start: string;
  readonly end: string;
  /** Without copies that the capture saw twice. */
  readonly messages: number;
  /**
   * As of the end of the capture (of the inputs that show the call, where there are several). A 2xx that the capture
   * follows for less than a second without ACK is `in-call`, and `unacknowledged` only after that.
   */
  readonly state: CallState;
  /** Final status that decided the state. */
  readonly finalStatus: number | null;
  /** First ringing response (180 to 189 but not 100) after the INVITE. */
  readonly ringingMs: number | null;
  /** 2xx after the INVITE. */
  readonly answerMs: number | null;
  /**
   * From 2xx to BYE, or to the last message where the capture has no BYE. Null for calls never answered, and for
   * unacknowledged ones of which the capture has neither an ACK nor a BYE of the caller: those never were a conversation.
   */
  readonly durationMs: number | null;
  /**
   * Hops that the first request took along its longest way, as far as the capture shows it, 1 to 255: caller, proxy and
   * phone are 2, to however many phones it forks; each pass of a loop counts. Told by the number of Vias.
   */
  readonly hops: number;
  readonly legs: readonly string[];
  readonly findings: number;
  /** The beginning is not in the capture. */
  readonly partial: boolean;
  /** Frame that proves the state, null where its absence does (nobody answered). */
  readonly provenBy: number | null;
  /**
   * Why this state, in one line of about 200 characters: a sentence, and what helps to understand it behind. Quotes reason
   * phrases, `Reason`, `Warning` and `Retry-After`, cut to 80 characters: text of the capture, to be escaped like all of it.
   */
  readonly why: string;
  readonly retransmissions: number;
  readonly copies: number;
  /** Only where headers were asked for: their values in that order, several of one name joined by a comma; null where missing. */
  readonly headers?: readonly (string | null)[];
}

/** A header as it stood on the wire. */
export interface HeaderField {
  /** As written. */
  readonly name: string;
  /** Long name in the spelling of its RFC (`Call-ID` for `i`). */
  readonly canonical: string;
  /** Unfolded, without surrounding white space. */
  readonly value: string;
  /** Offsets in the message. */
  readonly at: number;
  readonly end: number;
}

export interface SdpMedia {
  readonly type: string;
  readonly port: number;
  readonly portCount: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** `c=` in force for this section. */
  readonly address: string | null;
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  readonly ptimeMs: number | null;
  readonly maxptimeMs: number | null;
  /** `a=rtcp` port where given. */
  readonly rtcpPort: number | null;
  readonly rtcpMux: boolean;
  readonly codecs: readonly {
    readonly payloadType: number;
    readonly name: string;
    readonly clockRate: number;
    readonly channels: number;
    readonly parameters: string | null;
  }[];
  readonly attributes: readonly { readonly name: string; readonly value: string | null }[];
}

export interface Sdp {
  readonly origin: string | null;
  readonly sessionName: string | null;
  readonly address: string | null;
  readonly attributes: readonly { readonly name: string; readonly value: string | null }[];
  readonly media: readonly SdpMedia[];
  /** Lines that are not `x=…` or break the grammar: line number from 1, and what is wrong. */
  readonly faults: readonly { readonly line: number; readonly text: string }[];
}

export interface BodyPart {
  readonly contentType: string | null;
  readonly headers: readonly HeaderField[];
  /** Offsets in the message. */
  readonly at: number;
  readonly end: number;
  /** Null where the bytes are not text. */
  readonly text: string | null;
  readonly sdp: Sdp | null;
}

export interface Fault {
  readonly code: string;
  readonly text: string;
}

/** One message in full (`sipglass message`). */
export interface MessageDetail {
  readonly row: MessageRow;
  readonly startLine: string;
  readonly headers: readonly HeaderField[];
  /** One part, or those of a multipart body (nested ones flattened). Empty without a body. */
  readonly parts: readonly BodyPart[];
  readonly faults: readonly (Fault & { readonly at: number | null })[];
  /** The message as text, line ends as on the wire. */
  readonly raw: string;
}

/** A stretch of a packet that one protocol wrote: `[at, end)`, outermost first; a later one may lie within an earlier. */
export interface Layer {
  /** `Ethernet`, `IPv4`, `UDP`, `SIP` … */
  readonly name: string;
  readonly at: number;
  readonly end: number;
}

/** Something that can be put into a filter in place of `[from, to)`. */
export interface Completion {
  readonly kind: 'field' | 'operator' | 'value' | 'word';
  readonly text: string;
  /** What it means, one line; may be empty. */
  readonly about: string;
  readonly from: number;
  readonly to: number;
}

/** Ends that the capture shows to be one server or phone. */
export interface HostGuess {
  /** Its name in Via, Record-Route or Contact where there is one, else its first address. */
  readonly name: string;
  readonly role: string | null;
  /** `port: null` is every port of the address. */
  readonly ends: readonly { readonly address: string; readonly port: number | null }[];
  /** For each reason a sentence with the frame that shows it. */
  readonly evidence: readonly string[];
}

/** Calls and messages over time. */
export interface Timeline {
  /** Of the first step; null where nothing matches. */
  readonly start: string | null;
  readonly stepMs: number;
  /** SIP messages in each step, copies not counted. */
  readonly messages: readonly number[];
  readonly retransmissions: readonly number[];
  /** Calls that began in each step, by the state they came to; only states that occur. */
  readonly calls: readonly { readonly state: CallState; readonly counts: readonly number[] }[];
}

/**
 * How long requests of a method waited, over all transactions that have their request in the capture: what is forwarded
 * is one on each hop. Counted from the first sending. Times are to the microsecond; 0 where none was answered.
 */
export interface ResponseTimes {
  /** `(other)` for all methods together beyond the 100 that most requests have. */
  readonly method: string;
  /** `first`: any response; `ringing`: 180 to 189 to an INVITE; `final`: 200 and more. */
  readonly until: 'first' | 'ringing' | 'final';
  /** Requests that got one. */
  readonly count: number;
  /** Requests that got none. */
  readonly unanswered: number;
  readonly minMs: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Steps double; `toMs` of one is `fromMs` of the next. The first one holds what is below a microsecond too. */
  readonly histogram: readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];
}

/** What one hop changed between two messages (`sipglass diff`). */
export interface MessageDiff {
  readonly a: MessageRow;
  readonly b: MessageRow;
  readonly changes: readonly Change[];
}

export interface Change {
  /** Canonical header name; `start line`, `body`, or `SDP audio 1: a=ptime` and the like. */
  readonly header: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly before: string | null;
  readonly after: string | null;
}

/** `sipglass stats` */
export interface Stats {
  readonly files: readonly {
    readonly name: string;
    readonly format: string;
    readonly bytes: number;
    readonly packets: number;
  }[];
  readonly packets: number;
  readonly bytes: number;
  readonly start: string | null;
  readonly end: string | null;
  readonly messages: number;
  readonly retransmissions: number;
  readonly copies: number;
  readonly calls: number;
  readonly methods: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly transports: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
  readonly media: { readonly packets: number; readonly flows: number };
  /** Every packet once; adds up to `packets`. `lost`: calls may be missing here. */
  readonly ledger: readonly {
    readonly code: string;
    readonly text: string;
    readonly packets: number;
    readonly lost: boolean;
  }[];
  readonly faults: readonly {
    readonly protocol: string;
    readonly code: string;
    readonly text: string;
    readonly count: number;
    readonly frames: readonly number[];
  }[];
  readonly warnings: readonly string[];
}
