/**
 * Calls that are legs of one, across a B2BUA or SBC that gives each side a Call-ID of its own. What names the other leg
 * (a header, Replaces), or is made to survive (Session-ID of RFC 7989, icid-value of P-Charging-Vector) is looked up; what
 * only resembles (places of media, users and times) counts for calls of which one begins where the other came to, while
 * that one waits for its answer, and where nothing else would do as well.
 */
import { byMedia } from './legs-media.ts';
import { byUsers } from './legs-users.ts';

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

/** More calls than these with one value: it is a constant and says nothing. */
const MOST_SHARED = 16;

/** Links between calls, in the order in which they began; each pair once, with all that shows it. */
export function legLinks(calls: readonly LegCall[]): Link[] {
  const links = new LinkList(calls);
  const byId = new Map(calls.map(({ callId }, at) => [callId, at]));
  const shared = new Map<string, number[]>();
  const share = (key: string, at: number): void => {
    const known = shared.get(key);
    if (known === undefined) shared.set(key, [at]);
    // One more than is used, so that one sees that there are too many.
    else if (known.length <= MOST_SHARED && !known.includes(at)) known.push(at);
  };
  for (const [at, call] of calls.entries()) {
    for (const { header, value, frame } of call.named) {
      const other = byId.get(value);
      if (other !== undefined && other !== at)
        links.add(at, other, {
          kind: 'header',
          text: `${header} of frame ${frame} is the Call-ID of the other leg`,
          frames: [frame],
          confidence: 1,
        });
      else if (other === undefined) share(`header ${header.toLowerCase()} ${value}`, at);
    }
    for (const { header, callId, frame } of call.replaces) {
      const other = byId.get(callId);
      if (other === undefined || other === at) continue;
      links.add(at, other, {
        kind: 'replaces',
        text: `${header} of frame ${frame} names the dialog of the other call`,
        frames: [frame],
        confidence: 1,
      });
    }
    if (!call.isSession) continue;
    for (const uuid of call.sessionIds) share(`session ${uuid}`, at);
    if (call.icid !== null) share(`icid ${call.icid}`, at);
  }
  for (const [key, list] of shared) {
    if (list.length < 2 || list.length > MOST_SHARED) continue;
    const [first = 0] = list;
    for (const at of list.slice(1)) {
      const [a, b] = [calls[first] as LegCall, calls[at] as LegCall];
      // What a vendor's header says is anybody's guess: one value in calls of different times may be a name of the client.
      if (!key.startsWith('header ') || (a.isSession && b.isSession && b.start <= a.end && b.start >= a.start - SLACK))
        links.add(at, first, sharedEvidence(key, a, b));
    }
  }
  byMedia(calls, links);
  byUsers(calls, links);
  return links.all;
}

function sharedEvidence(key: string, a: LegCall, b: LegCall): Evidence {
  const frames = [a.frame, b.frame];
  const where = `frames ${frames.join(' and ')}`;
  const value = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
  if (key.startsWith('session '))
    return {
      kind: 'session-id',
      text: `both have the Session-ID ${value(key.slice('session '.length))} (${where}; RFC 7989)`,
      frames,
      confidence: 0.98,
    };
  if (key.startsWith('icid '))
    return {
      kind: 'icid',
      text: `both have the icid-value ${value(key.slice('icid '.length))} in P-Charging-Vector (${where})`,
      frames,
      confidence: 0.95,
    };
  const [, header = '', ...rest] = key.split(' ');
  return { kind: 'header', text: `both have ${header} ${value(rest.join(' '))} (${where})`, frames, confidence: 0.9 };
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
