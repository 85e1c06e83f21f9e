/**
 * Flows (connections, associations) as rows of a table, found by two 32-bit numbers and two ports. Typed columns, no
 * object per flow; at the limit the flow that was idle for longest makes room. Whoever keeps more about a flow keeps it
 * in columns of his own, by the same row.
 */
export class Flows {
  /** Flows that are open. */
  size = 0;
  /** Rows there is room for: columns of others have to be as long. */
  capacity: number;

  private readonly limit: number;
  private readonly closing: (row: number) => void;
  /** So that a capture can't be made of addresses that all fall into one bucket. */
  private readonly seed: number;
  private a: Uint32Array;
  private b: Uint32Array;
  private both: Uint32Array;
  /** Row + 1 of the first flow of a bucket, and of the next in the same one; 0 ends. */
  private buckets: Uint32Array;
  private chain: Uint32Array;
  /** Neighbours by age, -1 at the ends. */
  private older: Int32Array;
  private newer: Int32Array;
  private oldest = -1;
  private newest = -1;

  /**
   * @param limit flows kept at most, a power of two
   * @param closing called with the row of a flow that makes room for another, before its row is used again
   */
  constructor(limit: number, closing: (row: number) => void, seed = Math.floor(Math.random() * 2 ** 32)) {
    this.limit = limit;
    this.closing = closing;
    this.seed = seed | 0;
    this.capacity = Math.min(limit, 1024);
    this.a = new Uint32Array(this.capacity);
    this.b = new Uint32Array(this.capacity);
    this.both = new Uint32Array(this.capacity);
    this.chain = new Uint32Array(this.capacity);
    this.older = new Int32Array(this.capacity);
    this.newer = new Int32Array(this.capacity);
    this.buckets = new Uint32Array(this.capacity);
  }

  /** The row of a flow, -1 where it isn't open. `ports` are two 16-bit numbers in one of 32 bits. */
  find(a: number, b: number, ports: number): number {
    let row = (this.buckets[this.bucket(a, b, ports)] as number) - 1;
    while (row >= 0) {
      if (this.a[row] === a && this.b[row] === b && this.both[row] === ports) {
        if (row !== this.newest) {
          this.unlink(row);
          this.append(row);
        }
        return row;
      }
      row = (this.chain[row] as number) - 1;
    }
    return -1;
  }

  /** A row for a flow that `find` has not found. */
  open(a: number, b: number, ports: number): number {
    let row = this.size;
    if (row < this.limit) {
      if (row === this.capacity) this.grow();
      this.size++;
    } else {
      row = this.oldest;
      this.closing(row);
      this.forget(row);
      this.unlink(row);
    }
    this.a[row] = a;
    this.b[row] = b;
    this.both[row] = ports;
    this.enter(row);
    this.append(row);
    return row;
  }

  /** The numbers a row was opened with. */
  first(row: number): number {
    return this.a[row] as number;
  }

  second(row: number): number {
    return this.b[row] as number;
  }

  ports(row: number): number {
    return this.both[row] as number;
  }

  private bucket(a: number, b: number, ports: number): number {
    let hash = Math.imul(a ^ this.seed, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 13) ^ ports, 0x9e3779b1);
    return (hash ^ (hash >>> 16)) & (this.capacity - 1);
  }

  private enter(row: number): void {
    const bucket = this.bucket(this.a[row] as number, this.b[row] as number, this.both[row] as number);
    this.chain[row] = this.buckets[bucket] as number;
    this.buckets[bucket] = row + 1;
  }

  /** Takes a row out of its bucket. */
  private forget(row: number): void {
    const bucket = this.bucket(this.a[row] as number, this.b[row] as number, this.both[row] as number);
    let before = (this.buckets[bucket] as number) - 1;
    if (before === row) {
      this.buckets[bucket] = this.chain[row] as number;
      return;
    }
    while ((this.chain[before] as number) - 1 !== row) before = (this.chain[before] as number) - 1;
    this.chain[before] = this.chain[row] as number;
  }

  private append(row: number): void {
    this.older[row] = this.newest;
    this.newer[row] = -1;
    if (this.newest >= 0) this.newer[this.newest] = row;
    else this.oldest = row;
    this.newest = row;
  }

  private unlink(row: number): void {
    const older = this.older[row] as number;
    const newer = this.newer[row] as number;
    if (older >= 0) this.newer[older] = newer;
    else this.oldest = newer;
    if (newer >= 0) this.older[newer] = older;
    else this.newest = older;
  }

  private grow(): void {
    this.capacity *= 2;
    this.a = longer(this.a, this.capacity);
    this.b = longer(this.b, this.capacity);
    this.both = longer(this.both, this.capacity);
    this.chain = new Uint32Array(this.capacity);
    this.buckets = new Uint32Array(this.capacity);
    const { older, newer } = this;
    this.older = new Int32Array(this.capacity);
    this.older.set(older);
    this.newer = new Int32Array(this.capacity);
    this.newer.set(newer);
    for (let row = 0; row < this.size; row++) this.enter(row);
  }
}

/** The same numbers with room for more. */
export function longer(column: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(capacity);
  wider.set(column);
  return wider;
}
