export { complete } from './complete.ts';
export type { CompleteOptions, Completion } from './complete.ts';
export { MAX_DEPTH, MAX_LENGTH, MAX_SEARCHES, MAX_TERMS } from './expression.ts';
export type { Expression, FilterError, Operator, Parsed, Value } from './expression.ts';
export { isCallField, kindText, operatorsOf } from './field.ts';
export type { Aliases, Field, Kind, KnownValue, Origin } from './field.ts';
export { fieldNamed, fields, namesOf, topics } from './fields.ts';
export { format } from './format.ts';
export type { Zone } from './moment.ts';
export { parse } from './parse.ts';
export { compilePattern } from './pattern.ts';
export type { Compiled, Pattern } from './pattern.ts';
export { Needle, findText, needle } from './search.ts';
export { select } from './select.ts';
export type { Mode, SelectOptions, Selection } from './select.ts';
export type {
  BytesTest,
  CallNumber,
  CallText,
  Cancel,
  Derivation,
  FilterSource,
  MessageNumber,
  MessageText,
  NumberColumn,
  TextColumn,
} from './source.ts';
export { fieldTable, operatorTable } from './table.ts';
