import type { AudioExport, AudioMethods } from './audio.ts';
import type {
  CallRow,
  Completion,
  HostGuess,
  Layer,
  MessageDetail,
  MessageDiff,
  MessageRow,
  ResponseTimes,
  Stats,
  Timeline,
} from './model.ts';
import type { LegChoices, LegGroup } from './legs.ts';
import type { Fork, HopChanges, Path, PathList, PathRow } from './paths.ts';
import type { LadderHost, LadderItem, LadderScene } from './ladder.ts';
import type { Progress } from './events.ts';
import type { ChartMethods, ChartsExport } from './charts.ts';
import type { DispatcherMethods, DispatcherQuery } from './dispatcher.ts';
import type { ExtensionsRow } from './extensions.ts';
import type { LiveMethods, LiveOptions } from './live.ts';
import type { RegistrationsQuery, RegistrationsView } from './registrations.ts';
import type { SecurityMethods, TypedKeys } from './security.ts';
import type { StreamLine, StreamList, StreamMethods, StreamSort } from './streams.ts';

export type { EventName, Events, Progress } from './events.ts';

/** How a capture is opened. */
export interface OpenOptions {
  /** File names as the host sees them; `-` is the host's standard input. Several are merged by time. */
  readonly inputs: readonly string[];
  /** Ports to treat as SIP besides those where content says so. */
  readonly ports?: readonly number[];
  /** Keep a copy of input that cannot be read twice (standard input, compressed files), so that messages can be looked at. Default true. */
  readonly lookBack?: boolean;
  /** Measure RTP streams while reading, for `streams` and bands of ladders; a fifth of the time of a capture of media. Default true. */
  readonly streams?: boolean;
  /** Keys for IPsec ESP. Rejects with `bad-request` where they hold a mistake; `checkKeys` says where. */
  readonly keys?: TypedKeys;
  /** Take keys from the capture as well: from the core side's 401 and from Diameter. Default true. */
  readonly autoKeys?: boolean;
  /** Packets as they happen, in place of `inputs`, which is empty then. */
  readonly live?: LiveOptions;
  /** With `-` as the only input: it may go on for days, so that disk and index are bounded as with live packets. Default false. */
  readonly endless?: boolean;
}

export interface Page {
  /** First row, from 0, of those that match. */
  readonly from: number;
  /** At most this many rows; no more than 10,000 are answered at once. */
  readonly count: number;
  /** Filter expression; all rows without. */
  readonly filter?: string;
}

/**
 * What calls can be sorted by. `setup`: until the answer; `talk`: duration; `header:NAME`: that header of the first
 * request. `state`: from what goes on over what went well to what went wrong, then by final status. Texts in any case.
 */
export const callSortNames = [
  'start',
  'end',
  'state',
  'method',
  'from',
  'to',
  'src',
  'dst',
  'callId',
  'finalStatus',
  'ringing',
  'setup',
  'talk',
  'messages',
  'hops',
  'retransmissions',
  'findings',
] as const;
export type CallSortName = (typeof callSortNames)[number] | `header:${string}`;

/** Rows that have nothing to sort by come last either way; rows that are equal stay in the order of their start. */
export interface CallSort {
  readonly by: CallSortName;
  readonly descending: boolean;
}

/** Some calls in some order. */
export interface CallList {
  readonly filter?: string;
  /** Only calls that this method began. */
  readonly method?: string;
  /** By start, the first on top, without. */
  readonly sort?: CallSort;
}

/** What statistics count. */
export interface StatsQuery {
  readonly filter?: string;
  /** Only messages of calls that this method began. */
  readonly method?: string;
  /**
   * `messages` (default): those that the filter matches. `calls`: all messages of the calls that the filter selects, as
   * the list of calls has them. Messages without Call-ID are of no call. `capture`: nothing of SIP, only what is of the
   * whole capture whatever the filter (files, packets, ledger, faults, warnings), which is known without counting.
   */
  readonly of?: 'messages' | 'calls' | 'capture';
}

/** A path as a drawing, or with all that is known of it. */
export interface PathExport {
  readonly path: number;
  readonly format: 'svg' | 'json';
  readonly theme?: 'light' | 'dark';
  /** Names the user gave. */
  readonly hosts?: readonly LadderHost[];
}

export interface CallPage extends Page, CallList {
  /** Also `CallRow.legs`, with what the user says about them; without it they are empty. Finding them takes a look at every call, once. */
  readonly legs?: LegChoices;
  /** Headers of the first request (of the first message, where there is none) to answer in `CallRow.headers`. */
  readonly headers?: readonly string[];
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** How many match in all. */
  readonly total: number;
}

/** Tables that can be written: lists of the capture, and what its statistics show. */
export const tableNames = [
  'messages',
  'calls',
  'streams',
  'paths',
  'forks',
  'methods',
  'statuses',
  'states',
  'timeline',
  'response-times',
  'ledger',
  'dispatcher',
  'registrations',
  'replication',
  'associations',
  'extensions',
] as const;

export interface TableExport extends CallList {
  readonly what: (typeof tableNames)[number];
  /** `ndjson`: one object a line; `json`: the same as one array. `svg`: a drawing, of `dispatcher` only. */
  readonly format: 'ndjson' | 'json' | 'csv' | 'table' | 'svg';
  /** Only these calls of those that match; numbers or Call-IDs. */
  readonly calls?: readonly (number | string)[];
  /** Names of columns in their order, for `csv` and `table` of calls: fields of `CallRow`, `route`, `ringing`, `setup`, `talk`, `life` (milliseconds), or `header:NAME`. All without. */
  readonly columns?: readonly string[];
  /** Steps of a timeline at most, 1 to 2,000. Default 120. */
  readonly buckets?: number;
  /** Columns of a terminal; only for `table`. 0: as wide as the data. */
  readonly width?: number;
  readonly colour?: boolean;
  /** Order of `streams`: theirs is not that of calls. */
  readonly streamSort?: StreamSort;
  /** For `calls`: what the user says about legs. */
  readonly legs?: LegChoices;
  /** For `paths`: only those that were forked, or whose verdict is not `ok`. */
  readonly forked?: boolean;
  readonly odd?: boolean;
  /** Of `dispatcher`; `theme` is of its drawing. */
  readonly dispatcher?: DispatcherQuery;
  readonly theme?: 'light' | 'dark';
}

/** Which calls: those named, those a filter selects, or those named that it selects. One of the two at least. */
export interface CallChoice {
  /** Numbers of calls, or Call-IDs. */
  readonly calls?: readonly (number | string)[];
  readonly filter?: string;
}

export interface LadderQuery extends CallChoice {
  /** As in `LadderOptions`; `host`: addresses and ports that the capture shows to be one server are one lane (`hosts`). */
  readonly lanes?: 'address' | 'address-port' | 'auto' | 'host';
  readonly scale?: 'even' | 'time';
  /** Names the user gave, and ends that are one lane (see `LadderHost`). With `lanes: 'host'` what belongs to a named end gets its name. */
  readonly hosts?: readonly LadderHost[];
  /** Keys of lanes (`LadderLane.key`) from left to right; those not named follow in their own order. */
  readonly order?: readonly string[];
  readonly cseq?: boolean;
  readonly sdp?: boolean;
  /** As in `LadderOptions`, 200 to 20,000; without it labels have the room they need. */
  readonly room?: number;
  /** As in `LadderOptions`. */
  readonly times?: 'relative' | 'clock';
  readonly utcOffset?: number;
  /** One note for a run of messages that repeats the ones before it. Default: false on the screen, true in drawings. */
  readonly fold?: boolean;
  /** Also a band for each RTP stream of the calls. Default false. */
  readonly rtp?: boolean;
  /** Also all other legs of the calls chosen (see `legs`), in one ladder. Default false. */
  readonly withLegs?: boolean;
  /** What the user says about legs. */
  readonly legs?: LegChoices;
}

export interface PathPage extends Page, PathList {}

export interface StreamPage extends Page, StreamList {}

/** Some items of a ladder, by their place in it from 0. */
export interface LadderPart {
  readonly from: number;
  /** At most this many; no more than 10,000 are answered at once. */
  readonly count: number;
}

/** A ladder to look at: with `part` only these items come with the scene (and an index of all), the others by `ladderItems`. */
export interface LadderView extends LadderQuery {
  readonly part?: LadderPart;
}

/** Formats that a ladder can be written in; `png` and `pdf` are bytes, the others text in UTF-8. */
export const ladderFormatNames = [
  'svg',
  'png',
  'pdf',
  'html',
  'text',
  'mermaid',
  'plantuml',
  'markdown',
  'json',
] as const;

export interface LadderExport extends LadderQuery {
  readonly format: string;
  /** Columns of the text format, 80 to 200. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly ascii?: boolean;
  /** Pixels of a PNG for each pixel of the drawing, 1 to 4. Default 2, or what an image can hold. */
  readonly pixelRatio?: number;
}

export interface ExtractQuery extends CallChoice {
  /** Also the RTP and RTCP that the calls' SDP announces. Default true. */
  readonly media?: boolean;
  /** Write what was inside ESP that could be opened, as plain IP packets without it. Default false: packets as captured. */
  readonly decrypted?: boolean;
  /** Also all other legs of the calls. Default false. */
  readonly withLegs?: boolean;
  /** What the user says about legs. */
  readonly legs?: LegChoices;
}

export interface Extracted {
  readonly packets: number;
  readonly messages: number;
  readonly media: number;
  /** The packets are of several link types: Wireshark reads such a file, libpcap (tcpdump, sngrep) does not. */
  readonly mixedLinks: boolean;
  /** TCP connections that also carried other calls, which were left out: their streams have holes. */
  readonly sharedConnections: number;
}

/** What may be asked: parameters and answer of each method, tied together once. */
export interface Methods
  extends SecurityMethods, StreamMethods, AudioMethods, ChartMethods, DispatcherMethods, LiveMethods {
  /** Opens the capture and begins to read it; answers as soon as its formats are known. */
  open: { params: OpenOptions; result: { readonly formats: readonly string[] } };
  /** For a host that was started with its inputs: what `open` would have answered, once it has. Rejects as `open` does. */
  opened: {
    params: Record<string, never>;
    result: { readonly formats: readonly string[]; readonly names: readonly string[] };
  };
  /** Answers when all of it was read. */
  done: { params: Record<string, never>; result: Progress };
  progress: { params: Record<string, never>; result: Progress };
  /** With a filter, SIP is counted as far as messages match; packets, ledger and faults are those of the whole capture. */
  stats: { params: StatsQuery; result: Stats };
  messages: { params: Page; result: Rows<MessageRow> };
  calls: { params: CallPage; result: Rows<CallRow> };
  /** RTP streams, in the order in which they began unless sorted; answers when all of the capture was read. */
  streams: { params: StreamPage; result: Rows<StreamLine> };
  /** Where in the list a call stands, from 0; null where it is not in it. */
  callPosition: { params: CallList & { readonly call: number }; result: { readonly at: number | null } };
  /** All messages that packet `frame` completed (a TCP segment can complete several), or the one in `row`. */
  message: { params: { readonly frame: number } | { readonly row: number }; result: readonly MessageDetail[] };
  /** From the first message of frame `a` to the first of frame `b`, or between the messages in two rows. */
  diff: {
    params: { readonly a: number; readonly b: number } | { readonly rows: readonly [number, number] };
    result: MessageDiff;
  };
  /** Bytes of a message as they were joined from its segments, or of the packet that completed it, as captured; in chunks. */
  bytes: {
    params: { readonly row: number; readonly what: 'message' | 'packet' };
    result: { readonly layers: readonly Layer[] };
  };
  /** The message of the same transaction on the hop before (for the first hop: null), to be compared with `diff`. */
  hopBefore: { params: { readonly row: number }; result: { readonly row: number; readonly frame: number } | null };
  /** Transactions that were seen on more than one hop, in the order of their first message; answers when all was read. */
  paths: { params: PathPage; result: Rows<PathRow> };
  /** One of them in full, by its number. */
  path: { params: { readonly path: number }; result: Path };
  /** The paths that the message in a row is part of, null where it was seen on one hop only. */
  pathOf: { params: { readonly row: number }; result: { readonly path: number; readonly hop: number } | null };
  /** Where requests were sent to several places, each tree from its first fork. */
  forks: { params: PathPage; result: Rows<Fork> };
  /** What the hops before some messages changed; rows that no hop before is known of are left out. */
  hopChanges: { params: { readonly rows: readonly number[] }; result: readonly HopChanges[] };
  /** For each of these calls that has other legs, the group it is in; each group once. All groups without `calls`, 10,000 at most. */
  legs: {
    params: LegChoices & { readonly calls?: readonly (number | string)[] };
    result: readonly LegGroup[];
  };
  ladder: { params: LadderView; result: LadderScene };
  /** Items of a ladder that is looked at in parts; `of` is how many it has. The scene is kept: the same query finds it again at once. */
  ladderItems: {
    params: LadderQuery & { readonly part: LadderPart };
    result: { readonly items: readonly LadderItem[]; readonly of: number };
  };
  /** Addresses and ports that belong to one server or phone, and what shows it; for the calls chosen, else for all. */
  hosts: { params: CallChoice; result: readonly HostGuess[] };
  /** Calls and all their messages over time, in at most `buckets` steps (1 to 2,000) of a round length. */
  timeline: { params: CallList & { readonly buckets: number }; result: Timeline };
  /** How long requests waited for their answers, for each method; the most frequent method first. Counted is a request that matches. */
  responseTimes: { params: StatsQuery; result: readonly ResponseTimes[] };
  /** Registrations by address of record, and replication between registrars. */
  registrations: { params: RegistrationsQuery; result: RegistrationsView };
  /** What each side of the calls can, demands and refuses; by start. */
  extensions: { params: CallChoice & Page; result: Rows<ExtensionsRow> };
  /** Whether a filter is one: null, or where it is wrong. */
  checkFilter: { params: { readonly filter: string }; result: FilterProblem | null };
  /** What could stand at `at` (an offset in UTF-16 units) in a filter, the likeliest first. */
  completions: { params: { readonly filter: string; readonly at: number }; result: readonly Completion[] };
  /** A table as text; answers in chunks, then with the number of rows. */
  exportTable: { params: TableExport; result: { readonly rows: number } };
  /** A ladder as a document; answers in chunks. */
  exportLadder: { params: LadderExport; result: { readonly messages: number } };
  /** A path as a document; answers in chunks. */
  exportPath: { params: PathExport; result: { readonly hops: number } };
  /** A pcapng of some calls; answers in chunks. */
  extract: { params: ExtractQuery; result: Extracted };
  /**
   * Writes what another method answers in chunks to a file. `target` stands for a file that the user chose in a dialog
   * of the desktop; a host without a desktop knows none and answers `not-found`. Nothing half-written stays behind.
   */
  save: { params: { readonly target: string } & Document; result: { readonly bytes: number } };
}

/** What can be written to a file: a method that answers in chunks, and its parameters. */
export type Document =
  | { readonly method: 'exportTable'; readonly params: TableExport }
  | { readonly method: 'exportLadder'; readonly params: LadderExport }
  | { readonly method: 'exportPath'; readonly params: PathExport }
  | { readonly method: 'exportCharts'; readonly params: ChartsExport }
  | { readonly method: 'extract'; readonly params: ExtractQuery }
  | { readonly method: 'exportAudio'; readonly params: AudioExport }
  | { readonly method: 'exportCapture'; readonly params: Record<string, never> };

export type MethodName = keyof Methods;

/** A mistake in a filter expression; `at` and `end` are offsets in it. */
export interface FilterProblem {
  readonly message: string;
  readonly at: number;
  readonly end: number;
}

/** Why a question was not answered. `capture`: the input; `filter`, `not-found`, `bad-request`: the question; `cancelled`; `internal`: a bug of ours. */
export type ErrorCode = 'capture' | 'filter' | 'not-found' | 'bad-request' | 'cancelled' | 'internal';

/** An error that crosses the pipe: one sentence, and for filters the place. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: ErrorCode;
  readonly problem: FilterProblem | null;

  constructor(code: ErrorCode, message: string, problem: FilterProblem | null = null) {
    super(message);
    this.code = code;
    this.problem = problem;
  }
}
