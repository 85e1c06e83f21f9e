import { SAMPLE_BYTES, SAMPLE_COUNT } from '../../programs/media/state.ts';

/* First bytes of a few payloads of each stream: what codecs say of themselves (frames, packet time) is read there. */

const WIDTH = SAMPLE_BYTES + 2;
/** Bytes of the samples of a stream. */
export const SAMPLES_WIDTH = SAMPLE_COUNT * WIDTH;

export interface PayloadSample {
  /** Bytes of the whole payload, 65,535 at most. */
  readonly length: number;
  /** The first of them. */
  readonly bytes: Uint8Array;
}

/** The samples of number `number`, from 1, those that were taken; `plain` holds those of all streams. */
export function samplesOf(plain: Uint8Array, number: number): PayloadSample[] {
  const samples: PayloadSample[] = [];
  if (number === 0) return samples;
  for (let place = 0; place < SAMPLE_COUNT; place++) {
    const start = (number - 1) * SAMPLES_WIDTH + place * WIDTH;
    const length = ((plain[start] ?? 0) << 8) | (plain[start + 1] ?? 0);
    if (length === 0) continue;
    samples.push({ length, bytes: plain.subarray(start + 2, start + 2 + Math.min(length, SAMPLE_BYTES)) });
  }
  return samples;
}
