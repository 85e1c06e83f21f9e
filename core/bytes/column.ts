/**
 * Typed columns that grow by fixed segments: no pause while a doubled array is
 * copied, no more than one segment of waste, no object per row.
 */

const SHIFT = 13;
const SEGMENT = 1 << SHIFT;
const MASK = SEGMENT - 1;

/**
 * The row of a segment at which the next one is made. Early, so that the way there is known when `push` gets compiled
 * for the first time: one that was not gone yet is left out, and going it later throws the compiled code away.
 */
const EARLY = 64;

type Numbers = Uint8Array | Uint32Array | Float64Array;

/** One column: numbers by row. Reading or writing beyond `length` is a bug of ours and throws. */
export interface Column {
  readonly length: number;
  /** Appends a value and returns its row. */
  push(value: number): number;
  get(row: number): number;
  set(row: number, value: number): void;
  /** Bytes held, for the memory figures in `stats`. */
  readonly bytes: number;
}

/* A class for each kind of array, so that every `get` sees one kind of array only (a shared class would be polymorphic
   on the hottest reads there are). */
function columnOf(make: () => Numbers, width: number): new () => Column {
  return class implements Column {
    length = 0;
    private readonly segments: Numbers[] = [make()];

    push(value: number): number {
      const row = this.length;
      if ((row & MASK) === EARLY) this.segments.push(make());
      this.length = row + 1;
      (this.segments[row >>> SHIFT] as Numbers)[row & MASK] = value;
      return row;
    }

    get(row: number): number {
      return (this.segments[row >>> SHIFT] as Numbers)[row & MASK] as number;
    }

    set(row: number, value: number): void {
      (this.segments[row >>> SHIFT] as Numbers)[row & MASK] = value;
    }

    get bytes(): number {
      return this.segments.length * SEGMENT * width;
    }
  };
}

export const U8Column = columnOf(() => new Uint8Array(SEGMENT), 1);
export const U32Column = columnOf(() => new Uint32Array(SEGMENT), 4);
export const F64Column = columnOf(() => new Float64Array(SEGMENT), 8);
