import type { Needle } from './search.ts';

/**
 * What a filter needs of a session. The host binds it to its tables; the filter knows none of them. Rows are SIP
 * messages, 0 to count-1; calls have the numbers 1 to calls.
 */

/** Numbers by row or by call number; NaN where the row has none. Flags are 1 and 0. Must not allocate. */
export interface NumberColumn {
  get(index: number): number;
}

/** Interned text by row or by call number: equal text has equal ids. Must not allocate in `get`. */
export interface TextColumn {
  /** Id of the row's text; 0 where the row has none. */
  get(index: number): number;
  /** All ids are below. */
  readonly size: number;
  /** The text of an id; null for 0. Asked once per distinct id at most. */
  text(id: number): string | null;
  /** The same as bytes, where the column has them: spares the decoding when text is compared. */
  bytesOf?(id: number): Uint8Array;
}

/** Columns of numbers by message. `time` is in nanoseconds since `base`; lengths are bytes. */
export type MessageNumber =
  | 'frame'
  | 'time'
  | 'status'
  | 'cseq.number'
  | 'sport'
  | 'dport'
  | 'max-forwards'
  | 'length'
  | 'body.length'
  | 'via.count'
  | 'request'
  | 'response'
  | 'retransmission'
  | 'copy'
  | 'decrypted'
  | 'truncated'
  | 'sdp';

/** Columns of text by message. `src` and `dst` are IP addresses in their usual spelling; `fault` is codes, a space between them. */
export type MessageText =
  | 'method'
  | 'cseq.method'
  | 'call-id'
  | 'from.tag'
  | 'to.tag'
  | 'via.branch'
  | 'via.sent-by'
  | 'src'
  | 'dst'
  | 'transport'
  | 'fault';

/** Columns of numbers by call. `duration`, `ringing`, `answer` and `span` are nanoseconds. */
export type CallNumber =
  | 'call'
  | 'duration'
  | 'ringing'
  | 'answer'
  | 'span'
  | 'hops'
  | 'messages'
  | 'call.status'
  | 'call.retransmissions'
  | 'findings'
  | 'problem'
  | 'partial';

export type CallText = 'state' | 'call.method';

/**
 * A part of a message that no column holds: the host reads the messages' bytes once, fills a column, and keeps it.
 *
 * - `request-line`, `status-line`, `reason` (the reason phrase): part `value`.
 * - `request-uri`: `value` (as it stands), `user`, `host`, `port`.
 * - `header`: `value` is all its values, unfolded, several lines joined by `, `. The other parts are of its first value:
 *   `address` display name and URI without the header's parameters, `display` without quotes, `uri`, `user`, `host`,
 *   `port`; `type` is what stands before the first `;`.
 *
 * Absent (id 0) where the message has no such thing.
 */
export interface Derivation {
  readonly place: 'request-line' | 'status-line' | 'reason' | 'request-uri' | 'header';
  /** Long name in lower case (`call-id` also stands for the compact `i`); empty unless `place` is `header`. */
  readonly header: string;
  readonly part: 'value' | 'address' | 'display' | 'uri' | 'user' | 'host' | 'port' | 'type';
}

/** A test on a message's bytes, for `scan`. */
export interface BytesTest {
  /** What is handed to `test`: the whole message, or its body (not called for messages without one). */
  readonly region: 'message' | 'body';
  /** Whether `bytes[from, to)` passes. Keeps nothing of `bytes`. */
  test(bytes: Uint8Array, from: number, to: number): boolean;
  /** Texts of which one stands in all bytes that pass: what has none need not be tested. Null where there are none such. */
  readonly needles: readonly Needle[] | null;
  /** Whatever holds one of them passes. */
  readonly sure: boolean;
}

/** What says that nobody waits for the answer any more; an AbortSignal is one. */
export interface Cancel {
  readonly aborted: boolean;
}

export interface FilterSource {
  /** Messages. */
  readonly count: number;
  /** Calls: the highest call number. */
  readonly calls: number;
  /** Seconds since 1970 that the nanoseconds of `time` count from. */
  readonly base: number;
  /** Time of the first packet, in nanoseconds since `base`. */
  readonly start: number;
  /** Call number by row; 0 for a message of no call. */
  readonly callOf: NumberColumn;
  /** Works out what is not known yet of these columns, before they are asked for. May return early once `cancel.aborted`. */
  ready?(columns: readonly (CallNumber | CallText)[], cancel: Cancel): Promise<void>;
  number(name: MessageNumber | CallNumber): NumberColumn;
  text(name: MessageText | CallText): TextColumn;
  /**
   * Columns by message for all of `parts`, in their order, filled in one pass over the messages that are not yet known.
   * `needles`, by part: nobody cares for the texts of messages that hold none of these anywhere; they may be left out
   * (id 0), which spares reading them. Null where all are wanted.
   */
  derive(
    parts: readonly Derivation[],
    cancel: Cancel,
    needles?: readonly (readonly Needle[] | null)[],
  ): Promise<readonly TextColumn[]>;
  /**
   * Runs all tests over all messages, in one pass at the speed of reading the file, and calls `mark(test, row)` for
   * those that pass. May return early once `cancel.aborted`.
   */
  scan(tests: readonly BytesTest[], mark: (test: number, row: number) => void, cancel: Cancel): Promise<void>;
}
