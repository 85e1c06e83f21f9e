import { SipHead } from '../../decode/sip-head.ts';
import { fieldNamed, type MessageNumber, type Origin } from '../../filter/index.ts';
import { DerivedColumn } from './derived.ts';
import type { OpenCapture } from '../open-capture.ts';
import type { Session } from '../session.ts';

/** Messages looked at: this many runs of neighbours, spread evenly over the capture. */
const RUNS = 16;
const RUN = 128;
/** Values told of one field, the most frequent ones. */
const MOST_VALUES = 100;
/** Longer ones are nothing to choose from a list. */
const LONGEST = 120;

/** Numbers of which a capture has so few that they are worth a list. */
const listed: ReadonlySet<MessageNumber> = new Set<MessageNumber>(['status', 'sport', 'dport']);

/** What was found, and how much of the capture was there then. */
const known = new WeakMap<Session, { readonly messages: number; readonly byField: Map<string, readonly string[]> }>();

/** Values that the capture has for a field, the most frequent first: of a sample of its messages, which costs some milliseconds. */
export function valuesOf(open: OpenCapture, field: string): readonly string[] {
  const { session } = open;
  const { count } = session.analysis.messages;
  let found = known.get(session);
  if (found === undefined || count > 2 * found.messages) {
    found = { messages: count, byField: new Map() };
    known.set(session, found);
  }
  const before = found.byField.get(field);
  if (before !== undefined) return before;
  const counts = new Map<string, number>();
  const origin = fieldNamed(field)?.origin;
  if (origin !== undefined) addValues(open, origin, counts);
  const values = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_VALUES)
    .map(([text]) => text);
  found.byField.set(field, values);
  return values;
}

function addValues(open: OpenCapture, origin: Origin, counts: Map<string, number>): void {
  const add = (text: string | null): void => {
    if (text !== null && text !== '' && text.length <= LONGEST) counts.set(text, (counts.get(text) ?? 0) + 1);
  };
  const { messages } = open.session.analysis;
  const { addresses, lookBack } = open.session;
  switch (origin.of) {
    case 'any':
      for (const name of origin.fields) {
        const field = fieldNamed(name);
        if (field !== null && field.origin.of !== 'any') addValues(open, field.origin, counts);
      }
      break;
    case 'derived': {
      const column = new DerivedColumn(origin.part);
      const head = new SipHead();
      for (const row of sample(messages.count)) {
        const bytes = lookBack.bytesOf(row);
        head.scan(bytes, 0, bytes.length);
        column.add(bytes, 0, head);
        add(column.text(column.get(column.filled - 1)));
      }
      break;
    }
    case 'message': {
      if ('number' in origin) {
        if (!listed.has(origin.number)) break;
        const column = open.filter.number(origin.number);
        for (const row of sample(messages.count)) {
          const value = column.get(row);
          if (!Number.isNaN(value)) add(String(value));
        }
      } else if (origin.text === 'src' || origin.text === 'dst') {
        const column = messages[origin.text];
        for (const row of sample(messages.count)) add(addresses.text(column.get(row)));
      } else {
        const column = open.filter.text(origin.text);
        for (const row of sample(messages.count)) add(column.text(column.get(row)));
      }
      break;
    }
    // Of calls, the values are known beforehand or are numbers; bytes are searched.
    default:
      break;
  }
}

function* sample(count: number): Generator<number> {
  if (count <= RUNS * RUN) {
    for (let row = 0; row < count; row++) yield row;
    return;
  }
  for (let run = 0; run < RUNS; run++) {
    const from = Math.floor((run * (count - RUN)) / (RUNS - 1));
    for (let row = from; row < from + RUN; row++) yield row;
  }
}
