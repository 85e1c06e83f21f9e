import type { Sighting } from '../../analysis/sighting.ts';
import { BatchWriter, type Batched } from './batch.ts';

/** Batches there are. */
const BATCHES = 8;

/**
 * Batches on their way to another thread, which counts in `taken` how many it has taken. They go round: with all of
 * them on their way, whoever writes waits, which bounds memory and keeps what is read close to what is taken.
 */
export class Outbox {
  private readonly taken: Int32Array;
  private readonly post: (batch: Batched) => void;
  private readonly batches: BatchWriter[] = [new BatchWriter()];
  private current = this.batches[0] as BatchWriter;
  private posted = 0;

  /** @param post sends a batch. */
  constructor(taken: Int32Array, post: (batch: Batched) => void) {
    this.taken = taken;
    this.post = post;
  }

  add(seen: Sighting): void {
    if (this.current.add(seen)) return;
    this.flush();
    this.current.add(seen);
  }

  /** Messages as BatchWriter writes them, one behind the other. */
  addRecords(records: Uint8Array, count: number): void {
    if (this.current.addRecords(records, count)) return;
    this.flush();
    this.current.addRecords(records, count);
  }

  /** Sends what there is where the other thread has nothing to do. */
  offer(): void {
    if (Atomics.load(this.taken, 0) === this.posted) this.flush();
  }

  /** Sends what there is. */
  flush(): void {
    const { count, bytes, memory } = this.current;
    if (count === 0) return;
    this.post({ count, bytes, memory });
    const next = ++this.posted % BATCHES;
    this.wait(this.posted - BATCHES + 1);
    this.current = this.batches[next] ??= new BatchWriter();
    this.current.clear();
  }

  /** Until so many batches are taken. */
  private wait(batches: number): void {
    for (let now = Atomics.load(this.taken, 0); now < batches; now = Atomics.load(this.taken, 0)) {
      Atomics.wait(this.taken, 0, now);
    }
  }
}
