import { F64Column, U32Column, U8Column, type Column } from '../bytes/column.ts';
import { Extents } from '../decode/extents.ts';

interface Columns {
  /** By message: number of the piece behind its last one; where its bytes were kept, -1 where they were not; and whether they were made. */
  readonly behind: Column;
  readonly kept: Column;
  readonly made: Column;
  /** By piece, see Extents. */
  readonly starts: Column;
  readonly lengths: Column;
  readonly positions: Column;
}

/** What messages were put together from, as numbers: of a capture full of ESP or TCP, that is every message. */
export class PieceTable {
  /** Made when the first one comes: most captures have none. */
  private columns: Columns | null = null;

  /** Keeps a copy and returns its number, from 0. */
  add({ starts, lengths, positions, made, kept }: Extents): number {
    const columns = (this.columns ??= newColumns());
    for (let i = 0; i < starts.length; i++) {
      columns.starts.push(starts[i] as number);
      columns.lengths.push(lengths[i] as number);
      columns.positions.push(positions[i] as number);
    }
    columns.kept.push(kept);
    columns.made.push(made ? 1 : 0);
    return columns.behind.push(columns.starts.length);
  }

  /** Null where there is no such number. */
  get(number: number): Extents | null {
    const { columns } = this;
    if (columns === null || number >= columns.behind.length) return null;
    const extents = new Extents();
    extents.made = columns.made.get(number) === 1;
    extents.kept = columns.kept.get(number);
    for (let i = firstOf(columns, number); i < columns.behind.get(number); i++) {
      extents.add(columns.starts.get(i), columns.lengths.get(i), columns.positions.get(i));
    }
    return extents;
  }

  /** Where the first piece is; 0 where there is none. */
  firstPosition(number: number): number {
    const { columns } = this;
    if (columns === null || number >= columns.behind.length) return 0;
    const first = firstOf(columns, number);
    return first < columns.behind.get(number) ? columns.positions.get(first) : 0;
  }

  /** Bytes held. */
  get bytes(): number {
    const columns: readonly Column[] = this.columns === null ? [] : Object.values(this.columns);
    return columns.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

function firstOf({ behind }: Columns, number: number): number {
  return number === 0 ? 0 : behind.get(number - 1);
}

function newColumns(): Columns {
  return {
    behind: new U32Column(),
    kept: new F64Column(),
    made: new U8Column(),
    starts: new U32Column(),
    lengths: new U32Column(),
    positions: new F64Column(),
  };
}
