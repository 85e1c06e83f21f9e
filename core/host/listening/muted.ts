import type { TrackSink } from './run.ts';

/** A channel that nobody asked for, though its time counts. */
export class Muted implements TrackSink {
  sound(): void {
    // Not heard.
  }
  gap(): void {
    // Not heard.
  }
  noise(): void {
    // Not heard.
  }
  tone(): void {
    // Not heard.
  }
  mark(): void {
    // Not looked at.
  }
  end(): void {
    // Nothing is held back.
  }
}
