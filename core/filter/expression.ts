/**
 * A filter as a tree, plain data: what `parse` makes of the text, what `select` evaluates and `format` writes out.
 * Fields stand in it under their canonical names (fields.ts), so that all spellings of one filter give one tree.
 */

/** `contains` and `matches` are words; the others are signs. */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'matches';

/**
 * What a field is compared with, as text in the spelling of its field's kind: `486`, `4xx`, `30s`, `10.0.0.0/8`,
 * `2026-11-23 10:00`. A range includes both ends.
 */
export type Value =
  | { readonly kind: 'one'; readonly text: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

export type Expression =
  /** Two parts or more. */
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  /** Full text: the message contains it. */
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'present'; readonly field: string }
  | { readonly kind: 'compare'; readonly field: string; readonly operator: Operator; readonly value: Value }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Value[] };

/** What is wrong with a filter, one sentence, and where: offsets in the text, in UTF-16 units, `at <= end`. */
export interface FilterError {
  readonly message: string;
  readonly at: number;
  readonly end: number;
}

export type Parsed =
  { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly error: FilterError };

/** Longest filter that is read, in UTF-16 units. */
export const MAX_LENGTH = 20_000;
/** Parentheses and `not` within each other. */
export const MAX_DEPTH = 50;
/** Comparisons in one filter. Long lists of values belong in one `in {…}`, which counts as one. */
export const MAX_TERMS = 500;
/** Tests on the bytes of messages in one filter: plain words, `body contains …`. Each holds a byte per row. */
export const MAX_SEARCHES = 32;
