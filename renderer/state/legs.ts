import { array, fallback, maxLength, minLength, object, parse, pipe, string, strictTuple } from 'valibot';
import { create } from 'zustand';
import { persist, type PersistStorage } from 'zustand/middleware';
import type { LegChoices } from '../../core/contract/legs.ts';
import { useCapture } from './capture.ts';

type Pair = readonly [string, string];

/** What the user said about the legs of one capture, by Call-ID. */
export interface CaptureLegs {
  /** Names of its files. */
  readonly capture: string;
  readonly join: readonly Pair[];
  readonly cut: readonly Pair[];
}

interface LegsState {
  /** The latest first. */
  readonly captures: readonly CaptureLegs[];
  /** Headers that name the other leg, besides the usual ones; for every capture. */
  readonly headers: readonly string[];
}

/** Captures that are remembered, and pairs of each. */
const MOST_CAPTURES = 50;
const MOST_PAIRS = 1000;
const MOST_HEADERS = 20;
/** Calls among which legs are looked for without being asked: more take longer than the list should wait. */
const MOST_CALLS = 20_000;

export const legsKey = 'sipglass-legs';

const callId = pipe(string(), minLength(1), maxLength(1000));
const pairs = fallback(pipe(array(strictTuple([callId, callId])), maxLength(MOST_PAIRS)), []);
const header = pipe(string(), minLength(1), maxLength(100));
const schema = object({
  captures: fallback(pipe(array(object({ capture: callId, join: pairs, cut: pairs })), maxLength(MOST_CAPTURES)), []),
  headers: fallback(pipe(array(header), maxLength(MOST_HEADERS)), []),
});

/** What the browser keeps is read with suspicion, and written as far as it lets us. */
const storage: PersistStorage<LegsState> = {
  getItem: (name) => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
      const state = typeof stored === 'object' && stored !== null && 'state' in stored ? stored.state : null;
      return typeof state === 'object' && state !== null ? { state: parse(schema, state), version: 1 } : null;
    } catch {
      return null;
    }
  },
  setItem: (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // It holds until the window is closed.
    }
  },
  removeItem: (name) => localStorage.removeItem(name),
};

export const useLegs = create<LegsState>()(
  persist((): LegsState => ({ captures: [], headers: [] }), { name: legsKey, version: 1, storage }),
);

function captureName(): string {
  return useCapture.getState().names.join('\n');
}

/** What the user said about the legs of the capture in this window, as the host takes it. */
export function legChoices({ captures, headers }: LegsState = useLegs.getState(), name = captureName()): LegChoices {
  const own = captures.find(({ capture }) => capture === name);
  return {
    ...(own === undefined || own.join.length === 0 ? {} : { join: own.join }),
    ...(own === undefined || own.cut.length === 0 ? {} : { cut: own.cut }),
    ...(headers.length === 0 ? {} : { headers }),
  };
}

/** What to ask with the list of calls: legs, where all was read and there are not too many calls. */
export function legsOfList(): { readonly legs?: LegChoices } {
  const { progress } = useCapture.getState();
  return progress?.done === true && progress.calls <= MOST_CALLS ? { legs: legChoices() } : {};
}

function same([a, b]: Pair, [c, d]: Pair): boolean {
  return (a === c && b === d) || (a === d && b === c);
}

/** Two calls belong together, or do not; what was said of them before goes. */
export function sayLegs(what: 'join' | 'cut' | 'nothing', pair: Pair): void {
  const capture = captureName();
  useLegs.setState(({ captures }) => {
    const own = captures.find((one) => one.capture === capture) ?? { capture, join: [], cut: [] };
    const without = (list: readonly Pair[]): readonly Pair[] => list.filter((one) => !same(one, pair));
    const next = {
      capture,
      join: what === 'join' ? [...without(own.join), pair].slice(-MOST_PAIRS) : without(own.join),
      cut: what === 'cut' ? [...without(own.cut), pair].slice(-MOST_PAIRS) : without(own.cut),
    };
    const others = captures.filter((one) => one.capture !== capture);
    return {
      captures: (next.join.length + next.cut.length === 0 ? others : [next, ...others]).slice(0, MOST_CAPTURES),
    };
  });
}

export function setLegHeaders(text: string): void {
  const headers = text
    .split(/[\s,;]+/u)
    .filter((name) => /^[\w\-.!%*+`'~]{1,100}$/u.test(name))
    .slice(0, MOST_HEADERS);
  useLegs.setState({ headers });
}
