/** Points in time as people write them in a filter. */

/** A stretch of time: whole seconds since 1970, nanoseconds behind them, and how long it is (what was not written). */
export interface Moment {
  readonly seconds: number;
  readonly ns: number;
  /** Nanoseconds: a minute for `10:00`, a day for a date alone, one for nine decimals. */
  readonly span: number;
}

/** What a time without a zone means. */
export type Zone = 'utc' | 'local';

const SECOND = 1_000_000_000;
const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/iu;
const EPOCH = /^(\d{1,11})(?:\.(\d{1,9}))?$/u;

/**
 * `2026-11-23`, `2026-11-23 10:00`, `2026-11-23T10:00:05.123456Z`, `2026-11-23 10:00+01:00`, or seconds since 1970 with
 * up to nine decimals; null for anything else, the 30th of February included.
 */
export function parseMoment(text: string, zone: Zone): Moment | null {
  const epoch = EPOCH.exec(text);
  // Four digits alone are a year that somebody began to write.
  if (/^\d{4}$/u.test(text)) return null;
  if (epoch !== null) return { seconds: Number(epoch[1]), ...fraction(epoch[2]) };
  const parts = FORM.exec(text);
  if (parts === null) return null;
  const at = (i: number): number => Number(parts[i] ?? 0);
  const [year, month, day, hour, minute, second] = [at(1), at(2), at(3), at(4), at(5), at(6)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const check = new Date(Date.UTC(year, month - 1, day));
  if (check.getUTCFullYear() !== year || check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return null;
  const seconds =
    parts[8] === undefined && zone === 'local'
      ? new Date(year, month - 1, day, hour, minute, second).getTime() / 1000
      : Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - offset(parts[8] ?? 'Z');
  if (parts[4] === undefined) return { seconds, ns: 0, span: 86_400 * SECOND };
  if (parts[6] === undefined) return { seconds, ns: 0, span: 60 * SECOND };
  return { seconds, ...fraction(parts[7]) };
}

function fraction(digits: string | undefined): { ns: number; span: number } {
  if (digits === undefined) return { ns: 0, span: SECOND };
  return { ns: Number(digits.padEnd(9, '0')), span: 10 ** (9 - digits.length) };
}

/** Seconds that a zone is ahead of UTC. */
function offset(zone: string): number {
  if (/^[zu]/iu.test(zone)) return 0;
  const digits = zone.replace(':', '');
  const seconds = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3, 5)) * 60;
  return digits.startsWith('-') ? -seconds : seconds;
}
