import * as v from 'valibot';
import { callSortNames, tableNames, type MethodName, type Methods } from '../contract/api.ts';
import { registrationStates } from '../contract/registrations.ts';

/** Bounds of what may be asked; each far beyond what a screen asks. */
export const bounds = {
  /** Characters of a filter, and of another text such as a Call-ID. */
  filter: 10_000,
  text: 1000,
  /** Calls named in one question. */
  calls: 100_000,
  rows: 10_000,
  headers: 64,
  columns: 128,
  hosts: 1000,
  ends: 1000,
  lanes: 10_000,
  buckets: 2000,
  ports: 1000,
  inputs: 512,
  /** Characters of an imported dispatcher.list. */
  list: 4_000_000,
  codes: 700,
  steps: 10_000,
} as const;

/** Rows, frames and numbers of calls: what fits the columns of a session. */
const MAX_ROW = 2 ** 32 - 1;

const whole = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
const text = (most: number = bounds.text) => v.pipe(v.string(), v.maxLength(most));
const list = <Item extends v.GenericSchema>(item: Item, most: number) =>
  v.pipe(v.array(item), v.maxLength(most), v.readonly());
const maybe = v.exactOptional;

const row = whole(0, MAX_ROW);
const callNumber = whole(1, MAX_ROW);
const port = whole(1, 65_535);
const filter = text(bounds.filter);
const headerColumn = v.custom<`header:${string}`>(
  (value) => typeof value === 'string' && value.startsWith('header:') && value.length <= bounds.text,
  '“header:NAME”',
);

const nothing = v.strictObject({});
const filterOnly = { filter: maybe(filter) };
const callList = {
  ...filterOnly,
  method: maybe(text()),
  sort: maybe(v.strictObject({ by: v.union([v.picklist(callSortNames), headerColumn]), descending: v.boolean() })),
};
const stats = v.strictObject({
  ...filterOnly,
  method: maybe(text()),
  of: maybe(v.picklist(['messages', 'calls', 'capture'])),
});
const page = { from: row, count: whole(0, bounds.rows), ...filterOnly };
const choice = { calls: maybe(list(v.union([row, text()]), bounds.calls)), ...filterOnly };

const host = v.strictObject({
  name: text(),
  role: v.nullable(text()),
  ends: list(v.strictObject({ address: text(), port: v.nullable(whole(0, 65_535)) }), bounds.ends),
});
const ladder = {
  ...choice,
  lanes: maybe(v.picklist(['address', 'address-port', 'auto', 'host'])),
  scale: maybe(v.picklist(['even', 'time'])),
  hosts: maybe(list(host, bounds.hosts)),
  order: maybe(list(text(), bounds.lanes)),
  cseq: maybe(v.boolean()),
  sdp: maybe(v.boolean()),
  room: maybe(whole(200, 20_000)),
  times: maybe(v.picklist(['relative', 'clock'])),
  utcOffset: maybe(whole(-1439, 1439)),
  fold: maybe(v.boolean()),
  rtp: maybe(v.boolean()),
};

const part = v.strictObject({ from: row, count: whole(0, bounds.rows) });

const threshold = whole(1, 1000);
const dispatcher = {
  probingThreshold: maybe(threshold),
  inactiveThreshold: maybe(threshold),
  goodCodes: maybe(list(whole(100, 999), bounds.codes)),
  list: maybe(text(bounds.list)),
  at: maybe(text()),
};

const exportTable = v.strictObject({
  ...callList,
  what: v.picklist(tableNames),
  format: v.picklist(['ndjson', 'json', 'csv', 'table', 'svg']),
  calls: choice.calls,
  columns: maybe(list(text(), bounds.columns)),
  buckets: maybe(whole(1, bounds.buckets)),
  width: maybe(whole(0, 10_000)),
  colour: maybe(v.boolean()),
  dispatcher: maybe(v.strictObject(dispatcher)),
  theme: maybe(v.picklist(['light', 'dark'])),
});
const exportLadder = v.strictObject({
  ...ladder,
  // Which there are, the host says.
  format: text(),
  width: maybe(whole(80, 200)),
  theme: maybe(v.picklist(['light', 'dark'])),
  ascii: maybe(v.boolean()),
  pixelRatio: maybe(v.pipe(v.number(), v.minValue(1), v.maxValue(4))),
});
const extract = v.strictObject({ ...choice, media: maybe(v.boolean()) });
const target = { target: text() };

/** What a question may have as parameters. A method of the contract without a line here does not compile. */
export const schemas = {
  open: v.strictObject({
    inputs: list(text(4096), bounds.inputs),
    ports: maybe(list(port, bounds.ports)),
    lookBack: maybe(v.boolean()),
    streams: maybe(v.boolean()),
  }),
  opened: nothing,
  done: nothing,
  progress: nothing,
  stats,
  messages: v.strictObject(page),
  calls: v.strictObject({ ...page, ...callList, headers: maybe(list(text(), bounds.headers)) }),
  streams: v.strictObject({ ...page, calls: choice.calls }),
  streamCourse: v.strictObject({ stream: callNumber }),
  callPosition: v.strictObject({ ...callList, call: callNumber }),
  message: v.union([v.strictObject({ frame: row }), v.strictObject({ row })]),
  diff: v.union([v.strictObject({ a: row, b: row }), v.strictObject({ rows: v.strictTuple([row, row]) })]),
  bytes: v.strictObject({ row, what: v.picklist(['message', 'packet']) }),
  hopBefore: v.strictObject({ row }),
  ladder: v.strictObject({ ...ladder, part: maybe(part) }),
  ladderItems: v.strictObject({ ...ladder, part }),
  hosts: v.strictObject(choice),
  timeline: v.strictObject({ ...callList, buckets: whole(1, bounds.buckets) }),
  responseTimes: stats,
  dispatcher: v.strictObject(dispatcher),
  dispatcherTicks: v.strictObject({
    ...dispatcher,
    rows: list(row, bounds.rows),
    start: text(),
    end: text(),
    steps: whole(1, bounds.steps),
  }),
  registrations: v.strictObject({
    from: row,
    count: whole(0, bounds.rows),
    search: maybe(text()),
    states: maybe(list(v.picklist(registrationStates), registrationStates.length)),
  }),
  extensions: v.strictObject({ ...page, calls: choice.calls }),
  checkFilter: v.strictObject({ filter }),
  completions: v.strictObject({ filter, at: whole(0, bounds.filter) }),
  exportTable,
  exportLadder,
  extract,
  save: v.variant('method', [
    v.strictObject({ ...target, method: v.literal('exportTable'), params: exportTable }),
    v.strictObject({ ...target, method: v.literal('exportLadder'), params: exportLadder }),
    v.strictObject({ ...target, method: v.literal('extract'), params: extract }),
  ]),
} satisfies { readonly [Name in MethodName]: v.GenericSchema<unknown, Methods[Name]['params']> };
