/**
 * What a hop changed between two messages: headers by element where they are lists (a Via put on top, a Route taken
 * away), bodies by meaning where they are SDP. Compact names, folds and white space between words are no change.
 */
import type { Part } from '../../decode/sip-body.ts';
import type { HeaderGroup, SipMessage } from '../../decode/sip-message.ts';
import { diffList, plain, type Change, type Pairing } from './diff-list.ts';
import { diffSdp } from './diff-sdp.ts';

export type { Change } from './diff-list.ts';

/** Headers that name options or methods: sets, of which each member is told apart. */
const sets = new Set([
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Allow',
  'Allow-Events',
  'In-Reply-To',
  'Proxy-Require',
  'Recv-Info',
  'Require',
  'Supported',
  'Unsupported',
]);
/** Headers that are a path: elements are put in and taken away, and only parameters of one change. */
const paths = new Set(['Record-Route', 'Route', 'Path', 'Service-Route', 'History-Info']);

/**
 * Changes from `a` to `b`: start line, headers in the order of `b` (those removed where they stood in `a`), headers that
 * moved, body. `before` and `after` are values as on the wire; of a header that moved, what it stands behind.
 */
export function diffMessages(a: SipMessage, b: SipMessage): Change[] {
  const changes: Change[] = [];
  if (plain(a.startLine) !== plain(b.startLine)) {
    changes.push({ header: 'start line', kind: 'changed', before: a.startLine, after: b.startLine });
  }
  const before = a.groups();
  const after = b.groups();
  for (const key of inOrder([...before.keys()], [...after.keys()])) {
    const from = before.get(key);
    const to = after.get(key);
    const name = (to ?? from)?.name ?? key;
    diffList(name, from?.values ?? [], to?.values ?? [], pairingOf(name), changes);
    // A header without a value has no element to tell of.
    if (from === undefined && to?.values.length === 0)
      changes.push({ header: name, kind: 'added', before: null, after: '' });
    if (to === undefined && from?.values.length === 0)
      changes.push({ header: name, kind: 'removed', before: '', after: null });
  }
  addMoved(before, after, changes);
  diffParts(a.parts, b.parts, changes);
  return changes;
}

function pairingOf(name: string): Pairing {
  if (name === 'Via') return viaKey;
  if (paths.has(name)) return uriKey;
  return sets.has(name) ? 'never' : 'in order';
}

/** A Via is the same one when its branch is; without a branch, when its first words are. */
function viaKey(value: string): string {
  return /;\s*branch\s*=\s*(?<branch>[^;,\s]+)/iu.exec(value)?.groups?.branch ?? (value.split(';')[0] ?? '').trim();
}

/** User, host and port of the first URI. */
function uriKey(value: string): string {
  return /<(?<uri>[^>;?]*)/u.exec(value)?.groups?.uri ?? (value.split(';')[0] ?? '').trim();
}

/** All names, in the order of `b`; those only in `a` behind the one that they stood behind. */
function inOrder(a: readonly string[], b: readonly string[]): string[] {
  const inB = new Set(b);
  const behind = new Map<string, string[]>();
  let last = '';
  for (const name of a) {
    if (inB.has(name)) last = name;
    else if (behind.get(last)?.push(name) === undefined) behind.set(last, [name]);
  }
  return [...(behind.get('') ?? []), ...b.flatMap((name) => [name, ...(behind.get(name) ?? [])])];
}

/** Headers that both have and that do not stand in the same order; as few as explain the order of `b`. */
function addMoved(
  before: ReadonlyMap<string, HeaderGroup>,
  after: ReadonlyMap<string, HeaderGroup>,
  changes: Change[],
): void {
  const placeInA = new Map([...before.keys()].map((key, place) => [key, place]));
  const shared = [...after.keys()].filter((key) => placeInA.has(key));
  const stay = increasing(shared.map((key) => placeInA.get(key) ?? 0));
  const predecessorA = predecessors(before);
  const predecessorB = predecessors(after);
  for (const [i, key] of shared.entries()) {
    if (stay.has(i)) continue;
    changes.push({
      header: after.get(key)?.name ?? key,
      kind: 'moved',
      before: predecessorA.get(key) ?? null,
      after: predecessorB.get(key) ?? null,
    });
  }
}

function predecessors(groups: ReadonlyMap<string, HeaderGroup>): Map<string, string> {
  const found = new Map<string, string>();
  let last = 'first';
  for (const [key, { name }] of groups) {
    found.set(key, last);
    last = `behind ${name}`;
  }
  return found;
}

/** Places of a longest increasing sequence of distinct numbers. */
function increasing(numbers: readonly number[]): Set<number> {
  // ends[n]: place of the smallest number that a sequence of n + 1 can end with.
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [place, number] of numbers.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    previous.push(low === 0 ? -1 : (ends[low - 1] as number));
    ends[low] = place;
  }
  const places = new Set<number>();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = previous[place] as number) places.add(place);
  return places;
}

/** Parts in order; SDP with SDP by meaning, others by their text. */
function diffParts(a: readonly Part[], b: readonly Part[], changes: Change[]): void {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const before = a[i];
    const after = b[i];
    if (before === undefined) {
      if (after !== undefined) changes.push({ header: 'body', kind: 'added', before: null, after: title(after) });
    } else if (after === undefined) {
      changes.push({ header: 'body', kind: 'removed', before: title(before), after: null });
    } else if (before.sdp !== null && after.sdp !== null) diffSdp(before.sdp, after.sdp, changes);
    else if (before.text !== after.text || (before.text === null && title(before) !== title(after))) {
      changes.push({
        header: 'body',
        kind: 'changed',
        before: before.text ?? title(before),
        after: after.text ?? title(after),
      });
    }
  }
}

function title(part: Part): string {
  return `${part.contentType ?? 'no Content-Type'}, ${part.end - part.at} bytes`;
}
