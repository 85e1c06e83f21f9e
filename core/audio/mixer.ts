import { saturated } from './decoder.ts';
import type { Samples } from './samples.ts';

/** Takes samples of all channels in turn: left, right, left … They hold only during the call. */
export type MixedSink = (interleaved: Int16Array) => void;

/** Several voices as one or two channels; voices of one channel are heard together. */
export class Mixer {
  private readonly channels: readonly (readonly Samples[])[];
  private mixed = new Int16Array(1 << 14);

  constructor(channels: readonly (readonly Samples[])[]) {
    this.channels = channels;
  }

  /** Samples a channel that all voices have. */
  get available(): number {
    let least = Infinity;
    for (const voices of this.channels) for (const { count } of voices) least = Math.min(least, count);
    return least === Infinity ? 0 : least;
  }

  /** Hands on all that is there of every voice. */
  drain(sink: MixedSink): void {
    const count = this.available;
    const wide = this.channels.length;
    if (count === 0) return;
    if (this.mixed.length < count * wide) this.mixed = new Int16Array(2 * count * wide);
    const { mixed } = this;
    for (const [channel, voices] of this.channels.entries()) {
      for (const [place, voice] of voices.entries()) {
        const samples = voice.take(count);
        let at = channel;
        for (let i = 0; i < count; i++, at += wide) {
          const sample = samples[i] as number;
          mixed[at] = place === 0 ? sample : saturated((mixed[at] as number) + sample);
        }
      }
    }
    sink(mixed.subarray(0, count * wide));
  }

  /** At the end: voices that are over are silent until the last one is. */
  level(): void {
    let most = 0;
    for (const voices of this.channels) for (const { count } of voices) most = Math.max(most, count);
    for (const voices of this.channels) for (const voice of voices) voice.silence(most - voice.count);
  }
}
