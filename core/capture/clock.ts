/**
 * The clock of a pcapng interface (if_tsresol, if_tsoffset): 64-bit ticks to whole seconds and nanoseconds, exactly;
 * what is finer than a nanosecond is cut off.
 */

/** Ticks per second up to which doubles stay exact: the rest of the upper half plus the lower half is below 2^53. */
const MAX_DECIMAL = 15;
/** Likewise for powers of two: the rest times 10^9 stays below 2^53. */
const MAX_BINARY = 22;
/** Seconds either way that are believed, so that sums stay exact: 143 million years. */
const MAX_SECONDS = 2 ** 52;

export class Clock {
  /** The time of the last `set`: whole seconds since 1970, and nanoseconds 0 to 999,999,999. */
  seconds = 0;
  nanoseconds = 0;
  /** Decimals of a second this clock has, at most 9. */
  readonly decimals: number;

  /** Ticks per second; 0 where a double could not hold what is reckoned with it. */
  private readonly units: number;
  /** Nanoseconds of a rest of ticks: times `times`, divided by `by`. */
  private readonly times: number;
  private readonly by: number;
  private readonly exactUnits: bigint;
  /** Seconds that are added. */
  readonly offset: number;
  /** Ticks per second, where they are a power of ten; 0 where not. */
  readonly decimal: number;

  /** What the upper half of the ticks comes to; it changes every 4.3 s with nanoseconds, rarely with anything coarser. */
  private upper = 0;
  private upperSeconds = 0;
  private upperRest = 0;

  /** `resolution`: the byte of if_tsresol, 10^-n, or 2^-n with the top bit set. `offset`: seconds to add; one that cannot be counts as 0. */
  constructor(resolution: number, offset: number) {
    const binary = (resolution & 0x80) !== 0;
    const exponent = resolution & 0x7f;
    this.offset = Math.abs(offset) < MAX_SECONDS / 2 ? offset : 0;
    this.decimals = Math.min(exponent, 9);
    this.decimal = binary ? 0 : 10 ** exponent;
    this.exactUnits = (binary ? 2n : 10n) ** BigInt(exponent);
    this.units = exponent <= (binary ? MAX_BINARY : MAX_DECIMAL) ? Number(this.exactUnits) : 0;
    this.times = binary ? 1e9 : Math.max(1, 1e9 / this.units);
    this.by = binary ? this.units : Math.max(1, this.units / 1e9);
    this.seconds = this.offset;
    this.upperSeconds = this.offset;
  }

  /** Sets `seconds` and `nanoseconds` from the two halves of the ticks, each 0 to 2^32 - 1. */
  set(high: number, low: number): void {
    const { units } = this;
    if (units === 0) {
      this.setExactly(high, low);
      return;
    }
    if (high !== this.upper) this.setUpper(high);
    const ticks = this.upperRest + low;
    const seconds = Math.floor(ticks / units);
    this.seconds = this.upperSeconds + seconds;
    this.nanoseconds = Math.floor(((ticks - seconds * units) * this.times) / this.by);
  }

  private setUpper(high: number): void {
    const ticks = BigInt(high) << 32n;
    this.upper = high;
    this.upperSeconds = Math.min(Number(ticks / this.exactUnits), MAX_SECONDS - 2 ** 33) + this.offset;
    this.upperRest = Number(ticks % this.exactUnits);
  }

  private setExactly(high: number, low: number): void {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    this.seconds = Number(ticks / this.exactUnits) + this.offset;
    this.nanoseconds = Number(((ticks % this.exactUnits) * 1_000_000_000n) / this.exactUnits);
  }
}
