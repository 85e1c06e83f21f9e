/** How often something is asked again: at a steady pace, and a third of the time at most. */
export class Pace {
  private at = Number.NEGATIVE_INFINITY;
  private took = 0;

  /** Milliseconds until it may be asked again; `every`: between two questions at least. */
  wait(every: number): number {
    return Math.max(0, this.at + Math.max(every, 2 * this.took) - performance.now());
  }

  /** It is asked now. What is returned is called with its answer. */
  ask(): () => void {
    const began = performance.now();
    this.at = began;
    return () => {
      this.took = performance.now() - began;
    };
  }
}
