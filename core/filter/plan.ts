import type { Expression } from './expression.ts';
import type { Field, Origin } from './field.ts';
import { knownField } from './fields.ts';
import { NumberLeaf, ScannedLeaf, TestedNumberLeaf, TextLeaf } from './leaves.ts';
import type { Leaf } from './leaves.ts';
import { bytesTest, idTest, intervals, knownPattern } from './comparisons.ts';
import { neededTexts } from './needed-texts.ts';
import type { Comparison } from './needed-texts.ts';
import type { Needle } from './search.ts';
import type { BytesTest, CallText, Derivation, FilterSource, MessageNumber, CallNumber, TextColumn } from './source.ts';
import type { Clock } from './values.ts';

/** An expression bound to a source. Leaves are made once the columns and scans that they need are there. */
export type Plan =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Plan[] }
  | { readonly kind: 'not'; readonly part: Plan }
  /** `level`: whether the leaf's rows are messages or calls. */
  | { readonly kind: 'leaf'; readonly level: 'message' | 'call'; readonly make: () => Leaf };

/** A scan that the plan needs: the rows that pass are marked in `found`, those only that have the flag `only`. */
export interface Scan {
  readonly test: BytesTest;
  readonly only: MessageNumber | null;
  found: Uint8Array;
}

/** Texts looked for at once: with more, it is as quick to read all messages. */
const MOST_NEEDLES = 8;

/** Turns expressions into plans, and notes what has to be read from the messages for them. */
export class Planner {
  readonly derivations: Derivation[] = [];
  /** By derivation: texts of which one stands in every message that matters, null where all of them do. */
  readonly needles: (readonly Needle[] | null)[] = [];
  readonly scans: Scan[] = [];
  /** Columns of calls that leaves will ask for. */
  readonly callColumns = new Set<CallNumber | CallText>();
  /** In the order of `derivations`: to be set before leaves are made. */
  derived: readonly TextColumn[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly source: FilterSource;
  private readonly clock: Clock;

  constructor(source: FilterSource, clock: Clock) {
    this.source = source;
    this.clock = clock;
  }

  plan(expression: Expression): Plan {
    switch (expression.kind) {
      case 'and':
      case 'or':
        return { kind: expression.kind, parts: expression.parts.map((part) => this.plan(part)) };
      case 'not':
        return { kind: 'not', part: this.plan(expression.part) };
      case 'search':
        return this.scanned({ of: 'bytes', region: 'message' }, bytesTest('message', 'contains', expression.text));
      case 'present':
        return this.present(knownField(expression.field));
      case 'in':
        return this.compare(knownField(expression.field), { operator: 'in', values: expression.values });
      default: {
        const field = knownField(expression.field);
        const values = [expression.value];
        if (expression.operator !== '!=') return this.compare(field, { operator: expression.operator, values });
        // As in Wireshark 4: it has values, and none of them is this one.
        const equal = this.compare(field, { operator: '==', values });
        return { kind: 'and', parts: [this.compare(field, null), { kind: 'not', part: equal }] };
      }
    }
  }

  /** A bare field: a flag has to be true, anything else to be there. */
  private present(field: Field): Plan {
    return this.compare(
      field,
      field.kind === 'flag' ? { operator: '==', values: [{ kind: 'one', text: 'true' }] } : null,
    );
  }

  private compare(field: Field, comparison: Comparison): Plan {
    const { origin } = field;
    if (origin.of !== 'any') return this.leaf(field, origin, comparison);
    return { kind: 'or', parts: origin.fields.map((name) => this.leaf(field, knownField(name).origin, comparison)) };
  }

  private leaf(field: Field, origin: Origin, comparison: Comparison): Plan {
    switch (origin.of) {
      case 'any':
        throw new Error(`${field.name} is made of fields that are made of fields`);
      case 'derived': {
        const number = this.derivation(origin.part, neededTexts(field, origin.part, comparison));
        return {
          kind: 'leaf',
          level: 'message',
          make: () => this.textLeaf(field, this.derived[number] as TextColumn, comparison),
        };
      }
      case 'bytes':
        return this.bytes(origin, comparison);
      default: {
        if (origin.of === 'call') this.callColumns.add('text' in origin ? origin.text : origin.number);
        const make =
          'text' in origin
            ? () => this.textLeaf(field, this.source.text(origin.text), comparison)
            : () => this.numberLeaf(field, origin.number, comparison);
        return { kind: 'leaf', level: origin.of, make };
      }
    }
  }

  private textLeaf(field: Field, column: TextColumn, comparison: Comparison): Leaf {
    if (comparison === null) return new TextLeaf(column, () => true);
    return new TextLeaf(column, idTest(field, comparison.operator, comparison.values, column, this.clock));
  }

  private numberLeaf(field: Field, name: MessageNumber | CallNumber, comparison: Comparison): Leaf {
    const column = this.source.number(name);
    if (comparison === null) return new NumberLeaf(column, [{ from: -Infinity, to: Infinity }]);
    const { operator, values } = comparison;
    const [first] = values;
    if (operator === 'matches' && first?.kind === 'one') {
      const pattern = knownPattern(first.text);
      return new TestedNumberLeaf(column, (value) => pattern.inText(String(value)));
    }
    return new NumberLeaf(column, intervals(field, operator, values, this.clock));
  }

  private bytes(origin: Origin & { readonly of: 'bytes' }, comparison: Comparison): Plan {
    if (comparison === null) {
      const column = origin.only ?? (origin.region === 'body' ? 'body.length' : 'length');
      return {
        kind: 'leaf',
        level: 'message',
        make: () => new NumberLeaf(this.source.number(column), [{ from: 1, to: Infinity }]),
      };
    }
    const [first] = comparison.values;
    if (first?.kind !== 'one') throw new Error('a search without a text');
    return this.scanned(
      origin,
      bytesTest(origin.region, comparison.operator === 'matches' ? 'matches' : 'contains', first.text),
    );
  }

  private scanned(origin: Origin & { readonly of: 'bytes' }, test: BytesTest): Plan {
    const scan: Scan = { test, only: origin.only ?? null, found: new Uint8Array(0) };
    this.scans.push(scan);
    return { kind: 'leaf', level: 'message', make: () => new ScannedLeaf(scan.found) };
  }

  private derivation(part: Derivation, needles: readonly Needle[] | null): number {
    const key = `${part.place} ${part.header} ${part.part}`;
    const number = this.numbers.get(key);
    if (number === undefined) {
      this.numbers.set(key, this.derivations.length);
      this.needles.push(needles);
      return this.derivations.push(part) - 1;
    }
    // What one comparison does not care for, another one may.
    const known = this.needles[number] ?? null;
    const both = known === null || needles === null ? null : [...known, ...needles];
    this.needles[number] = both === null || both.length > MOST_NEEDLES ? null : both;
    return number;
  }
}
