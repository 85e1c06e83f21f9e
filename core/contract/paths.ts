/**
 * Proxies seen from the wire: the hops that a transaction took, what each one changed, and where it was forked
 * (`sipglass paths`). Field names that the command prints are the names here.
 */
import type { Change } from './model.ts';

/**
 * `loop`: a host got the same request again, with the same Request-URI and Route (RFC 3261 16.3, RFC 5393), or it went
 * round until Max-Forwards was used up. `spiral`: a host got it again with other routing data, which is legal.
 * `max-forwards`: Max-Forwards was used up although no host got it twice.
 */
export type PathVerdict = 'ok' | 'loop' | 'spiral' | 'max-forwards';

/** A Via as it stood in the message (RFC 3261 20.42, RFC 3581). */
export interface PathVia {
  readonly host: string;
  readonly port: number | null;
  /** `UDP`, `TCP` … */
  readonly transport: string;
  readonly branch: string | null;
  readonly received: string | null;
  /** The port of `rport=…`; null where missing or only asked for. */
  readonly rport: number | null;
}

/** A response on one hop; its first sending. */
export interface PathAnswer {
  readonly row: number;
  readonly frame: number;
  readonly ts: string;
  readonly status: number;
  readonly reason: string | null;
  /** Since the request on this hop. */
  readonly afterMs: number;
  /** Since the same response on the hop behind; null where that was not captured, or it was made here. */
  readonly delayMs: number | null;
  /** Where it went other than the top Via says, in a sentence; null where it went as it should, or that can't be told. */
  readonly stray: string | null;
}

/**
 * How a hop was found to follow the one before it. `via`: the branch of that one is in its Via list. `same-via`: the very
 * same message, with no Via added (a NAT, a tunnel, a balancer that is no proxy). `survivors`: Vias do not tell (they were
 * hidden), but Call-ID, From tag, CSeq and hosts do.
 */
export type PathLink = 'via' | 'same-via' | 'survivors';

/** A request on one hop. */
export interface PathHop {
  readonly row: number;
  readonly frame: number;
  readonly ts: string;
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  /** The message in `frame` is a response: the request itself was not captured on this hop. */
  readonly byResponse: boolean;
  /** Index in `hops` of the hop before; null for the first, and where none before it was captured. */
  readonly before: number | null;
  readonly link: PathLink | null;
  /** Hops between the two that the capture does not show, told by the Vias. */
  readonly hidden: number;
  /** From the request on the hop before; null for the first. Negative where clocks of merged captures differ. */
  readonly delayMs: number | null;
  readonly requestUri: string | null;
  /** The topmost first. */
  readonly vias: readonly PathVia[];
  readonly maxForwards: number | null;
  readonly route: readonly string[];
  readonly recordRoute: readonly string[];
  /** Against the hop before; empty for the first. As of `diff`. */
  readonly changes: readonly Change[];
  /** How often the request was sent on this hop. */
  readonly sendings: number;
  /** In the order of the wire, each once. */
  readonly answers: readonly PathAnswer[];
  /** Which time the host that it goes to gets this request, from 1. */
  readonly visit: number;
}

/** What a host on the path seems to be. */
export interface PathRole {
  /** `address:port`, IPv6 in brackets. */
  readonly host: string;
  /** `user agent`, `stateless proxy`, `stateful proxy` (keeps transactions), `proxy` (does not show which), `registrar`, `redirect server`, `B2BUA`, `P-CSCF`, `I-CSCF`, `S-CSCF`; several joined by ` and `. */
  readonly role: string;
  /** A sentence for each, with the frame that shows it. */
  readonly reasons: readonly string[];
}

/** A path as a row of a list. */
export interface PathRow {
  /** Number of the path, from 1, in the order of first messages; stable once all of the capture was read. */
  readonly id: number;
  readonly call: number;
  readonly callId: string;
  readonly method: string;
  readonly cseq: { readonly number: number; readonly method: string };
  readonly from: string | null;
  readonly to: string | null;
  readonly start: string;
  /** Ends of the first hop, and of the last one on the longest way. */
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  /** Hops captured in all, and on the longest way. */
  readonly count: number;
  readonly depth: number;
  /** Ways it took to its ends: more than one where it was forked. */
  readonly ends: number;
  readonly verdict: PathVerdict;
  /** Of the first hop: what who asked got. */
  readonly finalStatus: number | null;
  /** From the request on the first hop to the one on the last, along the longest way. */
  readonly delayMs: number | null;
  /** Until the final response on the first hop. */
  readonly answerMs: number | null;
}

/** A transaction over all hops that the capture has of it (`sipglass paths`). */
export interface Path extends PathRow {
  /** In the order in which the request walked; behind a fork one branch after the other (see `before`). */
  readonly hops: readonly PathHop[];
  /** Why this verdict, and what else is odd about the path; sentences. Quotes the capture: to be escaped. */
  readonly explanation: string;
  readonly roles: readonly PathRole[];
  /** Where it was forked or tried again elsewhere; null where it was not. */
  readonly fork: Fork | null;
}

/**
 * How a branch ended. `answered`: 2xx. `cancelled`: the proxy sent CANCEL, or it ended with 487. `redirected`: 3xx.
 * `rejected`: 4xx to 6xx. `timed-out`: no final response, and the proxy went on or gave up. `pending`: the capture ends before.
 */
export type BranchOutcome = 'answered' | 'cancelled' | 'redirected' | 'rejected' | 'timed-out' | 'pending';

export interface ForkBranch {
  readonly row: number;
  readonly frame: number;
  readonly ts: string;
  readonly dst: string;
  readonly dport: number;
  readonly requestUri: string | null;
  /** Which try it is part of, from 1: branches of one try run side by side, the next one begins when the last has ended. */
  readonly attempt: number;
  /** Since the request reached the host that forks. */
  readonly startMs: number;
  /** First response 180 to 189, and final response, since the branch began. */
  readonly ringingMs: number | null;
  readonly endMs: number | null;
  readonly outcome: BranchOutcome;
  readonly finalStatus: number | null;
  readonly finalFrame: number | null;
  /** Its 2xx is the one that the caller got. */
  readonly won: boolean;
  /** Its final response is the one that was passed on to the caller. */
  readonly passedOn: boolean;
  readonly sendings: number;
  /** The first ICMP error that it met, since the branch began: `port unreachable`, `host unreachable` …; null where none was seen. */
  readonly icmp: { readonly frame: number; readonly afterMs: number; readonly what: string } | null;
  /** The CANCEL that it got, and why: another branch answered or refused for all (6xx), the caller cancelled, it took too long, or it can't be told. */
  readonly cancel: {
    readonly frame: number;
    readonly afterMs: number;
    readonly why: 'answered-elsewhere' | 'refused-elsewhere' | 'caller' | 'timeout' | 'unknown';
    /** Value of its Reason header (RFC 3326). */
    readonly reason: string | null;
  } | null;
  /** One sentence. */
  readonly said: string;
  /** Further on it was forked again. */
  readonly forks: readonly Fork[];
}

/** A host that sent one request to several places, side by side or one after the other (`sipglass paths --forks`). */
export interface Fork {
  readonly path: number;
  readonly call: number;
  readonly callId: string;
  readonly method: string;
  readonly cseq: number;
  /** `address:port` of who forked. */
  readonly host: string;
  /** The request that reached it; null where that was not captured. */
  readonly frame: number | null;
  readonly ts: string;
  readonly kind: 'parallel' | 'serial' | 'mixed';
  readonly branches: readonly ForkBranch[];
  /** What was answered to the caller's side, when (since the request), and in which frame. */
  readonly finalStatus: number | null;
  readonly finalFrame: number | null;
  readonly finalMs: number | null;
  readonly explanation: string;
}

/** Some paths. */
export interface PathList {
  /** Only transactions of the calls that this selects. */
  readonly filter?: string;
  /** Only of calls that this method began. */
  readonly method?: string;
  /** Only of these calls; numbers or Call-IDs. */
  readonly calls?: readonly (number | string)[];
  /** Only those that were forked. */
  readonly forked?: boolean;
  /** Only those whose verdict is not `ok`. */
  readonly odd?: boolean;
}

/** What the hop before a message changed, beyond what every proxy does. */
export interface HopChanges {
  readonly row: number;
  /** The same message on the hop before. */
  readonly before: { readonly row: number; readonly frame: number };
  /** Changes that are worth a mark: all but Via, Max-Forwards, Route, Record-Route, Content-Length. */
  readonly marked: number;
  readonly changes: readonly Change[];
}
