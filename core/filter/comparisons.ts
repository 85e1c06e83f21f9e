import { utf8 } from '../bytes/text.ts';
import { between, contains, parseAddress, parseNetwork } from './address.ts';
import type { Operator, Value } from './expression.ts';
import type { Field } from './field.ts';
import { compilePattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { Needle, equalsText, findText, needle } from './search.ts';
import type { BytesTest, TextColumn } from './source.ts';
import { intervalOf } from './values.ts';
import type { Clock, Interval } from './values.ts';

/** Whether the text of an id passes. */
export type IdTest = (id: number) => boolean;

/** A pattern that the parser has already compiled once. */
export function knownPattern(text: string): Pattern {
  const compiled = compilePattern(text);
  if (!compiled.ok) throw new Error(`expression with a pattern that does not compile: ${text}`);
  return compiled.pattern;
}

/** The numbers that pass a comparison other than `!=`, which the plan takes apart. */
export function intervals(
  field: Field,
  operator: Operator | 'in',
  values: readonly Value[],
  clock: Clock,
): readonly Interval[] {
  const found = values.map((value) => intervalOf(field, value, clock));
  const [first] = found;
  if (first === undefined || operator === '==' || operator === 'in') return found;
  // A time is compared as the instant that it begins with, a class of numbers (4xx) as a whole.
  const last = field.kind === 'time' ? first.from : first.to;
  switch (operator) {
    case '<':
      return [{ from: -Infinity, to: beside(first.from, -1) }];
    case '<=':
      return [{ from: -Infinity, to: last }];
    case '>':
      return [{ from: beside(last, 1), to: Infinity }];
    default:
      return [{ from: first.from, to: Infinity }];
  }
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The next double above (`step` 1) or below (-1) a finite one. */
function beside(value: number, step: 1 | -1): number {
  if (value === 0) return step * Number.MIN_VALUE;
  double[0] = value;
  bits[0] = (bits[0] as bigint) + BigInt(value > 0 ? step : -step);
  return double[0];
}

/** The test of a comparison on a column of text, for a field of any kind that can have one. */
export function idTest(
  field: Field,
  operator: Operator | 'in',
  values: readonly Value[],
  column: TextColumn,
  clock: Clock,
): IdTest {
  const texts = values.map((value) => (value.kind === 'one' ? value.text : value.from));
  if (operator === 'matches') {
    const pattern = knownPattern(texts[0] as string);
    return (id) => pattern.inText(column.text(id) ?? '');
  }
  if (operator === 'contains') return containsTest(needle(texts[0] as string, field.exact === true), column);
  if (field.kind === 'address') return addressTest(values, column);
  if (field.kind === 'number') {
    const allowed = intervals(field, operator, values, clock);
    return (id) => {
      const number = wireNumber(column.text(id) ?? '');
      return allowed.some((interval) => number >= interval.from && number <= interval.to);
    };
  }
  const needles = texts.map((text) => needle(text, field.exact === true));
  if (needles.length <= 4) return anyEqual(needles, column);
  const known = new Set(texts.map((text) => folded(field, text)));
  return (id) => known.has(folded(field, column.text(id) ?? ''));
}

function folded(field: Field, text: string): string {
  return field.exact === true ? text : text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

/** Decimal digits as a header holds them, NaN for anything else: an interval never has it. */
function wireNumber(text: string): number {
  return /^\s*\d{1,15}\s*$/u.test(text) ? Number(text) : Number.NaN;
}

/** The bytes of an id, in UTF-8 where the needle has other signs than ASCII: on the wire they may be Latin-1. */
function bytesReader(column: TextColumn, needles: readonly Needle[]): (id: number) => Uint8Array {
  const ascii = needles.every((one) => one.bytes.every((byte) => byte < 0x80));
  if (ascii && column.bytesOf !== undefined) return (id) => column.bytesOf?.(id) ?? new Uint8Array(0);
  return (id) => utf8(column.text(id) ?? '');
}

function containsTest(wanted: Needle, column: TextColumn): IdTest {
  const bytesOf = bytesReader(column, [wanted]);
  return (id) => {
    const bytes = bytesOf(id);
    return findText(bytes, 0, bytes.length, wanted) >= 0;
  };
}

function anyEqual(needles: readonly Needle[], column: TextColumn): IdTest {
  const bytesOf = bytesReader(column, needles);
  return (id) => {
    const bytes = bytesOf(id);
    return needles.some((one) => equalsText(bytes, one));
  };
}

function addressTest(values: readonly Value[], column: TextColumn): IdTest {
  const allowed = values.map((value): ((address: readonly number[]) => boolean) => {
    if (value.kind === 'one') {
      const network = parseNetwork(value.text);
      return (address) => network !== null && contains(network, address);
    }
    const [from, to] = [parseAddress(value.from), parseAddress(value.to)];
    return (address) => from !== null && to !== null && between(from, to, address);
  });
  return (id) => {
    const address = parseAddress(column.text(id) ?? '');
    return address !== null && allowed.some((allows) => allows(address));
  };
}

/** The test of a search, or of `contains` and `matches`, on the bytes of messages. Searches ignore the case of ASCII letters. */
export function bytesTest(region: 'message' | 'body', operator: 'contains' | 'matches', text: string): BytesTest {
  if (operator === 'matches') {
    const pattern = knownPattern(text);
    const test = (bytes: Uint8Array, from: number, to: number): boolean => pattern.inBytes(bytes, from, to);
    return { region, test, needles: pattern.literal === null ? null : [needle(pattern.literal)], sure: false };
  }
  const wanted = [needle(text)];
  // Names are often written in Latin-1 on the wire.
  if (/[\u0080-\u00FF]/u.test(text) && !/[^\0-\u00FF]/u.test(text)) wanted.push(latin1(text));
  const test = (bytes: Uint8Array, from: number, to: number): boolean =>
    wanted.some((one) => findText(bytes, from, to, one) >= 0);
  return { region, test, needles: wanted, sure: true };
}

function latin1(text: string): Needle {
  return new Needle(
    Uint8Array.from(text, (sign) => sign.charCodeAt(0)),
    false,
  );
}
