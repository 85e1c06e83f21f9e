/** A pause of all streams that is longer becomes `SHORT` long; so do all pauses over `SHORT` once `ALLOWANCE` is used up. Seconds. */
export const LONGEST_PAUSE = 600;
export const ALLOWANCE = 3600;
export const SHORT = 1;
/** Places where the clock was changed that are told. */
const MOST_STRETCHES = 1000;

/** From second `at` of what is played on, capture time goes on from `time`. */
export interface Stretch {
  readonly at: number;
  /** As packets have it: nanoseconds since the base second of the capture. */
  readonly time: number;
}

/**
 * Seconds of what is played for times of the capture: they begin with 0 and never go back, and nobody's clock makes hours
 * of silence out of two packets.
 */
export class PlayClock {
  readonly stretches: Stretch[] = [];
  private latest = 0;
  private seconds = 0;
  private allowance = ALLOWANCE;

  /** @param time of a packet, nanoseconds. */
  at(time: number): number {
    if (this.stretches.length === 0) return this.goOn(time, 0);
    const passed = (time - this.latest) / 1e9;
    // Packets of several interfaces are a little out of order; a clock that was set goes on from here.
    if (passed < 0) return passed < -SHORT ? this.goOn(time, 0) : this.seconds;
    if (passed > LONGEST_PAUSE || (passed > SHORT && passed > this.allowance)) return this.goOn(time, SHORT);
    if (passed > SHORT) this.allowance -= passed;
    this.latest = time;
    this.seconds += passed;
    return this.seconds;
  }

  private goOn(time: number, after: number): number {
    this.latest = time;
    this.seconds += after;
    if (this.stretches.length < MOST_STRETCHES) this.stretches.push({ at: this.seconds, time });
    return this.seconds;
  }
}
