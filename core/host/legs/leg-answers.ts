import { legLinks } from '../../analysis/legs/legs.ts';
import { together, type LegCall, type Link } from '../../analysis/legs/leg-links.ts';
import { Flag } from '../../analysis/messages.ts';
import { utf8 } from '../../bytes/text.ts';
import { ContractError } from '../../contract/api.ts';
import type { LegChoices, LegEvidence, LegGroup, LegLink } from '../../contract/legs.ts';
import { callsAsked } from '../calls/call-ids.ts';
import { isHeaderName } from '../calls/call-headers.ts';
import { LegReader } from './leg-facts.ts';
import { Kept, Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pathsOf } from '../paths/open-paths.ts';

/** Groups that one answer holds at most, and calls of one group that are told. */
const MOST_GROUPS = 10_000;
/** Calls between two looks at whether somebody else waits. */
const STEP = 256;
/** Messages of a call in which its hosts show. */
const MOST_LOOKED_AT = 100;
/** Header lists whose links are kept. */
const MOST_KEPT = 2;

/** What was found out, before the user's word: by call its links. */
interface Found {
  readonly links: readonly LegLink[];
  readonly byCall: ReadonlyMap<number, readonly LegLink[]>;
}

const kept = new WeakMap<OpenCapture, Map<string, Kept<Found>>>();

function foundBy(open: OpenCapture, headers: readonly string[], signal: AbortSignal): Promise<Found> {
  for (const name of headers)
    if (!isHeaderName(name)) throw new ContractError('bad-request', `“${String(name)}” is no name of a header`);
  const known = kept.get(open) ?? new Map<string, Kept<Found>>();
  kept.set(open, known);
  const key = headers
    .map((name) => name.toLowerCase())
    .toSorted()
    .join(' ');
  let work = known.get(key);
  if (work === undefined) {
    work = new Kept(open.session, (stop) => find(open, headers, stop));
    for (const other of [...known.keys()].slice(0, Math.max(0, known.size - MOST_KEPT + 1))) known.delete(other);
    known.set(key, work);
  }
  return work.get(signal);
}

async function find(open: OpenCapture, headers: readonly string[], signal: AbortSignal): Promise<Found> {
  const reader = new LegReader(open.session, pathsOf(open), headers);
  const turns = new Turns(signal);
  const calls: LegCall[] = [];
  for (let call = 1; call <= open.session.analysis.calls.count; call++) {
    if (call % STEP === 0) await turns.next();
    const facts = reader.read(call);
    // Of calls that are no sessions only what they name counts.
    if (facts.isSession || facts.named.length > 0 || facts.replaces.length > 0) calls.push(facts);
  }
  await turns.next();
  const links = legLinks(calls).map((link) => toldOf(link, calls));
  const byCall = new Map<number, LegLink[]>();
  for (const link of links) {
    for (const call of [link.a, link.b]) {
      const list = byCall.get(call);
      if (list === undefined) byCall.set(call, [link]);
      else list.push(link);
    }
  }
  return { links, byCall };
}

function toldOf({ a, b, evidence }: Link, calls: readonly LegCall[]): LegLink {
  return { a: calls[a]?.call ?? 0, b: calls[b]?.call ?? 0, evidence, confidence: together(evidence) };
}

/** All legs of a capture with the user's word: which calls belong together, over any number of steps. */
export class Legs {
  private readonly found: Found;
  private readonly joined = new Map<number, LegLink[]>();
  private readonly apart = new Set<string>();
  private readonly cuts: readonly (readonly [string, string])[];
  private readonly open: OpenCapture;

  constructor(open: OpenCapture, found: Found, { join = [], cut = [] }: LegChoices) {
    this.open = open;
    this.found = found;
    this.cuts = cut;
    for (const pair of cut) {
      const [a, b] = this.numbers(pair);
      if (a !== 0 && b !== 0) this.apart.add(pairKey(a, b));
    }
    for (const pair of join) {
      const [a, b] = this.numbers(pair);
      if (a === 0 || b === 0 || a === b) continue;
      const evidence: LegEvidence = { kind: 'user', text: 'joined by hand', frames: [], confidence: 1 };
      const link = { a: Math.min(a, b), b: Math.max(a, b), evidence: [evidence], confidence: 1 };
      for (const call of [a, b]) {
        const list = this.joined.get(call);
        if (list === undefined) this.joined.set(call, [link]);
        else list.push(link);
      }
    }
  }

  /** All calls that belong to some, themselves included, ascending. */
  with(calls: readonly number[]): number[] {
    const all = new Set(calls);
    const waiting = [...calls];
    for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) {
      for (const { a, b } of this.linksOf(call)) {
        const other = a === call ? b : a;
        if (all.has(other)) continue;
        all.add(other);
        waiting.push(other);
      }
    }
    return [...all].toSorted((a, b) => a - b);
  }

  /** Call-IDs of the other legs of a call. */
  others(call: number): string[] {
    if (!this.found.byCall.has(call) && !this.joined.has(call)) return [];
    return this.with([call])
      .filter((other) => other !== call)
      .map((other) => this.callId(other));
  }

  /** Links between some calls. */
  between(calls: readonly number[]): LegLink[] {
    const some = new Set(calls);
    return [...new Set(calls.flatMap((call) => this.linksOf(call)))].filter(({ a, b }) => some.has(a) && some.has(b));
  }

  /** The group of a call; null where it has no other legs. */
  group(call: number): LegGroup | null {
    const calls = this.with([call]);
    if (calls.length < 2 && !this.isCut(call)) return null;
    const links = new Set(calls.flatMap((one) => this.linksOf(one)));
    const ids = new Set(calls.map((one) => this.callId(one)));
    return {
      calls: calls.map((id) => ({ id, callId: this.callId(id) })),
      links: [...links],
      cut: this.cuts.filter((pair) => pair.some((callId) => ids.has(callId))),
    };
  }

  /** Calls that have other legs, in the order of their numbers. */
  *linked(): Generator<number> {
    const some = new Set([...this.found.byCall.keys(), ...this.joined.keys()]);
    yield* [...some].toSorted((a, b) => a - b);
  }

  private linksOf(call: number): LegLink[] {
    const links = [...(this.found.byCall.get(call) ?? []), ...(this.joined.get(call) ?? [])];
    return this.apart.size === 0 ? links : links.filter(({ a, b }) => !this.apart.has(pairKey(a, b)));
  }

  private isCut(call: number): boolean {
    const id = this.callId(call);
    return this.cuts.some((pair) => pair.includes(id));
  }

  private callId(call: number): string {
    return this.open.session.analysis.messages.callIds.text(call) ?? '';
  }

  /** Of a pair of Call-IDs, or of numbers written as text; 0 for what is not in the capture. */
  private numbers([a, b]: readonly [string, string]): [number, number] {
    const { callIds } = this.open.session.analysis.messages;
    const one = (text: string): number => {
      const byId = callIds.find(utf8(text));
      const byNumber = byId <= 0 && /^\d+$/u.test(text) ? Number(text) : byId;
      return byNumber > 0 && byNumber < callIds.size ? byNumber : 0;
    };
    return [one(a), one(b)];
  }
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/**
 * Addresses that tie calls together: one came there, the other began there. On a ladder of several legs each is one host,
 * whatever ports it has on its sides.
 */
export function legHosts({ session }: OpenCapture, links: readonly LegLink[]): string[] {
  const { messages, calls } = session.analysis;
  const found = new Set<string>();
  for (const { a, b } of links) {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const from = messages.src.get(calls.first(other));
      let left = MOST_LOOKED_AT;
      for (let row = calls.first(one) + 1; row !== 0 && left > 0; row = calls.next.get(row - 1)) {
        left -= 1;
        const isRequest = (messages.flags.get(row - 1) & Flag.Request) !== 0;
        if (isRequest && messages.dst.get(row - 1) === from) found.add(session.addresses.text(from));
      }
    }
  }
  return [...found];
}

export async function legsOf(open: OpenCapture, choices: LegChoices, signal: AbortSignal): Promise<Legs> {
  return new Legs(open, await foundBy(open, choices.headers ?? [], signal), choices);
}

/** The groups of some calls, each once; of all calls without. */
export async function legGroups(
  open: OpenCapture,
  { calls, ...choices }: LegChoices & { readonly calls?: readonly (number | string)[] },
  signal: AbortSignal,
): Promise<readonly LegGroup[]> {
  const legs = await legsOf(open, choices, signal);
  const asked = calls === undefined ? legs.linked() : callsAsked(open.session.analysis.messages, calls);
  const seen = new Set<number>();
  const groups: LegGroup[] = [];
  for (const call of asked) {
    if (seen.has(call) || groups.length === MOST_GROUPS) continue;
    const group = legs.group(call);
    if (group === null) continue;
    for (const { id } of group.calls) seen.add(id);
    groups.push(group);
  }
  return groups;
}
