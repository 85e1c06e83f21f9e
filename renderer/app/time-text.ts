import type { TimeFormat } from '../state/settings.ts';

const NONE = '';

/**
 * A moment (`ts`: epoch seconds as text) as the user wants it written, with as many decimals as it has. `start`: the
 * beginning of the capture, for `relative`; without it that is written as `epoch`. What is no `ts` comes back as it is.
 */
export function timeText(ts: string, format: TimeFormat, start: string | null = null): string {
  const parts = /^(-?\d+)(?:\.(\d+))?$/u.exec(ts);
  if (parts === null) return ts;
  const [, whole = '0', fraction = NONE] = parts;
  const decimals = fraction === NONE ? NONE : `.${fraction}`;
  switch (format) {
    case 'epoch':
      return ts;
    case 'relative':
      return start === null ? ts : secondsBetween(start, ts);
    default: {
      const date = new Date(Number(whole) * 1000);
      if (Number.isNaN(date.getTime())) return ts;
      const shift = format === 'utc' ? 0 : date.getTimezoneOffset() * 60_000;
      const [day = NONE, time = NONE] = new Date(date.getTime() - shift).toISOString().slice(0, 19).split('T');
      return `${format === 'date' ? `${day} ` : NONE}${time}${decimals}`;
    }
  }
}

/** The same for a list, to the microsecond at most: columns are no wider, and the message shows the rest. */
export function listTimeText(ts: string, format: TimeFormat, start: string | null = null): string {
  return timeText(ts, format, start).replace(/(?<=\.\d{6})\d+$/u, NONE);
}

/** Seconds from one `ts` to another, exact to their last decimal: `12.000450`, `-0.5`. */
export function secondsBetween(from: string, to: string): string {
  const places = Math.max(decimalsOf(from), decimalsOf(to));
  const difference = scaled(to, places) - scaled(from, places);
  const digits = String(difference < 0n ? -difference : difference).padStart(places + 1, '0');
  const sign = difference < 0n ? '-' : NONE;
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function decimalsOf(ts: string): number {
  const point = ts.indexOf('.');
  return point === -1 ? 0 : ts.length - point - 1;
}

/** The number without its point: nanoseconds since 1970 are more than a double holds. */
function scaled(ts: string, places: number): bigint {
  const [whole = '0', fraction = NONE] = ts.split('.');
  return /^-?\d+$/u.test(whole) && /^\d*$/u.test(fraction) ? BigInt(`${whole}${fraction.padEnd(places, '0')}`) : 0n;
}
