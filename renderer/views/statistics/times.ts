import type { TimeFormat } from '../../state/settings.ts';

const DAY = 86_400_000;

/**
 * The beginning of a step (milliseconds since 1970) as short as can be on an axis: no seconds where all steps are whole
 * minutes, the day where steps are days or the whole is longer than one. `origin` is when the capture began.
 */
export function axisTime(at: number, stepMs: number, spanMs: number, format: TimeFormat, origin: number): string {
  if (format === 'relative') return relative(at - origin, stepMs);
  if (format === 'epoch') return (at / 1000).toFixed(stepMs < 1000 ? 3 : 0);
  const local = format === 'local';
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return (at / 1000).toFixed(0);
  const shifted = new Date(at - (local ? date.getTimezoneOffset() * 60_000 : 0)).toISOString();
  const day = shifted.slice(0, 10);
  const time = shifted.slice(11, stepMs < 1000 ? 23 : stepMs % 60_000 === 0 ? 16 : 19);
  if (stepMs >= DAY) return day;
  return spanMs >= DAY || format === 'date' ? `${day.slice(5)} ${time}` : time;
}

function relative(ms: number, stepMs: number): string {
  const seconds = ms / 1000;
  if (stepMs < 1000) return `${seconds.toFixed(3)} s`;
  if (Math.abs(seconds) < 600 && stepMs % 60_000 !== 0) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (Math.abs(minutes) < 120) return `${minutes} min`;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `${minutes < 0 ? '-' : ''}${hours} h ${String(Math.abs(minutes) % 60).padStart(2, '0')} min`;
}

/**
 * Calls with a message in the step `at` of a timeline that begins at `start` (epoch seconds as text): a filter. Whole
 * milliseconds, so a message right at a limit can be in both steps.
 */
export function spanCondition(start: string, stepMs: number, at: number): string {
  const from = Math.floor(Number(start) * 1000) + at * stepMs;
  return `time >= ${new Date(from).toISOString()} and time < ${new Date(from + Math.ceil(stepMs)).toISOString()}`;
}
