import {
  array,
  boolean,
  fallback,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  number,
  object,
  parse,
  picklist,
  pipe,
  string,
} from 'valibot';
import type { Settings } from './settings.ts';

const text = pipe(string(), minLength(1), maxLength(200));
const port = pipe(number(), integer(), minValue(1), maxValue(65_535));

const columns = pipe(
  array(object({ name: text, width: nullable(pipe(number(), minValue(24), maxValue(2000))) })),
  minLength(1),
  maxLength(100),
);

/** Each setting for itself: one that makes no sense is as at first, and the others stay. */
export function readSettings(stored: unknown, first: Settings): Settings {
  const schema = object({
    theme: fallback(picklist(['system', 'light', 'dark']), first.theme),
    times: fallback(picklist(['local', 'utc', 'date', 'relative', 'epoch']), first.times),
    columns: fallback(columns, [...first.columns]),
    streamColumns: fallback(columns, [...first.streamColumns]),
    hosts: fallback(
      pipe(
        array(
          object({
            name: text,
            role: nullable(text),
            ends: pipe(array(object({ address: text, port: nullable(port) })), maxLength(1000)),
          }),
        ),
        maxLength(1000),
      ),
      [...first.hosts],
    ),
    rtp: fallback(boolean(), first.rtp),
    ports: fallback(pipe(array(port), maxLength(100)), [...first.ports]),
    filters: fallback(pipe(array(pipe(string(), minLength(1), maxLength(10_000))), maxLength(100)), [...first.filters]),
  });
  return parse(schema, typeof stored === 'object' && stored !== null ? stored : {});
}
