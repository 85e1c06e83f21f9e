import * as v from 'valibot';
import { audioFormatNames } from '../contract/audio.ts';
import { callSortNames, tableNames, type MethodName, type Methods } from '../contract/api.ts';
import { streamSortNames } from '../contract/streams.ts';
import { liveOptions } from './live/live-schema.ts';
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
  points: 4000,
  ports: 1000,
  inputs: 512,
  /** Typed keys of one kind, characters of a line with one, and of a text with keys. */
  keys: 10_000,
  keyLine: 2000,
  keyText: 4_000_000,
  /** Pairs of calls that the user joined or cut. */
  pairs: 10_000,
  /** Messages of which the changes of the hop before are asked for at once. */
  marked: 1000,
  /** Characters of an imported dispatcher.list. */
  list: 4_000_000,
  codes: 700,
  steps: 10_000,
  /** Moments marked in charts. */
  moments: 100,
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
/** Epoch seconds as text. */
const moment = v.pipe(v.string(), v.regex(/^-?\d{1,12}(?:\.\d{1,9})?$/u));
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

const streamSort = v.strictObject({ by: v.picklist(streamSortNames), descending: v.boolean() });
const streamList = { calls: choice.calls, sort: maybe(streamSort) };

const host = v.strictObject({
  name: text(),
  role: v.nullable(text()),
  ends: list(v.strictObject({ address: text(), port: v.nullable(whole(0, 65_535)) }), bounds.ends),
});
const pair = v.strictTuple([text(), text()]);
const legChoices = {
  join: maybe(list(pair, bounds.pairs)),
  cut: maybe(list(pair, bounds.pairs)),
  headers: maybe(list(text(), bounds.headers)),
};
const pathList = { method: maybe(text()), calls: choice.calls, forked: maybe(v.boolean()), odd: maybe(v.boolean()) };

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
  withLegs: maybe(v.boolean()),
  legs: maybe(v.strictObject(legChoices)),
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
  streamSort: maybe(streamSort),
  legs: maybe(v.strictObject(legChoices)),
  forked: maybe(v.boolean()),
  odd: maybe(v.boolean()),
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
const audio = {
  streams: v.pipe(list(v.union([callNumber, list(callNumber, 64)]), 2), v.minLength(1)),
  bufferMs: maybe(v.pipe(v.number(), v.minValue(0), v.maxValue(500))),
  asSent: maybe(v.boolean()),
};
/** Seconds: as long as a capture can be. */
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_ROW));
const exportAudio = v.strictObject({
  ...audio,
  format: v.picklist(audioFormatNames),
  channel: maybe(whole(0, 1)),
  part: maybe(v.strictObject({ from: seconds, seconds })),
});
const extract = v.strictObject({
  ...choice,
  media: maybe(v.boolean()),
  decrypted: maybe(v.boolean()),
  withLegs: maybe(v.boolean()),
  legs: maybe(v.strictObject(legChoices)),
});
const keyLine = v.nullable(text(bounds.keyLine));
const keys = v.strictObject({
  pairs: maybe(list(v.strictObject({ subscriber: keyLine, ik: keyLine, ck: keyLine }), bounds.keys)),
  associations: maybe(list(text(bounds.keyLine), bounds.keys)),
  texts: maybe(list(v.strictObject({ name: text(), text: text(bounds.keyText) }), bounds.inputs)),
});
const exportPath = v.strictObject({
  path: callNumber,
  format: v.picklist(['svg', 'json']),
  theme: maybe(v.picklist(['light', 'dark'])),
  hosts: maybe(list(host, bounds.hosts)),
});
const exportCharts = v.strictObject({
  format: v.picklist(['svg', 'png']),
  theme: maybe(v.picklist(['light', 'dark'])),
  pixelRatio: maybe(v.pipe(v.number(), v.minValue(1), v.maxValue(4))),
  sides: v.pipe(list(v.strictObject({ stream: v.nullable(row), title: text() }), 2), v.minLength(1)),
  title: text(),
  from: maybe(moment),
  to: maybe(moment),
  marks: maybe(
    list(
      v.strictObject({
        at: v.pipe(v.number(), v.finite()),
        text: text(),
        severity: v.picklist(['bad', 'idle']),
        shades: v.boolean(),
      }),
      bounds.moments,
    ),
  ),
});
const target = { target: text() };
/** What a question may have as parameters. A method of the contract without a line here does not compile. */
export const schemas = {
  open: v.strictObject({
    inputs: list(text(4096), bounds.inputs),
    ports: maybe(list(port, bounds.ports)),
    lookBack: maybe(v.boolean()),
    streams: maybe(v.boolean()),
    keys: maybe(keys),
    autoKeys: maybe(v.boolean()),
    live: maybe(liveOptions),
    endless: maybe(v.boolean()),
  }),
  opened: nothing,
  done: nothing,
  progress: nothing,
  stats,
  messages: v.strictObject(page),
  streams: v.strictObject({ ...page, ...streamList }),
  streamPosition: v.strictObject({ ...filterOnly, ...streamList, stream: callNumber }),
  streamCourse: v.strictObject({
    stream: callNumber,
    from: maybe(moment),
    to: maybe(moment),
    points: maybe(whole(1, bounds.points)),
  }),
  callMedia: v.strictObject({ call: callNumber }),
  calls: v.strictObject({
    ...page,
    ...callList,
    headers: maybe(list(text(), bounds.headers)),
    legs: maybe(v.strictObject(legChoices)),
  }),
  callChanges: v.strictObject({ since: row, ...filterOnly }),
  interfaces: nothing,
  livePrograms: nothing,
  checkBpf: v.strictObject({ bpf: text(bounds.filter) }),
  liveState: nothing,
  liveStop: nothing,
  exportCapture: nothing,
  leftCaptures: nothing,
  forgetLeft: v.strictObject({ files: list(text(4096), bounds.inputs) }),
  callPosition: v.strictObject({ ...callList, call: v.union([callNumber, text()]) }),
  message: v.union([v.strictObject({ frame: row }), v.strictObject({ row })]),
  diff: v.union([v.strictObject({ a: row, b: row }), v.strictObject({ rows: v.strictTuple([row, row]) })]),
  bytes: v.strictObject({ row, what: v.picklist(['message', 'packet']) }),
  hopBefore: v.strictObject({ row }),
  paths: v.strictObject({ ...page, ...pathList }),
  path: v.strictObject({ path: callNumber }),
  pathOf: v.strictObject({ row }),
  forks: v.strictObject({ ...page, ...pathList }),
  hopChanges: v.strictObject({ rows: list(row, bounds.marked) }),
  legs: v.strictObject({ ...legChoices, calls: choice.calls }),
  ladder: v.strictObject({ ...ladder, part: maybe(part) }),
  ladderItems: v.strictObject({ ...ladder, part }),
  hosts: v.strictObject(choice),
  timeline: v.strictObject({ ...callList, buckets: whole(1, bounds.buckets) }),
  responseTimes: stats,
  securityAssociations: nothing,
  setKeys: v.strictObject({
    keep: maybe(list(row, bounds.keys)),
    add: maybe(keys),
    auto: maybe(v.boolean()),
  }),
  checkKeys: v.strictObject({ keys }),
  revealKey: v.strictObject({ association: callNumber }),
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
  exportAudio,
  waveform: v.strictObject({ ...audio, buckets: whole(1, 8192) }),
  exportPath,
  exportCharts,
  extract,
  save: v.variant('method', [
    v.strictObject({ ...target, method: v.literal('exportTable'), params: exportTable }),
    v.strictObject({ ...target, method: v.literal('exportLadder'), params: exportLadder }),
    v.strictObject({ ...target, method: v.literal('exportPath'), params: exportPath }),
    v.strictObject({ ...target, method: v.literal('exportCharts'), params: exportCharts }),
    v.strictObject({ ...target, method: v.literal('extract'), params: extract }),
    v.strictObject({ ...target, method: v.literal('exportAudio'), params: exportAudio }),
    v.strictObject({ ...target, method: v.literal('exportCapture'), params: nothing }),
  ]),
} satisfies { readonly [Name in MethodName]: v.GenericSchema<unknown, Methods[Name]['params']> };
