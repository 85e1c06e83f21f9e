import { compare, parseAddress, parseNetwork } from './address.ts';
import type { Value } from './expression.ts';
import type { Field } from './field.ts';
import { parseMoment } from './moment.ts';
import type { Zone } from './moment.ts';
import { nearest } from './suggest.ts';

/** Numbers from `from` to `to`, both included. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** What turns points in time into the numbers of the column `time`. */
export interface Clock {
  /** Seconds since 1970 that the column counts from. */
  readonly base: number;
  /** Nanoseconds in the column at which the capture begins. */
  readonly start: number;
  readonly zone: Zone;
}

/** A value that a field can have, or the sentence that says why it is none. */
export type Checked = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
};

/** Text of the wire in messages is kept short. */
export function shown(text: string): string {
  return text.length <= 40 ? `"${text}"` : `"${text.slice(0, 39)}…"`;
}

/** Checks what stands on the right of a comparison for equality or order, or in a list. `quoted`: it stood in quotes. */
export function checkValue(field: Field, text: string, quoted: boolean): Checked {
  if (field.kind === 'word') return checkWord(field, text, quoted);
  if (field.kind === 'text') return { ok: true, value: { kind: 'one', text } };
  const dots = text.indexOf('..');
  if (dots === -1 || field.kind === 'flag') {
    const message = problem(field, text);
    return message === null ? { ok: true, value: { kind: 'one', text } } : { ok: false, message };
  }
  const from = text.slice(0, dots);
  const to = text.slice(dots + 2);
  const message = problem(field, from) ?? problem(field, to) ?? backwards(field, from, to);
  return message === null ? { ok: true, value: { kind: 'range', from, to } } : { ok: false, message };
}

/** Known values are written in any case without quotes: `method:invite`. In quotes a method is what it says. */
function checkWord(field: Field, text: string, quoted: boolean): Checked {
  const known = (field.values ?? []).map((value) => value.text);
  if (field.closed === true || !quoted) {
    const canonical = knownValue(field, text);
    if (canonical !== null) return { ok: true, value: { kind: 'one', text: canonical } };
  }
  if (field.closed !== true) return { ok: true, value: { kind: 'one', text } };
  const near = nearest(text, known);
  const hint = near === null ? `it is one of ${known.join(', ')}.` : `did you mean ${near}?`;
  return { ok: false, message: `${field.name} is never ${shown(text)}; ${hint}` };
}

/** The known value that this is: in any case, with blanks for hyphens, or by another word for it. Null for none. */
function knownValue(field: Field, text: string): string | null {
  const typed = text.toLowerCase();
  const joined = typed.replaceAll(/[\s_-]+/gu, '-');
  const all = field.values ?? [];
  const found =
    all.find((value) => value.text.toLowerCase() === typed) ??
    (field.closed === true
      ? all.find((value) => value.text.toLowerCase() === joined || value.also?.includes(joined) === true)
      : undefined);
  return found?.text ?? null;
}

/** Why a text is no value of the field; null where it is one. */
function problem(field: Field, text: string): string | null {
  if (isValue(field, text)) return null;
  if (field.kind === 'duration' && /^\d+(\.\d+)?$/u.test(text))
    return `A duration needs a unit: ${text}s or ${text}ms.`;
  return `${field.name} is compared with ${examples(field)}, not with ${shown(text)}.`;
}

function isValue(field: Field, text: string): boolean {
  switch (field.kind) {
    case 'number':
      return readNumber(text) !== null;
    case 'duration':
      return readDuration(text) !== null;
    case 'time':
      return parseMoment(text, 'utc') !== null;
    case 'address':
      return parseNetwork(text) !== null;
    case 'flag':
      return readFlag(text) !== null;
    default:
      return true;
  }
}

function examples(field: Field): string {
  switch (field.kind) {
    case 'number':
      return `a number (${field.name.endsWith('status') ? '486, 4xx' : '70, 0x1f'} or 200..299)`;
    case 'duration':
      return 'a duration (500ms, 30s or 1m30s)';
    case 'time':
      return 'a time ("2026-11-23 10:00" or 2026-11-23T10:00:05.123Z)';
    case 'address':
      return 'an IP address or network (10.0.0.1, 10.0.0.0/8 or 2001:db8::/32)';
    default:
      return 'true or false';
  }
}

function backwards(field: Field, from: string, to: string): string | null {
  const range = `${shown(from)} to ${shown(to)}`;
  if (field.kind === 'address') {
    const [first, last] = [parseAddress(from), parseAddress(to)];
    if (first === null || last === null) return 'A range of addresses has an address at either end, not a network.';
    if (first.length !== last.length) return `The range ${range} mixes IPv4 and IPv6.`;
    return compare(first, last) > 0 ? `The range ${range} runs backwards.` : null;
  }
  const { from: first, to: last } = intervalOf(field, { kind: 'range', from, to }, { base: 0, start: 0, zone: 'utc' });
  return first > last ? `The range ${range} runs backwards.` : null;
}

/** `70`, `2.5`, `0x1f`, or a class of status codes `4xx`. */
function readNumber(text: string): Interval | null {
  if (/^[1-9]xx$/iu.test(text)) {
    const from = Number(text[0]) * 100;
    return { from, to: from + 99 };
  }
  if (!/^(\d{1,15}(\.\d{1,15})?|0x[0-9a-f]{1,12})$/iu.test(text)) return null;
  return { from: Number(text), to: Number(text) };
}

/** `500ms`, `30s`, `1m30s` in nanoseconds; `0` needs no unit. */
function readDuration(text: string): number | null {
  const lower = text.toLowerCase();
  if (lower === '0') return 0;
  if (!/^(\d{1,9}(\.\d{1,9})?(ns|us|µs|μs|ms|s|min|m|h|d))+$/u.test(lower)) return null;
  let sum = 0;
  for (const [, digits, unit] of lower.matchAll(/([\d.]+)([^\d.]+)/gu)) {
    sum += Number(digits) * (UNITS[unit as string] as number);
  }
  return Math.round(sum);
}

/** 1, 0 or null. */
function readFlag(text: string): number | null {
  if (/^(true|yes|1)$/iu.test(text)) return 1;
  return /^(false|no|0)$/iu.test(text) ? 0 : null;
}

/** The numbers of a field's column that a checked value stands for. Fields of numbers, durations, times and flags only. */
export function intervalOf(field: Field, value: Value, clock: Clock): Interval {
  if (value.kind === 'one') return one(field, value.text, clock);
  return { from: one(field, value.from, clock).from, to: one(field, value.to, clock).to };
}

function one(field: Field, text: string, clock: Clock): Interval {
  const found = read(field, text, clock);
  if (found === null) throw new Error(`expression with a value that ${field.name} cannot have: ${text}`);
  if (typeof found !== 'number') return found;
  const number = field.sinceStart === true ? found + clock.start : found;
  return { from: number, to: number };
}

function read(field: Field, text: string, clock: Clock): Interval | number | null {
  switch (field.kind) {
    case 'number':
      return readNumber(text);
    case 'duration':
      return readDuration(text);
    case 'flag':
      return readFlag(text);
    case 'time': {
      const moment = parseMoment(text, clock.zone);
      if (moment === null) return null;
      const from = (moment.seconds - clock.base) * 1e9 + moment.ns;
      return { from, to: from + moment.span - 1 };
    }
    default:
      return null;
  }
}
