/** Payloads in, samples out: 16 bits, one channel. */
export interface SoundDecoder {
  /** Samples a second. */
  readonly rate: number;
  /** How many samples a payload of so many bytes gives; what is left of the last one is passed over. */
  samplesOf(bytes: number): number;
  /** Writes the samples of a payload to the beginning of `out`, which has room for `samplesOf` of its length; answers how many. */
  decode(payload: Uint8Array, out: Int16Array): number;
  /** Where the stream begins anew. */
  reset(): void;
}

/** Into the range of 16 bits. */
export function saturated(value: number): number {
  return Math.max(-32_768, Math.min(32_767, value));
}
