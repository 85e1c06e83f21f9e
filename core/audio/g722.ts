/**
 * ITU-T G.722 at 64 kbit/s (mode 1): two bands of ADPCM, six bits for the lower and two for the upper, put together by a
 * quadrature mirror filter. Names in capitals are the Recommendation's blocks.
 */
import { saturated, type SoundDecoder } from './decoder.ts';
import { G722Band } from './g722-band.ts';

/** Table 14: inverse quantizer of the lower band with six bits, by codeword. */
const LOW_6 = new Int32Array([
  -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
  -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728, 24808,
  21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008,
  3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
]);
/** With the four bits that the predictor uses. */
const LOW_4 = new Int32Array([
  0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0,
]);
/** Of the upper band. */
const HIGH_2 = new Int32Array([-7408, -1616, 7408, 1616]);
/** Steps of the logarithmic scale factor, by codeword. */
const LOW_STEPS = new Int32Array([-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60]);
const HIGH_STEPS = new Int32Array([798, -214, 798, -214]);

/** Table 11: every other coefficient of the receiving filter; the other half is the same backwards. */
const MIRROR = new Int32Array([3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11]);

/** G.722 samples at 16 kHz, though its RTP clock is 8 kHz (RFC 3551 4.5.2). */
export class G722Decoder implements SoundDecoder {
  readonly rate = 16_000;
  private low = new G722Band(32);
  private high = new G722Band(8);
  /** 24 sums and differences of both bands, as a ring of pairs. */
  private sums = new Int32Array(12);
  private differences = new Int32Array(12);
  private newest = 0;

  samplesOf(bytes: number): number {
    return 2 * bytes;
  }

  decode(payload: Uint8Array, out: Int16Array): number {
    const { low, high, sums, differences } = this;
    for (let i = 0; i < payload.length; i++) {
      const byte = payload[i] as number;
      const code = byte & 63;
      const fine = limited(low.estimate + ((low.scale * (LOW_6[code] as number)) >> 15));
      low.next((low.scale * (LOW_4[code >>> 2] as number)) >> 15, LOW_STEPS[code >>> 2] as number, 18_432, 8);
      const upper = byte >>> 6;
      const difference = (high.scale * (HIGH_2[upper] as number)) >> 15;
      const coarse = limited(high.estimate + difference);
      high.next(difference, HIGH_STEPS[upper] as number, 22_528, 10);

      this.newest = this.newest === 11 ? 0 : this.newest + 1;
      const { newest } = this;
      sums[newest] = fine + coarse;
      differences[newest] = fine - coarse;
      let first = 0;
      let second = 0;
      let at = newest;
      for (let tap = 0; tap < 12; tap++) {
        // The oldest is next to the newest in the ring.
        at = at === 11 ? 0 : at + 1;
        first += (differences[at] as number) * (MIRROR[11 - tap] as number);
        second += (sums[at] as number) * (MIRROR[tap] as number);
      }
      out[2 * i] = saturated(first >> 11);
      out[2 * i + 1] = saturated(second >> 11);
    }
    return 2 * payload.length;
  }

  reset(): void {
    this.low = new G722Band(32);
    this.high = new G722Band(8);
    this.sums = new Int32Array(12);
    this.differences = new Int32Array(12);
    this.newest = 0;
  }
}

/** LIMIT: 15 bits. */
function limited(value: number): number {
  return Math.max(-16_384, Math.min(16_383, value));
}
