import type { CallState, ResponseTimes } from '../../../core/contract/model.ts';
import { span } from '../../../core/ladder/words.ts';
import type { Severity } from '../../widgets/severity.ts';
import { stateLook } from '../../widgets/StateMark.tsx';

/** A time that was waited: `0.8 ms`, `12.3 s`. */
export function waitText(ms: number): string {
  return span(ms * 1e6);
}

/** A limit of a step of a histogram, which doubles: `512 µs`, `1 ms`, `2.05 s`. */
export function limitText(ms: number): string {
  if (ms < 1) return `${Number((ms * 1000).toPrecision(3))} µs`;
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}

/** Length of a step of a timeline: `200 ms`, `5 s`, `2 min`, `6 h`, `1 day`. */
export function stepText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${ms / 1000} s`;
  if (ms < 3_600_000) return `${ms / 60_000} min`;
  if (ms < 86_400_000) return `${ms / 3_600_000} h`;
  const days = ms / 86_400_000;
  return days === 1 ? '1 day' : `${days} days`;
}

/** `12 %`, `0.3 %`, `< 0.1 %`. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (percent < 0.1) return '< 0.1 %';
  return `${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

export const untilWords: Readonly<Record<ResponseTimes['until'], string>> = {
  first: 'first response',
  ringing: 'ringing',
  final: 'final response',
};

/** Class of a status code (RFC 3261 7.2) and how bad it is. */
export function statusLook(status: number): { readonly word: string; readonly severity: Severity } {
  if (status < 200) return { word: 'Provisional', severity: 'idle' };
  if (status < 300) return { word: 'Success', severity: 'ok' };
  if (status < 400) return { word: 'Redirection', severity: 'warn' };
  if (status === 401 || status === 407) return { word: 'Challenge', severity: 'warn' };
  if (status < 500) return { word: 'Client failure', severity: 'bad' };
  return { word: status < 600 ? 'Server failure' : 'Global failure', severity: 'bad' };
}

/** What calls came to, in as many kinds as a chart can show apart; the worst on top. */
export const outcomes = [
  { key: 'ok', title: 'Succeeded' },
  { key: 'info', title: 'Under way' },
  { key: 'idle', title: 'Cancelled, unregistered' },
  { key: 'warn', title: 'Busy, diverted, challenged' },
  { key: 'bad', title: 'Failed' },
] as const satisfies readonly { readonly key: Severity; readonly title: string }[];

/** Which of `outcomes` a state is. */
export function outcomeOf(state: CallState): Severity {
  return stateLook(state).severity;
}
