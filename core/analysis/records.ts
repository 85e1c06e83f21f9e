const SHIFT = 12;
const MASK = (1 << SHIFT) - 1;
/** The row of a segment at which the next one is made: early, for the reason given in core/bytes/column.ts. */
const EARLY = 64;

/**
 * Rows of a fixed number of 32-bit fields that lie next to each other: for what is mostly 0 at first and is read and
 * written a few fields at a time, where a column each would cost a write per field and row. Grows by fixed segments.
 */
export class Records {
  /** How many there are. */
  length = 0;
  private readonly segments: Uint32Array[];
  /** log2 of the numbers from one record to the next. */
  private readonly stride: number;

  /** @param fields numbers per record; a power of two wastes nothing. */
  constructor(fields: number) {
    this.stride = 32 - Math.clz32(fields - 1);
    this.segments = [new Uint32Array(1 << (SHIFT + this.stride))];
  }

  /** Appends a record of zeros and returns its row. */
  push(): number {
    const row = this.length++;
    if ((row & MASK) === EARLY) this.segments.push(new Uint32Array(1 << (SHIFT + this.stride)));
    return row;
  }

  /** Reading or writing beyond `length` is a bug of ours and throws. */
  get(row: number, field: number): number {
    return (this.segments[row >>> SHIFT] as Uint32Array)[((row & MASK) << this.stride) + field] as number;
  }

  set(row: number, field: number, value: number): void {
    (this.segments[row >>> SHIFT] as Uint32Array)[((row & MASK) << this.stride) + field] = value;
  }

  /** The numbers of the segment that holds `row`, and where in it the record begins: for writing many fields at once. */
  segmentOf(row: number): Uint32Array {
    return this.segments[row >>> SHIFT] as Uint32Array;
  }
  offsetOf(row: number): number {
    return (row & MASK) << this.stride;
  }

  increment(row: number, field: number): void {
    this.set(row, field, this.get(row, field) + 1);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.segments.length * (4 << (SHIFT + this.stride));
  }
}

/** One field of the records, with the face of a column. */
export class Field {
  private readonly records: Records;
  private readonly field: number;

  constructor(records: Records, field: number) {
    this.records = records;
    this.field = field;
  }

  get(row: number): number {
    return this.records.get(row, this.field);
  }
}

/** Some bits of a field: `bits` of them, from bit `shift` on. */
export class BitField {
  private readonly records: Records;
  private readonly field: number;
  private readonly shift: number;
  private readonly mask: number;

  constructor(records: Records, field: number, shift: number, bits: number) {
    this.records = records;
    this.field = field;
    this.shift = shift;
    this.mask = 2 ** bits - 1;
  }

  get(row: number): number {
    return (this.records.get(row, this.field) >>> this.shift) & this.mask;
  }

  set(row: number, value: number): void {
    const { records, field, shift, mask } = this;
    records.set(row, field, (records.get(row, field) & ~(mask << shift)) | ((value & mask) << shift));
  }
}
