import type { Program, Step } from './pattern-program.ts';
import { has, lineEnds, wordSigns } from './pattern-sets.ts';
import type { Ranges } from './pattern-sets.ts';

/** What stood before a place: nothing, a word sign, the end of a line, anything else. */
const BEGIN = 0;
const WORD = 1;
const LINE = 2;
const OTHER = 3;

/** Numbers of states: "found", where every text begins, and those that are made as they are needed. */
const FOUND = 0;
const START = 1;
const UNKNOWN = -1;

/** States that are kept; beyond, all are forgotten and made again as they are needed. */
const MAX_STATES = 1_000;

interface State {
  /** Steps of the program that may come next, sorted. */
  readonly steps: readonly number[];
  readonly before: number;
}

/**
 * Runs a program over a text: all its ways at once, each set of ways being a state whose successors are remembered (a
 * deterministic automaton, made as it is needed). Time grows with the length of the text and never more than with that
 * times the size of the program, whatever pattern and text are; memory is bounded by MAX_STATES.
 */
export class Machine {
  private readonly program: Program;
  /** Units that no set tells apart share a class. */
  private readonly classOf = new Uint16Array(0x10000);
  private readonly classes: number;
  /** By class: what it is when it stands before a place. */
  private readonly kinds: number[] = [];
  /** By set: whether it has the class. */
  private readonly members: boolean[][] = [];
  private readonly stride: number;
  private table = new Int32Array(0);
  private states: State[] = [];
  private numbers = new Map<string, number>();
  private readonly seen: Uint8Array;

  constructor(program: Program) {
    this.program = program;
    this.seen = new Uint8Array(program.steps.length);
    const bounds = boundaries([...program.sets, wordSigns, lineEnds]);
    const known = new Map<string, number>();
    for (const [i, from] of bounds.entries()) {
      const to = bounds[i + 1] ?? 0x10000;
      const inside = program.sets.map((set) => has(set, from));
      const kind = has(wordSigns, from) ? WORD : has(lineEnds, from) ? LINE : OTHER;
      const key = `${kind}${inside.map(Number).join('')}`;
      let number = known.get(key);
      if (number === undefined) {
        number = known.size;
        known.set(key, number);
        this.kinds.push(kind);
        this.members.push(inside);
      }
      this.classOf.fill(number, from, to);
    }
    this.classes = known.size;
    this.stride = this.classes + 1;
    this.forget();
  }

  /** Whether the pattern is found anywhere in the text. */
  inText(text: string): boolean {
    let state = START;
    for (let at = 0; at < text.length; at++) {
      state = this.after(state, this.classOf[text.charCodeAt(at)] as number);
      if (state === FOUND) return true;
    }
    return this.after(state, this.classes) === FOUND;
  }

  /** Whether the pattern is found in `bytes[from, to)`, each byte taken as the character of its number. */
  inBytes(bytes: Uint8Array, from: number, to: number): boolean {
    let state = START;
    for (let at = from; at < to; at++) {
      state = this.after(state, this.classOf[bytes[at] as number] as number);
      if (state === FOUND) return true;
    }
    return this.after(state, this.classes) === FOUND;
  }

  private after(state: number, unit: number): number {
    const known = this.table[state * this.stride + unit] as number;
    return known === UNKNOWN ? this.follow(state, unit) : known;
  }

  /** The successor of a state when a unit of class `unit` comes, or the end (the number behind the last class). */
  private follow(state: number, unit: number): number {
    const { steps, before } = this.states[state] as State;
    const next = unit === this.classes ? BEGIN : (this.kinds[unit] as number);
    const reached: number[] = [];
    const found = this.close(steps, before, next, reached);
    let to = FOUND;
    if (!found && unit < this.classes) {
      const members = this.members[unit] as boolean[];
      // The pattern may also begin behind this unit.
      const taken = new Set([this.program.first]);
      for (const at of reached) {
        const step = this.program.steps[at] as Step;
        if (step.kind === 'take' && members[step.set] === true) taken.add(step.next);
      }
      const { states } = this;
      to = this.number({ steps: [...taken].toSorted((a, b) => a - b), before: this.program.places ? next : OTHER });
      if (states !== this.states) return to;
    } else if (!found) to = state;
    this.table[state * this.stride + unit] = to;
    return to;
  }

  /** All steps that can be reached from `steps` without taking a unit, into `reached`; true where one of them is the end. */
  private close(steps: readonly number[], before: number, next: number, reached: number[]): boolean {
    const { program, seen } = this;
    seen.fill(0);
    const waiting = [...steps];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen[at] === 1) continue;
      seen[at] = 1;
      reached.push(at);
      const step = program.steps[at] as Step;
      if (step.kind === 'done') return true;
      if (step.kind === 'fork') waiting.push(step.next, step.other);
      else if (step.kind === 'place' && holds(step.place, before, next)) waiting.push(step.next);
    }
    return false;
  }

  private number(state: State): number {
    const key = `${state.before}:${state.steps.join(',')}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.states.length > MAX_STATES) this.forget();
    const number = this.states.push(state) - 1;
    this.numbers.set(key, number);
    if (this.table.length < this.states.length * this.stride) {
      const larger = new Int32Array(Math.max(16, this.states.length * 2) * this.stride).fill(UNKNOWN);
      larger.set(this.table);
      this.table = larger;
    }
    return number;
  }

  private forget(): void {
    this.states = [{ steps: [], before: OTHER }];
    this.numbers = new Map();
    this.table.fill(UNKNOWN);
    this.number({ steps: [this.program.first], before: BEGIN });
  }
}

/** `next` is BEGIN at the end of the text. */
function holds(place: 'start' | 'end' | 'edge' | 'no-edge', before: number, next: number): boolean {
  if (place === 'start') return before === BEGIN || before === LINE;
  if (place === 'end') return next === BEGIN || next === LINE;
  return ((before === WORD) !== (next === WORD)) === (place === 'edge');
}

/** Where the sets begin and end, ascending, from 0. */
function boundaries(sets: readonly Ranges[]): readonly number[] {
  const found = new Set([0]);
  for (const set of sets) {
    for (let i = 0; i < set.length; i += 2) {
      found.add(set[i] as number);
      if ((set[i + 1] as number) < 0xffff) found.add((set[i + 1] as number) + 1);
    }
  }
  return [...found].toSorted((a, b) => a - b);
}
