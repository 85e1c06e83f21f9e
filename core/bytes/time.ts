/**
 * Times in the session are nanoseconds since the whole second of the first packet (`base`, seconds since 1970), in a
 * double: exact to the nanosecond for 104 days either way, to the microsecond for 285 years.
 */

const NS = 1_000_000_000;

/** Nanoseconds of the last place, by decimals. */
const units = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/** `base` + `ns` as epoch seconds with `decimals` places (0 to 9), rounded half up to the last one. */
export function epochText(base: number, ns: number, decimals: number): string {
  let seconds = Math.floor(ns / NS);
  let rest = Math.round(ns - seconds * NS);
  const unit = units[decimals] as number;
  let fraction = Math.round(rest / unit);
  if (fraction * unit >= NS) {
    seconds += 1;
    fraction = 0;
  }
  rest = fraction;
  const whole = String(base + seconds);
  return decimals === 0 ? whole : `${whole}.${String(rest).padStart(decimals, '0')}`;
}

/** What `epochText` wrote, as nanoseconds since `base`; null for other text. */
export function fromEpochText(text: string, base: number): number | null {
  const parts = /^(-?\d{1,12})(?:\.(\d{1,9}))?$/u.exec(text);
  if (parts === null) return null;
  return (Number(parts[1]) - base) * NS + Number((parts[2] ?? '').padEnd(9, '0'));
}

/** Nanoseconds as milliseconds with at most three decimals, as a number for JSON; null stays null. */
export function milliseconds(ns: number | null): number | null {
  return ns === null ? null : Math.round(ns / 1000) / 1000;
}
