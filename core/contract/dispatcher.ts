/** Who probes whom, and what state each destination has for its prober (`sipglass dispatcher`). */

/**
 * What is known besides the capture. Thresholds that are not given are learnt from it where it tells, or taken as
 * Kamailio's defaults; `DispatcherView.probers` says which.
 */
export interface DispatcherQuery {
  /** Failed probes in a row that make a destination inactive (ds_probing_threshold), 1 to 1,000. */
  readonly probingThreshold?: number;
  /** Good ones in a row that make it active again (ds_inactive_threshold), 1 to 1,000. */
  readonly inactiveThreshold?: number;
  /** Status codes that count as good besides 2xx (ds_ping_reply_codes). */
  readonly goodCodes?: readonly number[];
  /** Output of `kamcmd dispatcher.list` (text or JSON-RPC), or a `dispatcher.list` file. */
  readonly list?: string;
  /** Flags as of this moment (`ts`), before or behind the end of the capture; silence up to then counts as seen. Without: as of the end. */
  readonly at?: string;
}

/**
 * State and whether it is probed, as Kamailio writes them: `A` active, `T` trying (failing, threshold not reached), `I`
 * inactive, `D` disabled; `P` probed, `X` not.
 */
export type DispatcherFlags = string;

export interface DispatcherTransition {
  /** Null of what only the imported list tells. */
  readonly frame: number | null;
  readonly ts: string;
  readonly from: DispatcherFlags | null;
  /** Null: from here on nothing can be told. */
  readonly to: DispatcherFlags | null;
  /** One sentence. */
  readonly reason: string;
}

/** A prober and one of its destinations. `prober` and `destination` are `ip:port`, `[v6]:port`, with `;transport=tcp` behind where it is not UDP. */
export interface DispatcherRow {
  readonly prober: string;
  readonly destination: string;
  /** Null where they can't be known. */
  readonly flags: DispatcherFlags | null;
  /** The two letters apart, where one of them is known. */
  readonly state: 'A' | 'T' | 'I' | 'D' | null;
  readonly probed: boolean | null;
  /** Why the flags are what they are, one sentence. */
  readonly why: string;
  /** Method of the probes; null where it was never probed. */
  readonly method: string | null;
  /** Probes sent, retransmissions not counted. */
  readonly probes: number;
  /** With a final response, whatever it says. */
  readonly answered: number;
  /** Without one, or with one that does not count as good. */
  readonly failed: number;
  /** Status of the last probe that is over; 408 where nobody answered; null before. */
  readonly lastStatus: number | null;
  /** Median time from one probe to the next; null for less than two. */
  readonly intervalMs: number | null;
  /** Median time to the final response. */
  readonly roundTripMs: number | null;
  /** Calls sent there by this prober (Call-IDs). */
  readonly calls: number;
  /** Of all calls that this prober sent to its destinations, 0 to 1. */
  readonly callShare: number;
  readonly callsAnswered: number;
  /** 4xx to 6xx, or no final response. */
  readonly callsFailed: number;
  /** Of these, sent while the destination was trying or inactive. */
  readonly callsWhileFailing: number;
  /** The first 2,000; `moreTransitions` came behind them and were left out. */
  readonly transitions: readonly DispatcherTransition[];
  readonly moreTransitions: number;
  /** Of the imported list. */
  readonly set: number | null;
  readonly name: string | null;
  readonly imported: DispatcherFlags | null;
  /** What the imported list says that the wire does not, one sentence; null where they agree or nothing can be said. */
  readonly disagreement: string | null;
  /** What the first probe was addressed to, or the list's URI. */
  readonly uri: string | null;
}

export interface DispatcherThreshold {
  readonly value: number;
  /** `assumed`: Kamailio's default, as the capture does not tell. */
  readonly from: 'given' | 'learnt' | 'assumed';
  readonly why: string;
}

export interface DispatcherProber {
  readonly prober: string;
  readonly destinations: number;
  /** How many of them it probes; the others only get calls. */
  readonly probed: number;
  readonly methods: readonly string[];
  readonly intervalMs: number | null;
  readonly probingThreshold: DispatcherThreshold;
  readonly inactiveThreshold: DispatcherThreshold;
  /** How long a probe waits for its answer: seen where calls fail over, else between bounds. */
  readonly timeoutMs: number;
  /** As ds_probing_mode: who is probed. */
  readonly mode:
    | 'only after failures (0)'
    | 'all (1)'
    | 'inactive ones (2)'
    | 'marked ones (3)'
    | 'all or marked ones (1 or 3)'
    | 'unknown';
  /** Status codes other than 2xx that count as good. */
  readonly goodCodes: readonly number[];
  /** Learnt: a call that fails (nobody answered, 408, 5xx) takes a destination out at once, whatever its probes say. */
  readonly failedCallTakesOut: boolean;
  readonly calls: number;
}

export interface DispatcherView {
  readonly probers: readonly DispatcherProber[];
  /** By prober, set and destination. */
  readonly rows: readonly DispatcherRow[];
  /** Of the capture's first and last packet. */
  readonly start: string | null;
  readonly end: string | null;
  /** Sentences: limits that were reached, lines of the list that could not be read. */
  readonly notes: readonly string[];
}

/** Probes of some rows, for drawing: at most one mark of each kind in a step. */
export interface DispatcherTicksQuery extends DispatcherQuery {
  /** Places in `DispatcherView.rows`. */
  readonly rows: readonly number[];
  readonly start: string;
  readonly end: string;
  /** Steps between the two times, 1 to 10,000. */
  readonly steps: number;
}

/** Steps (from 0) that hold a probe that was answered well, that failed, and that is not over. */
export interface DispatcherTicks {
  readonly row: number;
  readonly good: readonly number[];
  readonly failed: readonly number[];
  readonly open: readonly number[];
}

/** Questions about probing, a part of `Methods`. */
export interface DispatcherMethods {
  /** Who probes whom, and the state of each destination over time. */
  dispatcher: { params: DispatcherQuery; result: DispatcherView };
  /** Probes of some rows of `dispatcher`, no more than can be drawn. */
  dispatcherTicks: { params: DispatcherTicksQuery; result: readonly DispatcherTicks[] };
}
