import type { SoundDecoder } from './decoder.ts';
import { G711Decoder } from './g711.ts';
import { G722Decoder } from './g722.ts';
import { L16Decoder } from './l16.ts';

/** Clock rates that are played, Hz: what SDP says beyond is a mistake or an attack. */
export const LEAST_RATE = 4000;
export const MOST_RATE = 192_000;
/** Channels that a payload may have. */
const MOST_CHANNELS = 8;

/** What a payload type is, as SDP or RFC 3551 says. */
export interface SoundFormat {
  readonly name: string;
  /** RTP clock, Hz. */
  readonly clockRate: number;
  readonly channels: number;
}

/** Names of RFC 3551 for what is decoded here, for a sentence. */
export const decodedHere = 'G.711 (PCMU, PCMA), G.722 and L16';

/**
 * A decoder for one channel (from 0) of a codec; null for what is not decoded here: other codecs, and clock rates or
 * channels that nobody has.
 */
export function decoderOf({ name, clockRate, channels }: SoundFormat, channel: number): SoundDecoder | null {
  const rate = clockRate === 0 ? 8000 : clockRate;
  if (rate < LEAST_RATE || rate > MOST_RATE || !Number.isInteger(rate)) return null;
  const wide = Math.max(1, channels);
  if (wide > MOST_CHANNELS || channel >= wide) return null;
  switch (name.toUpperCase()) {
    case 'PCMU':
      return new G711Decoder('µ', rate, wide, channel);
    case 'PCMA':
      return new G711Decoder('A', rate, wide, channel);
    case 'G722':
      return wide === 1 ? new G722Decoder() : null;
    case 'L16':
      return new L16Decoder(rate, wide, channel);
    default:
      return null;
  }
}
