import { BadPatternError } from './pattern-read.ts';
import type { Node, Place } from './pattern-read.ts';
import type { Ranges } from './pattern-sets.ts';

/** A step of the machine: take one unit out of a set, check the place, go on in two ways, or be done. */
export type Step =
  | { readonly kind: 'take'; readonly set: number; readonly next: number }
  | { readonly kind: 'place'; readonly place: Place; readonly next: number }
  | { readonly kind: 'fork'; readonly next: number; readonly other: number }
  | { readonly kind: 'done' };

export interface Program {
  readonly steps: readonly Step[];
  readonly first: number;
  readonly sets: readonly Ranges[];
  /** Whether any step checks a place. */
  readonly places: boolean;
}

/** Steps of one program: repetitions are written out, so `(a{1000}){1000}` has to be stopped. */
const MAX_STEPS = 500;

/** Thompson's construction, built from the end backwards; throws BadPatternError where the program gets too large. */
export function program(node: Node, length: number): Program {
  const builder = new Builder(length);
  const done = builder.add({ kind: 'done' });
  const first = builder.build(node, done);
  const { steps, sets } = builder;
  return { steps, first, sets, places: steps.some((step) => step.kind === 'place') };
}

class Builder {
  readonly steps: Step[] = [];
  readonly sets: Ranges[] = [];
  private readonly setNumbers = new Map<string, number>();
  private readonly length: number;

  constructor(length: number) {
    this.length = length;
  }

  add(step: Step): number {
    if (this.steps.length >= MAX_STEPS)
      throw new BadPatternError('This pattern is too large with its repetitions written out.', 0, this.length);
    return this.steps.push(step) - 1;
  }

  /** Steps for `node` that go on at `next`; returns the first of them. */
  build(node: Node, next: number): number {
    switch (node.kind) {
      case 'set':
        return this.add({ kind: 'take', set: this.setNumber(node.set), next });
      case 'place':
        return this.add({ kind: 'place', place: node.place, next });
      case 'all':
        return node.parts.reduceRight((after, part) => this.build(part, after), next);
      case 'either':
        return node.parts
          .map((part) => this.build(part, next))
          .reduceRight((other, one) => this.add({ kind: 'fork', next: one, other }));
      default:
        return this.repeat(node.part, node.min, node.max, next);
    }
  }

  private repeat(part: Node, min: number, max: number, next: number): number {
    let after = next;
    if (max === Infinity) {
      const loop = this.add({ kind: 'fork', next, other: next });
      this.steps[loop] = { kind: 'fork', next: this.build(part, loop), other: next };
      after = loop;
    } else {
      for (let i = min; i < max; i++) after = this.add({ kind: 'fork', next: this.build(part, after), other: next });
    }
    for (let i = 0; i < min; i++) {
      const first = this.build(part, after);
      // Nothing repeated is nothing, however often.
      if (first === after) break;
      after = first;
    }
    return after;
  }

  private setNumber(set: Ranges): number {
    const key = set.join(',');
    let number = this.setNumbers.get(key);
    if (number === undefined) {
      number = this.sets.push(set) - 1;
      this.setNumbers.set(key, number);
    }
    return number;
  }
}
