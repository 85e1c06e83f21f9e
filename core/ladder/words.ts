import type { LadderInk } from '../contract/ladder.ts';
import type { CallState } from '../contract/model.ts';
import type { LadderMessage } from './input.ts';
import { headOf, shown } from './visible.ts';

/** The state of a call in words, and what it is coloured as. */
export function stateWord(
  state: CallState,
  finalStatus: number | null,
): { readonly word: string; readonly ink: LadderInk } {
  const [word, ink] = states[state];
  const told =
    finalStatus !== null && (state === 'rejected' || state === 'busy' || state === 'failed' || state === 'diverted');
  return { word: told ? `${word} ${finalStatus}` : word, ink };
}

const states: Readonly<Record<CallState, readonly [string, LadderInk]>> = {
  calling: ['Calling', 'info'],
  ringing: ['Ringing', 'info'],
  'in-call': ['In call', 'info'],
  completed: ['Completed', 'good'],
  cancelled: ['Cancelled', 'idle'],
  rejected: ['Rejected', 'bad'],
  busy: ['Busy', 'warn'],
  failed: ['Failed', 'bad'],
  'timed-out': ['Timed out', 'bad'],
  diverted: ['Diverted', 'warn'],
  unacknowledged: ['No ACK', 'bad'],
  pending: ['Pending', 'info'],
  registered: ['Registered', 'good'],
  unregistered: ['Unregistered', 'idle'],
  challenged: ['Challenged', 'warn'],
};

/** Whether a text is the name of a state. */
export function isCallState(text: string): text is CallState {
  return Object.hasOwn(states, text);
}

/** What stands on an arrow: `INVITE`, `200 OK`, `486`; `not readable` where the message tells neither. */
export function labelOf(message: Pick<LadderMessage, 'method' | 'status' | 'reason'>): string {
  if (message.method !== null) return shown(message.method) || 'not readable';
  if (message.status === null) return 'not readable';
  const reason = shown(message.reason ?? '');
  return reason === '' ? String(message.status) : `${message.status} ${reason}`;
}

/** RFC 3261 7.2: the first digit of a status is its class. */
export function inkOf(message: Pick<LadderMessage, 'method' | 'status'>): LadderInk {
  const { method, status } = message;
  if (method !== null) return method === 'BYE' || method === 'CANCEL' ? 'end' : 'request';
  if (status === null) return 'failure';
  if (status < 200) return 'provisional';
  if (status < 300) return 'success';
  if (status < 400) return 'redirect';
  return status === 401 || status === 407 ? 'redirect' : 'failure';
}

/** How a From or To reads in a title: `Front desk (1002@example.com)`, `1002@example.com`, `tel:+61390001002`. */
export function party(value: string | null): string {
  const text = headOf(value ?? '', LONGEST_PARTY);
  const match = nameAddr.exec(text);
  const uri = bareUri.exec((match?.groups?.uri ?? text).trim())?.groups?.bare ?? '';
  const quoted = match?.groups?.quoted?.replaceAll(/\\(?<character>.)/gsu, '$<character>');
  const name = quoted ?? match?.groups?.tokens ?? '';
  const called = shown(name);
  const address = shown(uri);
  if (called === '') return address === '' ? 'unknown' : address;
  return address === '' ? called : `${called} (${address})`;
}

/** RFC 3261 25.1, name-addr: a quoted string or tokens before `<`. */
const nameAddr = /^\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<tokens>[^<"]*))\s?<(?<uri>[^>]*)/su;
const bareUri = /^(?:sips?:)?(?<bare>[^;?>\s]*)/iu;
const LONGEST_PARTY = 2000;

/** A span of time from nanoseconds, in three or so figures: `312 µs`, `0.8 ms`, `498 ms`, `12.3 s`, `2 m 05 s`, `1 h 01 m`. */
export function span(ns: number): string {
  const sign = ns < 0 ? '-' : '';
  const us = Math.round(Math.abs(ns) / 1000);
  if (us < 1000) return `${sign}${us} µs`;
  if (us < 9950) return `${sign}${(us / 1000).toFixed(1)} ms`;
  if (us < 999_500) return `${sign}${Math.round(us / 1000)} ms`;
  const time = us / 1e6;
  if (time < 9.995) return `${sign}${time.toFixed(2)} s`;
  if (time < 59.95) return `${sign}${time.toFixed(1)} s`;
  const whole = Math.round(time);
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(whole / 60);
  return `${sign}${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
}

/** Seconds with three decimals: `0.508`. */
export function seconds(ns: number): string {
  const text = (ns / 1e9).toFixed(3);
  return text === '-0.000' ? '0.000' : text;
}

/**
 * Epoch seconds as text → `2026-05-01 14:03:21.998 UTC`, or `2026-05-01 16:03:21.998 UTC+2` where clocks are `offset`
 * minutes ahead; the text itself where it is not a time of ours.
 */
export function moment(ts: string, offset = 0): string {
  const match = epoch.exec(ts)?.groups;
  if (match === undefined) return shown(ts);
  const [date = '', time = ''] = new Date((Number(match.whole) + offset * 60) * 1000).toISOString().split(/[T.]/u);
  const fraction = (match.part ?? '').slice(0, 3);
  return `${date} ${time}${fraction === '' ? '' : `.${fraction}`} ${zone(offset)}`;
}

const epoch = /^(?<whole>-?\d{1,11})(?:\.(?<part>\d{1,9}))?$/u;

/** `UTC`, `UTC+2`, `UTC−3:30`: clocks that are `offset` minutes ahead of it. */
export function zone(offset: number): string {
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  const hours = Math.floor(Math.abs(offset) / 60);
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

const DAY = 86_400_000;

/**
 * What the clock showed `sinceNs` nanoseconds after the moment `ts` (epoch seconds as text), where clocks are `offset`
 * minutes ahead of UTC: `14:03:21.998`. Null where `ts` is not a time of ours.
 */
export function clock(ts: string, sinceNs: number, offset: number): string | null {
  const match = epoch.exec(ts)?.groups;
  if (match === undefined) return null;
  const nanoseconds = Number((match.part ?? '').padEnd(9, '0')) + sinceNs;
  const day = ((Number(match.whole) % 86_400) + offset * 60) * 1000 + Math.floor(nanoseconds / 1e6);
  return new Date(((day % DAY) + DAY) % DAY).toISOString().slice(11, 23);
}

/** The time of an arrow within a sentence: `0.508 s`, or `14:03:21.998` as it stands. */
export function timeWords(time: string): string {
  return time.includes(':') ? time : `${time} s`;
}

/** A, B, …, Z, AA, AB, … */
export function letterOf(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/** `10.0.0.1:5060`, `[2001:db8::1]:5060`. */
export function endText(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
