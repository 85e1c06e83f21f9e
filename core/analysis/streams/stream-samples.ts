/** First bytes of a few payloads of each stream: what codecs say of themselves (frames, packet time) is read there later. */
export const SAMPLE_BYTES = 30;
const SAMPLES = 4;
const WIDTH = SAMPLE_BYTES + 2;
const STRIDE = SAMPLES * WIDTH;

export class StreamSamples {
  private bytes = new Uint8Array(STRIDE * 64);
  private count = 0;

  /** Opens room for the samples of a stream, from 1. */
  open(): number {
    this.count += 1;
    if (this.count * STRIDE > this.bytes.length) {
      const more = new Uint8Array(this.bytes.length * 2);
      more.set(this.bytes);
      this.bytes = more;
    }
    return this.count;
  }

  /** `place`: 0 to 3. `length`: of the whole payload. */
  keep(number: number, place: number, length: number, bytes: Uint8Array, at: number, end: number): void {
    const start = (number - 1) * STRIDE + place * WIDTH;
    const kept = Math.max(0, Math.min(SAMPLE_BYTES, length, end - at));
    this.bytes[start] = length >>> 8;
    this.bytes[start + 1] = length & 0xff;
    for (let i = 0; i < SAMPLE_BYTES; i++) this.bytes[start + 2 + i] = i < kept ? (bytes[at + i] as number) : 0;
  }

  get plain(): Uint8Array {
    return this.bytes.slice(0, this.count * STRIDE);
  }
}

export interface PayloadSample {
  /** Bytes of the whole payload, 65,535 at most. */
  readonly length: number;
  /** The first of them. */
  readonly bytes: Uint8Array;
}

/** The samples of a stream out of `plain`, those that were taken. */
export function samplesOf(plain: Uint8Array, number: number): PayloadSample[] {
  const samples: PayloadSample[] = [];
  if (number === 0) return samples;
  for (let place = 0; place < SAMPLES; place++) {
    const start = (number - 1) * STRIDE + place * WIDTH;
    const length = ((plain[start] ?? 0) << 8) | (plain[start + 1] ?? 0);
    if (length === 0) continue;
    samples.push({ length, bytes: plain.subarray(start + 2, start + 2 + Math.min(length, SAMPLE_BYTES)) });
  }
  return samples;
}
