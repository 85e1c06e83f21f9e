import type { CallRow, MessageDetail, MessageDiff, MessageRow, Stats } from './model.ts';
import type { LadderScene } from './ladder.ts';

/** How a capture is opened. */
export interface OpenOptions {
  /** File names as the host sees them; `-` is the host's standard input. Several are merged by time. */
  readonly inputs: readonly string[];
  /** Ports to treat as SIP besides those where content says so. */
  readonly ports?: readonly number[];
  /** Keep a copy of input that cannot be read twice (standard input, compressed files), so that messages can be looked at. Default true. */
  readonly lookBack?: boolean;
}

/** How far reading is. */
export interface Progress {
  readonly packets: number;
  readonly messages: number;
  readonly calls: number;
  readonly bytesRead: number;
  /** Null where the size of an input is not known. */
  readonly bytesTotal: number | null;
  readonly done: boolean;
}

export interface Page {
  /** First row, from 0, of those that match. */
  readonly from: number;
  /** At most this many rows; no more than 10,000 are answered at once. */
  readonly count: number;
  /** Filter expression; all rows without. */
  readonly filter?: string;
}

export interface CallPage extends Page {
  /** Only calls that this method began. */
  readonly method?: string;
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** How many match in all. */
  readonly total: number;
}

export interface TableExport {
  readonly what: 'messages' | 'calls';
  readonly format: 'ndjson' | 'csv' | 'table';
  readonly filter?: string;
  readonly method?: string;
  /** Columns of a terminal; only for `table`. 0: as wide as the data. */
  readonly width?: number;
  readonly colour?: boolean;
}

/** Which calls: those named, those a filter selects, or those named that it selects. One of the two at least. */
export interface CallChoice {
  /** Numbers of calls, or Call-IDs. */
  readonly calls?: readonly (number | string)[];
  readonly filter?: string;
}

export interface LadderQuery extends CallChoice {
  readonly lanes?: 'address' | 'address-port' | 'auto';
  readonly scale?: 'even' | 'time';
}

/** Formats that a ladder can be written in. */
export const ladderFormatNames = ['svg', 'html', 'text', 'mermaid', 'plantuml', 'markdown', 'json'] as const;

export interface LadderExport extends LadderQuery {
  readonly format: string;
  /** Columns of the text format, 80 to 200. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly ascii?: boolean;
  /** Every message an arrow: drawings else fold long runs of messages that repeat each other. */
  readonly unfolded?: boolean;
}

export interface ExtractQuery extends CallChoice {
  /** Also the RTP and RTCP that the calls' SDP announces. Default true. */
  readonly media?: boolean;
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
export interface Methods {
  /** Opens the capture and begins to read it; answers as soon as its formats are known. */
  open: { params: OpenOptions; result: { readonly formats: readonly string[] } };
  /** Answers when all of it was read. */
  done: { params: Record<string, never>; result: Progress };
  progress: { params: Record<string, never>; result: Progress };
  /** With a filter, SIP is counted as far as messages match; packets, ledger and faults are those of the whole capture. */
  stats: { params: { readonly filter?: string }; result: Stats };
  messages: { params: Page; result: Rows<MessageRow> };
  calls: { params: CallPage; result: Rows<CallRow> };
  /** All messages that packet `frame` completed (a TCP segment can complete several), or the one in `row`. */
  message: { params: { readonly frame: number } | { readonly row: number }; result: readonly MessageDetail[] };
  diff: { params: { readonly a: number; readonly b: number }; result: MessageDiff };
  ladder: { params: LadderQuery; result: LadderScene };
  /** Whether a filter is one: null, or where it is wrong. */
  checkFilter: { params: { readonly filter: string }; result: FilterProblem | null };
  /** A table as text; answers in chunks, then with the number of rows. */
  exportTable: { params: TableExport; result: { readonly rows: number } };
  /** A ladder as a document; answers in chunks. */
  exportLadder: { params: LadderExport; result: { readonly messages: number } };
  /** A pcapng of some calls; answers in chunks. */
  extract: { params: ExtractQuery; result: Extracted };
}

export type MethodName = keyof Methods;

/** A mistake in a filter expression; `at` and `end` are offsets in it. */
export interface FilterProblem {
  readonly message: string;
  readonly at: number;
  readonly end: number;
}

/** What the host says without being asked; at most ten times a second. */
export interface Events {
  progress: Progress;
  /** One sentence for the user. */
  warning: { readonly text: string };
}

export type EventName = keyof Events;

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
