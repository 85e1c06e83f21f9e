/** SIP extensions of a dialog: what each side can, demands and refuses, and what was used (`sipglass extensions`). */

export interface ExtensionSide {
  readonly side: 'caller' | 'callee';
  /** `ip:port` of the first message. */
  readonly address: string;
  readonly userAgent: string | null;
  readonly supported: readonly string[];
  readonly required: readonly string[];
  readonly proxyRequired: readonly string[];
  /** Methods. */
  readonly allow: readonly string[];
  /** Event packages (Allow-Events). */
  readonly events: readonly string[];
}

export interface ExtensionRefusal {
  readonly ts: string;
  readonly frame: number;
  /** 420: not understood; 421: asked for; 422: interval too small; 489: event not known; 405, 501: method. */
  readonly status: number;
  readonly by: string;
  readonly method: string;
  /** Names in Unsupported (420), Require (421), the event (489), Min-SE (422). */
  readonly names: readonly string[];
  readonly explanation: string;
}

/** Something that was used, or asked for and not used. */
export interface ExtensionUse {
  /** `100rel`, `timer`, `UPDATE`, `INFO`, `REFER`, `replaces`, `path` … */
  readonly name: string;
  readonly used: boolean;
  readonly count: number;
  readonly frames: readonly number[];
  /** One sentence. */
  readonly explanation: string;
}

export interface ExtensionsRow {
  /** Number of the call. */
  readonly id: number;
  readonly callId: string;
  readonly method: string | null;
  readonly start: string;
  readonly finalStatus: number | null;
  readonly sides: readonly ExtensionSide[];
  readonly refusals: readonly ExtensionRefusal[];
  readonly used: readonly ExtensionUse[];
  /** Reliable provisional responses (RFC 3262). */
  readonly reliable: {
    readonly rseq: readonly number[];
    readonly pracks: number;
    /** RSeq without a PRACK for it. */
    readonly unacknowledged: readonly number[];
  } | null;
  /** Session timer (RFC 4028) as agreed last. */
  readonly timer: {
    readonly expires: number;
    readonly minSe: number | null;
    readonly refresher: 'caller' | 'callee' | null;
    readonly refreshes: number;
  } | null;
  /** In one line, for a list. */
  readonly summary: string;
}
