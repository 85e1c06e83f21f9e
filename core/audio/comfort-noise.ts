/**
 * Comfort noise (RFC 3389): its level in the first byte, below overload, and reflection coefficients of its spectrum in
 * those that follow. The same packets give the same noise.
 */
import { saturated } from './decoder.ts';

/** Reflection coefficients that are used; the RFC sees no more than this in use. */
const MOST_COEFFICIENTS = 16;

export class ComfortNoise {
  private amplitude = 0;
  private order = 0;
  private readonly reflections = new Float64Array(MOST_COEFFICIENTS);
  private readonly memory = new Float64Array(MOST_COEFFICIENTS + 1);
  private seed = 0x5eed;

  /** From now on as this payload says. Without a level there is silence. */
  take(payload: Uint8Array): void {
    this.memory.fill(0);
    this.order = Math.max(0, Math.min(MOST_COEFFICIENTS, payload.length - 1));
    const level = (payload[0] ?? 127) & 0x7f;
    let gain = 1;
    for (let i = 0; i < this.order; i++) {
      // Section 3.2; 255 is beyond the range, and would not be stable.
      const reflection = (258 * (Math.min(254, payload[i + 1] as number) - 127)) / 32_768;
      this.reflections[i] = reflection;
      gain *= 1 - reflection * reflection;
    }
    // Evenly distributed up to the square root of three times the effective value.
    this.amplitude = level === 127 ? 0 : 32_768 * 10 ** (-level / 20) * Math.sqrt(3 * gain);
  }

  /** The next `count` samples, from `at` on. */
  write(out: Int16Array, at: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) | 0;
      out[at + i] = saturated(Math.round(this.shaped((this.seed / 2 ** 31) * this.amplitude)));
    }
  }

  /** The lattice that gives white noise the spectrum said. */
  private shaped(excitation: number): number {
    const { reflections, memory, order } = this;
    let forward = excitation;
    for (let i = order - 1; i >= 0; i--) {
      const backward = memory[i] as number;
      forward -= (reflections[i] as number) * backward;
      memory[i + 1] = backward + (reflections[i] as number) * forward;
    }
    memory[0] = forward;
    return forward;
  }
}
