/** From here on a stream's timestamps went by `step`. Plain data. */
export interface StepChange {
  readonly stream: number;
  /** Nanoseconds. */
  readonly time: number;
  /** Ticks. */
  readonly step: number;
  /** Bytes of payload of a packet that lasted so long. */
  readonly payload: number;
}

/** Whether a packet of `payload` bytes that was followed by `step` ticks was no packet of that length: less than half as dense as the others. */
export function isPause(payload: number, step: number, otherPayload: number, otherStep: number): boolean {
  return step > otherStep && 2 * payload * otherStep < otherPayload * step;
}
