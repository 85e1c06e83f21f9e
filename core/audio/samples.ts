/** Samples that wait to be taken, the oldest first. */
export class Samples {
  private held = new Int16Array(1 << 14);
  private head = 0;
  private tail = 0;

  get count(): number {
    return this.tail - this.head;
  }

  push(samples: Int16Array): void {
    this.reserve(samples.length);
    this.held.set(samples, this.tail);
    this.tail += samples.length;
  }

  silence(count: number): void {
    this.reserve(count);
    this.held.fill(0, this.tail, this.tail + count);
    this.tail += count;
  }

  /** The oldest `count`, which must be there; holds until the next call of anything. */
  take(count: number): Int16Array {
    const taken = this.held.subarray(this.head, this.head + count);
    this.head += count;
    return taken;
  }

  private reserve(count: number): void {
    if (this.tail + count <= this.held.length) return;
    const kept = this.held.subarray(this.head, this.tail);
    const room = 2 * (kept.length + count);
    const next = room > this.held.length ? new Int16Array(room) : this.held;
    next.set(kept);
    this.held = next;
    this.tail -= this.head;
    this.head = 0;
  }
}
