import type { NumberingProgram } from '../../analysis/numbering-program.ts';
import type { Sighting } from '../../analysis/sighting.ts';
import { BatchWriter, type Batched } from './batch.ts';

/** Batches there are. */
const BATCHES = 8;

/**
 * Batches on their way to another thread, which counts in `taken` how many it has taken. They go round: with all of
 * them on their way, whoever writes waits, which bounds memory and keeps what is read close to what is taken. The
 * identifiers of messages are numbered here, as long as there is room for them.
 */
export class Outbox {
  private readonly taken: Int32Array;
  private readonly post: (batch: Batched) => void;
  private readonly batches: BatchWriter[] = [new BatchWriter()];
  private readonly single = new BatchWriter();
  private numbering: NumberingProgram | null;
  private current = this.batches[0] as BatchWriter;
  private posted = 0;

  /** @param post sends a batch. */
  constructor(taken: Int32Array, numbering: NumberingProgram | null, post: (batch: Batched) => void) {
    this.taken = taken;
    this.numbering = numbering;
    this.post = post;
  }

  add(seen: Sighting): void {
    const { single } = this;
    single.clear();
    single.add(seen);
    this.addRecords(single.records, 1);
  }

  /** Messages as BatchWriter writes them, one behind the other. */
  addRecords(records: Uint8Array, count: number): void {
    // Before they are numbered: with a batch goes what its own messages have.
    if (!this.current.hasRoom(records.length)) this.flush();
    const numbered = this.numbering?.number(records, count) ?? null;
    if (numbered === null && this.numbering !== null) {
      this.flush();
      this.numbering = null;
    }
    this.current.addRecords(numbered ?? records, count);
  }

  /** Sends what there is where the other thread has nothing to do. */
  offer(): void {
    if (Atomics.load(this.taken, 0) === this.posted) this.flush();
  }

  /** Sends what there is. */
  flush(): void {
    const { count, memory } = this.current;
    if (count === 0) return;
    this.post({ count, numbers: this.numbering?.told() ?? null, memory });
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
