import type { Expression } from './expression.ts';
import type { Leaf } from './leaves.ts';
import type { Zone } from './moment.ts';
import { Planner } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Cancel, FilterSource } from './source.ts';

/**
 * What a filter is asked of. `messages`: a message matches when the expression is true for it; fields of the call are
 * those of the call it belongs to. `calls`: a comparison is true for a call when any of its messages satisfies it, and
 * `and`, `or`, `not` join what is true for the call: `method:INVITE and status:486` is a call with an INVITE and,
 * somewhere, a 486.
 */
export type Mode = 'messages' | 'calls';

export interface SelectOptions {
  readonly cancel?: Cancel;
  /** Called every CHUNK rows: lets others have their turn (`setImmediate`), so that somebody can cancel. */
  readonly pause?: () => Promise<void>;
  /** What a time without a zone means; UTC unless given. */
  readonly zone?: Zone;
}

export interface Selection {
  /** 1 for what matches: by row, or by call number (there is no call 0). */
  readonly mask: Uint8Array;
  /** How many match. */
  readonly matches: number;
}

/** Rows between two pauses. */
const CHUNK = 1 << 16;

/** Nobody waits any more. Thrown and caught in here. */
class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * Evaluates an expression over the messages that the source has now. Null where it was cancelled. Rejects only where
 * the source does. Memory: a byte per row (or call) for each level of nesting and each search.
 */
export async function select(
  expression: Expression,
  source: FilterSource,
  mode: Mode,
  options: SelectOptions = {},
): Promise<Selection | null> {
  try {
    const cancel = options.cancel ?? { aborted: false };
    const planner = new Planner(source, { base: source.base, start: source.start, zone: options.zone ?? 'utc' });
    const plan = planner.plan(expression);
    const evaluation = new Evaluation(source, mode, cancel, options.pause ?? (() => Promise.resolve()));
    await evaluation.prepare(planner);
    const mask = await evaluation.mask(plan);
    return { mask, matches: mask.reduce((sum, one) => sum + one, 0) };
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    return null;
  }
}

class Evaluation {
  private readonly source: FilterSource;
  private readonly mode: Mode;
  private readonly cancel: Cancel;
  private readonly pause: () => Promise<void>;
  /** A live capture goes on: we look at what is there now. */
  private readonly rows: number;
  private readonly calls: number;
  private readonly chunk = new Uint8Array(CHUNK);

  constructor(source: FilterSource, mode: Mode, cancel: Cancel, pause: () => Promise<void>) {
    this.source = source;
    this.mode = mode;
    this.cancel = cancel;
    this.pause = pause;
    this.rows = source.count;
    this.calls = source.calls;
  }

  /** Has the source read what no column holds yet. */
  async prepare(planner: Planner): Promise<void> {
    const { source, cancel, rows } = this;
    this.check();
    if (planner.derivations.length > 0)
      planner.derived = await source.derive(planner.derivations, cancel, planner.needles);
    this.check();
    if (planner.callColumns.size > 0) await source.ready?.([...planner.callColumns], cancel);
    this.check();
    const { scans } = planner;
    if (scans.length === 0) return;
    for (const scan of scans) scan.found = new Uint8Array(rows);
    const flags = scans.map((scan) => (scan.only === null ? null : source.number(scan.only)));
    const mark = (test: number, row: number): void => {
      const found = scans[test]?.found;
      const flag = flags[test];
      if (found !== undefined && row < rows && (flag === null || flag === undefined || flag.get(row) === 1))
        found[row] = 1;
    };
    await source.scan(
      scans.map((scan) => scan.test),
      mark,
      cancel,
    );
    this.check();
  }

  /** By row or by call, as the mode has it. */
  async mask(plan: Plan): Promise<Uint8Array> {
    switch (plan.kind) {
      case 'leaf':
        return this.leaf(plan.make(), plan.level);
      case 'not': {
        const mask = await this.mask(plan.part);
        for (let i = this.mode === 'calls' ? 1 : 0; i < mask.length; i++) mask[i] = 1 - (mask[i] as number);
        return mask;
      }
      default: {
        const [first, ...rest] = plan.parts;
        if (first === undefined) throw new Error('an expression without parts');
        const mask = await this.mask(first);
        for (const part of rest) join(mask, await this.mask(part), plan.kind === 'and');
        return mask;
      }
    }
  }

  private leaf(leaf: Leaf, level: 'message' | 'call'): Promise<Uint8Array> {
    if (level === 'message') return this.mode === 'messages' ? this.byRow(leaf) : this.ofCalls(leaf);
    return this.mode === 'calls' ? this.byCall(leaf) : this.ofRows(leaf);
  }

  private async byRow(leaf: Leaf): Promise<Uint8Array> {
    const mask = new Uint8Array(this.rows);
    await this.chunks(0, this.rows, (from, to) => {
      leaf.fill(from, to, mask, from);
    });
    return mask;
  }

  private async byCall(leaf: Leaf): Promise<Uint8Array> {
    const mask = new Uint8Array(this.calls + 1);
    await this.chunks(1, this.calls + 1, (from, to) => {
      leaf.fill(from, to, mask, from);
    });
    return mask;
  }

  /** A test of messages: true for a call with any message that passes. */
  private async ofCalls(leaf: Leaf): Promise<Uint8Array> {
    const mask = new Uint8Array(this.calls + 1);
    const { chunk } = this;
    const { callOf } = this.source;
    await this.chunks(0, this.rows, (from, to) => {
      leaf.fill(from, to, chunk, 0);
      for (let row = from; row < to; row++) if (chunk[row - from] === 1) mask[callOf.get(row)] = 1;
    });
    mask[0] = 0;
    return mask;
  }

  /** A test of calls: true for the messages of calls that pass. */
  private async ofRows(leaf: Leaf): Promise<Uint8Array> {
    const calls = await this.byCall(leaf);
    const mask = new Uint8Array(this.rows);
    const { callOf } = this.source;
    await this.chunks(0, this.rows, (from, to) => {
      for (let row = from; row < to; row++) mask[row] = calls[callOf.get(row)] ?? 0;
    });
    return mask;
  }

  private async chunks(first: number, end: number, work: (from: number, to: number) => void): Promise<void> {
    for (let from = first; from < end; from += CHUNK) {
      work(from, Math.min(from + CHUNK, end));
      await this.pause();
      this.check();
    }
  }

  private check(): void {
    if (this.cancel.aborted) throw new StoppedError();
  }
}

function join(mask: Uint8Array, other: Uint8Array, both: boolean): void {
  if (both) for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] as number) & (other[i] as number);
  else for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] as number) | (other[i] as number);
}
