/** What tells about the legs of a call, and the links that were found between two. */

/** A call as much as tells about its legs. Rows and times are of its first INVITE; for others only what is named counts. */
export interface LegCall {
  /** Number of the call. */
  readonly call: number;
  readonly callId: string;
  readonly frame: number;
  /** Begun by an INVITE that the capture has. */
  readonly isSession: boolean;
  /** Nanoseconds; NaN where there was none. */
  readonly start: number;
  readonly answer: number;
  readonly final: number;
  readonly finalStatus: number;
  readonly end: number;
  /** Numbers of the addresses that it came from, and came to at last (several where it was forked). */
  readonly from: number;
  readonly arrivals: readonly number[];
  /** Vias when it was first seen: more than one came over hops that the capture does not show. */
  readonly vias: number;
  /** User parts: of P-Asserted-Identity or From, and of the Request-URI or To. '' where there is none. */
  readonly callers: readonly string[];
  readonly callees: readonly string[];
  /** Values of headers that carry the Call-ID of another leg, or what both legs have: by name of the header. */
  readonly named: readonly { readonly header: string; readonly value: string; readonly frame: number }[];
  /** UUIDs of Session-ID. */
  readonly sessionIds: readonly string[];
  readonly icid: string | null;
  /** Call-IDs in Replaces, Join, Target-Dialog and the Replaces of a Refer-To. */
  readonly replaces: readonly { readonly header: string; readonly callId: string; readonly frame: number }[];
  /** `address port` of media that its SDP announced first, and its `o=` without the version. */
  readonly media: readonly string[];
  readonly origin: string | null;
}

export type EvidenceKind = 'header' | 'session-id' | 'icid' | 'replaces' | 'media' | 'users';

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly text: string;
  readonly frames: readonly number[];
  readonly confidence: number;
}

export interface Link {
  /** Indexes in the list of calls; `a` is the one that began first. */
  readonly a: number;
  readonly b: number;
  readonly evidence: Evidence[];
}

/** Links, one for each pair. */
export class LinkList {
  readonly all: Link[] = [];
  private readonly byPair = new Map<string, Link>();
  private readonly calls: readonly LegCall[];

  constructor(calls: readonly LegCall[]) {
    this.calls = calls;
  }

  has(a: number, b: number): boolean {
    return this.byPair.has(pairKey(a, b));
  }

  /** How sure it is that the two belong together, 0 to 1. */
  confidence(a: number, b: number): number {
    const link = this.byPair.get(pairKey(a, b));
    return link === undefined ? 0 : together(link.evidence);
  }

  /** Adds what shows that two calls belong together; the same kind once for a pair. */
  add(one: number, other: number, evidence: Evidence): void {
    const key = pairKey(one, other);
    const known = this.byPair.get(key);
    if (known !== undefined) {
      if (!known.evidence.some(({ kind }) => kind === evidence.kind)) known.evidence.push(evidence);
      return;
    }
    const first = (this.calls[one]?.start ?? 0) <= (this.calls[other]?.start ?? 0) ? one : other;
    const link = { a: first, b: first === one ? other : one, evidence: [evidence] };
    this.byPair.set(key, link);
    this.all.push(link);
  }
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** What several kinds of evidence say together: each leaves less doubt. 0 to 1, to two decimals. */
export function together(evidence: readonly Pick<Evidence, 'confidence'>[]): number {
  const doubt = evidence.reduce((left, { confidence }) => left * (1 - confidence), 1);
  return Math.round((1 - doubt) * 100) / 100;
}

/**
 * Whether call `b` can be a leg that whoever got `a` began: it began where `a` had come to, with its first Via, while `a`
 * waited for its final response (a little slack for captures that are merged).
 */
export function isWithin(a: LegCall, b: LegCall): boolean {
  if (a === b || !a.isSession || !b.isSession || b.vias !== 1) return false;
  const pending = Number.isNaN(a.final) ? a.end : a.final;
  return b.start >= a.start - SLACK && b.start <= pending + SLACK && a.arrivals.includes(b.from);
}

/** Nanoseconds. */
export const SLACK = 5e6;

/**
 * Whether the ends of the two fit: who waits for the inner call is answered when that one is, and not with success where
 * it failed. `doubtful`: it may have been answered on behalf of the other (a queue, an announcement).
 */
export function outcomes(a: LegCall, b: LegCall): 'fit' | 'doubtful' | 'contradict' {
  const outer = a.finalStatus;
  const inner = b.finalStatus;
  if (outer === 0 || inner === 0) return 'doubtful';
  if (inner < 300) {
    if (outer >= 300) return outer === 487 ? 'doubtful' : 'contradict';
    return a.answer >= b.answer - SLACK ? 'fit' : 'doubtful';
  }
  if (outer < 300) return 'doubtful';
  return outer === inner || a.final >= b.final - SLACK ? 'fit' : 'doubtful';
}
