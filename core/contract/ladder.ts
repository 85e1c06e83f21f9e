/**
 * A ladder as a scene: where lanes, arrows, notes and bands stand, and what is written on them. Screen, SVG and text
 * draw the same scene; nobody who draws decides a position.
 *
 * Lengths and positions are pixels of a drawing at 100 %, whole numbers, the origin at the top left. Every text in a
 * scene is safe to show: control characters, direction overrides and invisible characters stand there as `\x1b` or
 * `\u{202e}`. It still has to be escaped for the format it is written to.
 */
import type { CallState, Protection, TransportName } from './model.ts';

export interface LadderOptions {
  /**
   * What a lane is. `address`: an IP address, come what may. `address-port`: an address and a port, as sngrep draws it.
   * `auto` (default): an address, but split by port where the address talks to itself. TCP client ports are folded into
   * the lane of the port that their sender announced in its Via.
   */
  readonly lanes?: 'address' | 'address-port' | 'auto';
  /** `even` (default): rows at the same distance. `time`: distance grows with time, within bounds. */
  readonly scale?: 'even' | 'time';
  /** A pause from this on gets a note of its own. Default 5,000 ms. */
  readonly gapMs?: number;
  /** Write CSeq beside the label. Default true. */
  readonly cseq?: boolean;
  /** Write the SDP summary below the arrow. Default true. */
  readonly sdp?: boolean;
  /** Pixels that the drawing should be wide, where that can be: lanes move apart or closer together, long labels are cut. */
  readonly room?: number;
  /** One note for six or more messages of a loop that look like those before them. Default false; never to scale. */
  readonly fold?: boolean;
  /** What the column of times says. `relative` (default): seconds since the first message. `clock`: the time of day. */
  readonly times?: 'relative' | 'clock';
  /** Minutes by which the time of day is ahead of UTC, -1,439 to 1,439. Default 0. */
  readonly utcOffset?: number;
  /** Keys of lanes from left to right; those not named follow in their own order, those that are not there are passed over. */
  readonly order?: readonly string[];
}

/**
 * A name for one or several ends; all of them are one lane. Of two hosts that claim an end the one that names its port
 * has it, else the first. With lanes: 'address-port' an end without a port is only a name: its ports stay apart.
 */
export interface LadderHost {
  readonly name: string;
  /** `proxy`, `gateway` …; null: guessed from the messages. */
  readonly role: string | null;
  /** `port: null` is every port of the address. */
  readonly ends: readonly { readonly address: string; readonly port: number | null }[];
}

/** What a colour means; whoever draws knows which colour it is. */
export type LadderInk =
  | 'text'
  | 'muted'
  | 'request'
  | 'end'
  | 'provisional'
  | 'success'
  | 'redirect'
  | 'failure'
  | 'good'
  | 'info'
  | 'warn'
  | 'bad'
  | 'idle';

export interface LadderText {
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** `title` 15 px bold, `strong` 12 px bold, `plain` 12 px, `small` 11 px, `mono` 11 px of fixed width. */
  readonly style: 'title' | 'strong' | 'plain' | 'small' | 'mono';
  readonly ink: LadderInk;
}

export interface LadderBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LadderLane {
  /** Address, or address and port (of a named host: its first end); stable for the same host in another ladder of the capture, whatever its name. */
  readonly key: string;
  /** Name given by the user, else the key. */
  readonly title: string;
  /** Every `address:port` of the lane, IPv6 addresses in brackets; the port that most messages used first. */
  readonly ends: readonly string[];
  readonly role: string | null;
  readonly x: number;
  readonly box: LadderBox;
  /** What stands in the box. */
  readonly texts: readonly LadderText[];
  /** The title again at the foot of a long ladder; null on short ones. */
  readonly foot: LadderText | null;
}

/** A circle or pill with the number of the request, where the arrow begins: the same on each hop. */
export interface LadderBadge {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface LadderArrow {
  readonly kind: 'arrow';
  /** Row of the message in the session. */
  readonly row: number;
  readonly frame: number;
  readonly ts: string;
  /** Seconds since the first message (`1.504`) or time of day (`14:03:21.998`), and the time since the one above (`+498 ms`; '' on the first). */
  readonly time: string;
  readonly delta: string;
  /** Indexes of lanes; equal for a message that a lane sends to itself. */
  readonly from: number;
  readonly to: number;
  /** `address:port` on the wire. */
  readonly src: string;
  readonly dst: string;
  readonly transport: TransportName;
  readonly protection: Protection | null;
  /** `INVITE`, `200 OK`. */
  readonly label: string;
  /** `1 INVITE`, null where the message has none. */
  readonly cseq: string | null;
  /** What else there is to say, most important first: retransmission, SDP, protection, copies. */
  readonly details: readonly string[];
  /** The one of `details` that is about SDP; null where none is. */
  readonly sdp: string | null;
  /** Fault codes of the message. */
  readonly faults: readonly string[];
  /** What this message did to the media of its call; [] for most. */
  readonly marks: readonly LadderMark[];
  /** Index in `calls`. */
  readonly call: number;
  /** Which request of its call it belongs to, from 1: the same on each hop, and for the responses. */
  readonly request: number;
  readonly retransmission: boolean;
  /** Frame that this message repeats on the same hop; null where it repeats none, or one that is not in the ladder. */
  readonly retransmissionOf: number | null;
  /** How many more times the capture saw this very packet. */
  readonly copies: number;
  /** What the hop before changed; absent where nothing was but what every proxy does, and in scenes without these marks. */
  readonly changed?: LadderChange;
  readonly ink: LadderInk;
  readonly y: number;
  /** Where the line begins and where its head points; equal for a loop, which goes out to `loop` and comes back at `loopY`. */
  readonly x1: number;
  readonly x2: number;
  readonly loop: LadderBox | null;
  readonly badge: LadderBadge;
  /** Fitted to the space: the label, what stands behind it, and the line below. */
  readonly above: LadderText;
  readonly beside: string;
  readonly below: LadderText | null;
  /** Width of the line above and of the line below, for a backdrop where they cross a lifeline; 0 where none is needed. */
  readonly backdrop: { readonly above: number; readonly below: number };
  /** A small open lock at this place: came out of ESP; `protection` says how, and the verdict on its ICV. */
  readonly lock: { readonly x: number; readonly y: number } | null;
  /** A pill behind the arrow's right end: what is wrong with the message. */
  readonly pin: (LadderBadge & { readonly ink: LadderInk }) | null;
}

/** A mark on an arrow: the message is not the one that came in on the hop before. */
export interface LadderChange {
  /** Frame of the message on the hop before. */
  readonly frame: number;
  /** How many things changed, beyond what every proxy does. */
  readonly count: number;
  /** Which: `From, X-Proxied, SDP audio 1: codec`. */
  readonly words: string;
}

/** A remark on a row of its own: a long pause, or how many messages were left out because they look like those above. */
export interface LadderNote {
  readonly kind: 'note';
  readonly text: string;
  readonly y: number;
  readonly pill: LadderBadge;
  /** The rule it stands on. */
  readonly x1: number;
  readonly x2: number;
}

/** What is wrong with the media of a call, at the message that caused it. */
export interface LadderMark {
  /** From 1, in the order of the arrows: the same number stands on the arrow and in the list of them. */
  readonly number: number;
  /** A sentence. */
  readonly text: string;
  readonly severity: 'warn' | 'bad';
  /** The stream that shows it; null where the SDP alone does. */
  readonly stream: number | null;
}

/** What was measured of one RTP stream, in a ladder. Numbers are those of `StreamRow`. */
export interface LadderMedia {
  /** Number in the session. */
  readonly stream: number;
  readonly ssrc: string;
  /** `address:port` on the wire. */
  readonly src: string;
  readonly dst: string;
  /** Epoch seconds as text. */
  readonly start: string;
  readonly end: string;
  /** Of the first packet. */
  readonly frame: number;
  readonly direction: 'caller-to-callee' | 'callee-to-caller' | null;
  readonly protection: 'SRTP' | null;
  /** Null where nobody says; then the payload type tells. */
  readonly codec: string | null;
  readonly payloadType: number | null;
  /** Packet time, ms: what was sent, what the receiver asked for (a=ptime) and takes at most (a=maxptime). */
  readonly packetMs: number | null;
  readonly askedMs: number | null;
  readonly maxMs: number | null;
  /** When the packet time changed and stayed so; the first is the one it began with. */
  readonly changes: readonly { readonly ts: string; readonly ms: number }[];
  readonly packets: number;
  readonly expected: number;
  /** Of those expected, how many never came; and in percent. */
  readonly missing: number;
  readonly lossPercent: number;
  readonly durationMs: number;
  readonly maxDeltaMs: number;
  readonly meanJitterMs: number | null;
  readonly maxJitterMs: number | null;
  readonly mos: number | null;
  /** What its scale is: values of different scales cannot be compared. */
  readonly mosScale: 'narrowband' | 'wideband' | null;
  /** Keys that were dialled. */
  readonly dtmf: readonly string[];
  /** Where addresses are others than announced: a sentence. */
  readonly addressNote: string | null;
  /** What is wrong with it; null where nothing is. */
  readonly warning: string | null;
}

/** One or several media streams between two lanes: where they begin, or where their packet time changes. */
export interface LadderBand {
  readonly kind: 'band';
  /** Unique in its ladder, and the same in another ladder of the same calls. */
  readonly key: string;
  readonly part: 'begin' | 'change';
  readonly from: number;
  readonly to: number;
  /** Index in `calls`; -1 for streams of several. */
  readonly call: number;
  /** Numbers of its streams; several where there are too many to be drawn one by one. */
  readonly streams: readonly number[];
  /** What was measured of them; of the first 100 where there are more. [] for a change. */
  readonly media: readonly LadderMedia[];
  /** When it begins, epoch seconds as text. */
  readonly ts: string;
  /** What it is, most important first: `RTP PCMA 20 ms`, `loss 0 %`, `MOS 4.4`. */
  readonly words: readonly string[];
  /** What else there is to say: packets, jitter, DTMF, addresses that are not those announced. */
  readonly details: readonly string[];
  /** What is wrong with it, in sentences; [] where nothing is. */
  readonly warnings: readonly string[];
  /** `address:port` of both ends; '' where several streams have several. */
  readonly src: string;
  readonly dst: string;
  /** Of the first packet; null for a change. */
  readonly frame: number | null;
  /** When it began and how long it went on; '' for a change. */
  readonly time: string;
  readonly duration: string;
  /** Of its middle. */
  readonly y: number;
  /** Between the lanes; `tip` is on the side of the receiver, where it points to. */
  readonly box: LadderBox;
  readonly tip: 'left' | 'right';
  /** From the sender's lane to the box, and from the box to the receiver's: a lane and the edge of the box each. */
  readonly joins: readonly { readonly x1: number; readonly x2: number }[];
  readonly texts: readonly LadderText[];
}

/** A line beside the lane of who sends, for as long as it does. */
export interface LadderRail {
  readonly lane: number;
  /** Of the band it belongs to. */
  readonly band: string;
  readonly x: number;
  readonly y1: number;
  readonly y2: number;
  /** `bad` is dashed too. */
  readonly ink: 'good' | 'bad';
  /** Heights at which the packet time changes. */
  readonly ticks: readonly number[];
}

export type LadderItem = LadderArrow | LadderNote | LadderBand;

export interface LadderSceneCall {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly state: CallState;
  /** The state in words: `Rejected 403`. */
  readonly word: string;
  readonly why: string;
  readonly ink: LadderInk;
  /** Stands before the numbers of its requests where the ladder has several calls: A, B, … */
  readonly letter: string;
  /** Where its swatch and state mark stand in the head; null where the head has no line for it. */
  readonly mark: LadderBadge | null;
}

/** A sample in the legend, with its words. */
export interface LadderLegend {
  readonly sample:
    | 'message'
    | 'retransmission'
    | 'request'
    | 'lock'
    | 'lock-unchecked'
    | 'lock-bad'
    | 'pin'
    | 'change'
    | 'media'
    | 'warn'
    | 'bad'
    | 'none';
  readonly x: number;
  readonly y: number;
  readonly text: LadderText;
}

export interface LadderScene {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** When, how many messages, Call-ID, source: one line. */
  readonly facts: string;
  /** What it shows, in sentences, for those who can't see it. */
  readonly description: string;
  /** `kind`: an arrow has the colour of its ink. `call`: of its call. */
  readonly colours: 'kind' | 'call';
  /** What is written on arrows. Tooltips and lists tell all of it. */
  readonly writes: { readonly cseq: boolean; readonly sdp: boolean };
  /** Messages that notes stand for; only where folding was asked for. */
  readonly folded?: number;
  readonly calls: readonly LadderSceneCall[];
  /** Title, state and facts, above the lanes. */
  readonly head: readonly LadderText[];
  readonly lanes: readonly LadderLane[];
  readonly lifelines: { readonly y1: number; readonly y2: number };
  readonly rails: readonly LadderRail[];
  /** Right edges of the columns left of the lanes. */
  readonly columns: {
    readonly time: number;
    readonly delta: number;
    readonly frame: number;
    readonly titles: readonly LadderText[];
  };
  /** From top to bottom; only some, where `index` is there. */
  readonly items: readonly LadderItem[];
  /** Which ways the requests took over the hops, loops and forks among them: sentences, in documents only. */
  readonly ways?: readonly string[];
  /** Why calls of the ladder are legs of one, a sentence for each two; in documents of all legs only. */
  readonly ties?: readonly string[];
  /** Where all items stand, in a scene that was asked for in parts. */
  readonly index?: LadderIndex;
  readonly legend: readonly LadderLegend[];
}

/** All items of a scene, from top to bottom: as much of each as scrolling and keys need to know before it is there. */
export interface LadderIndex {
  readonly y: readonly number[];
  /** Row of the message; -1 for notes and bands. */
  readonly row: readonly number[];
  /** Places of the bands, and their keys. */
  readonly bands: readonly { readonly at: number; readonly key: string }[];
  /** Seconds since 1970 of the first row, and milliseconds from there to each; null for notes. */
  readonly start: number;
  readonly ms: readonly (number | null)[];
}
