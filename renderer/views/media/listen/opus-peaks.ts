import type { Waveform } from '../../../../core/contract/audio.ts';
import { sentenceOf } from '../../message/answer.ts';
import { PIECE_SECONDS, type Pieces } from './pieces.ts';

/** Pieces that are decoded for a picture: half an hour. What is longer is heard all the same. */
export const MOST_DRAWN = 60;

/** Least and greatest sample of each bucket, by channel; null for channels that the host drew. */
export interface OpusPeaks {
  readonly channels: readonly ({ readonly min: readonly number[]; readonly max: readonly number[] } | null)[];
  /** Why there is no picture, or not all of it; one sentence. */
  readonly problem: string | null;
}

/** Decodes the Opus channels of a sound piece by piece, and tells the picture so far after each. */
export async function peaksOf(
  pieces: Pick<Pieces, 'opus' | 'count'>,
  { channels, seconds }: Waveform,
  buckets: number,
  tell: (peaks: OpusPeaks) => void,
  signal: AbortSignal,
): Promise<void> {
  const drawn = channels.map(({ format }) =>
    format === 'wav'
      ? null
      : { min: Array.from({ length: buckets }, () => 0), max: Array.from({ length: buckets }, () => 0) },
  );
  const told = (problem: string | null): void =>
    tell({
      channels: drawn.map((one) => (one === null ? null : { min: one.min.slice(), max: one.max.slice() })),
      problem,
    });
  try {
    for (let index = 0; index < Math.min(MOST_DRAWN, pieces.count); index++) {
      for (const [channel, picture] of drawn.entries()) {
        if (picture === null) continue;
        const buffer = await pieces.opus(channel, index);
        if (signal.aborted) return;
        add(picture, buffer.getChannelData(0), index * PIECE_SECONDS, buffer.sampleRate, buckets / seconds);
      }
      told(null);
    }
    if (pieces.count > MOST_DRAWN) told('The picture ends after half an hour; the sound does not.');
  } catch (error) {
    if (!signal.aborted) told(sentenceOf(error));
  }
}

/** @param scale buckets a second. */
function add(
  { min, max }: { readonly min: number[]; readonly max: number[] },
  samples: Float32Array,
  from: number,
  rate: number,
  scale: number,
): void {
  for (let i = 0; i < samples.length; i++) {
    const bucket = Math.min(min.length - 1, Math.floor((from + i / rate) * scale));
    const value = Math.round((samples[i] as number) * 32_767);
    if (value < (min[bucket] as number)) min[bucket] = value;
    if (value > (max[bucket] as number)) max[bucket] = value;
  }
}
