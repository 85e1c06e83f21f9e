/** L16 (RFC 3551 4.5.11): samples of 16 bits in network order, the channels of a moment one after the other. */
import type { SoundDecoder } from './decoder.ts';

export class L16Decoder implements SoundDecoder {
  readonly rate: number;
  private readonly channels: number;
  private readonly channel: number;

  constructor(rate: number, channels: number, channel: number) {
    this.rate = rate;
    this.channels = channels;
    this.channel = channel;
  }

  samplesOf(bytes: number): number {
    return Math.floor(bytes / (2 * this.channels));
  }

  decode(payload: Uint8Array, out: Int16Array): number {
    const samples = this.samplesOf(payload.length);
    const step = 2 * this.channels;
    let at = 2 * this.channel;
    for (let i = 0; i < samples; i++, at += step) {
      out[i] = ((payload[at] as number) << 8) | (payload[at + 1] as number);
    }
    return samples;
  }

  reset(): void {
    // Each sample stands for itself.
  }
}
