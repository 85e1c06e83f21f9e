import { probing, type Destination, type Known, type Prober, type Probing } from '../../analysis/dispatcher/index.ts';
import { readList, type DestinationList } from '../../analysis/dispatcher/list.ts';
import { Mode } from '../../analysis/dispatcher/mode.ts';
import { Field } from '../../analysis/transactions.ts';
import { milliseconds } from '../../bytes/time.ts';
import { ContractError, type TableExport } from '../../contract/api.ts';
import type {
  DispatcherProber,
  DispatcherQuery,
  DispatcherRow,
  DispatcherTicks,
  DispatcherTicksQuery,
  DispatcherView,
} from '../../contract/dispatcher.ts';
import type { Answering } from '../../contract/channel.ts';
import { dispatcherSteps, dispatcherSvg, MOST_DRAWN } from '../../export/dispatcher-svg.ts';
import { Transport } from '../../decode/packet.ts';
import { readMessage } from '../../decode/sip-message.ts';
import { readUri } from '../../decode/sip-uri.ts';
import { utf8 } from '../../bytes/text.ts';
import { dispatcherCells, dispatcherColumns } from './dispatcher-columns.ts';
import { importedRows, Imported } from './dispatcher-import.ts';
import { endText } from '../end-text.ts';
import type { Exported } from '../export-table.ts';
import { Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import type { Session } from '../session.ts';
import { momentOf } from '../moment.ts';

/** Requests that are read to see whom they are for. */
const MOST_READ = 20_000;
/** Views that are kept for the next question: one without and one with a moment. */
const KEPT = 4;

const modeNames: Readonly<Record<Mode, DispatcherProber['mode']>> = {
  [Mode.AfterFailures]: 'only after failures (0)',
  [Mode.All]: 'all (1)',
  [Mode.Inactive]: 'inactive ones (2)',
  [Mode.Marked]: 'marked ones (3)',
  [Mode.AllOrMarked]: 'all or marked ones (1 or 3)',
  [Mode.Unknown]: 'unknown',
};

/** Modes in which destinations are probed that are well. */
const probesActive: ReadonlySet<Mode> = new Set([Mode.All, Mode.Marked, Mode.AllOrMarked]);

interface Made {
  readonly view: DispatcherView;
  /** By row; null for what only the list tells. */
  readonly destinations: readonly (Destination | null)[];
}

const kept = new WeakMap<OpenCapture, Map<string, Made>>();

export async function dispatcherView(
  open: OpenCapture,
  query: DispatcherQuery,
  signal: AbortSignal,
): Promise<DispatcherView> {
  return (await made(open, query, signal)).view;
}

/** Marks for drawing: where several probes fall into one step, one of each kind stands for them. */
export async function dispatcherTicks(
  open: OpenCapture,
  { rows, start, end, steps, ...query }: DispatcherTicksQuery,
  signal: AbortSignal,
): Promise<DispatcherTicks[]> {
  const { destinations } = await made(open, query, signal);
  const begin = momentOf(open.session, start);
  const length = momentOf(open.session, end) - begin;
  if (!(length > 0)) throw new ContractError('bad-request', 'the end of the time has to be behind its beginning');
  return rows.map((row) => ({ row, ...ticksOf(destinations[row] ?? null, begin, length, steps) }));
}

function ticksOf(
  destination: Destination | null,
  start: number,
  length: number,
  steps: number,
): Omit<DispatcherTicks, 'row'> {
  const good = new Set<number>();
  const failed = new Set<number>();
  const open = new Set<number>();
  if (destination === null) return { good: [], failed: [], open: [] };
  const { history, isGood } = destination;
  for (let at = 0; at < history.count; at++) {
    const step = Math.floor((((history.sent[at] as number) - start) / length) * steps);
    if (step < 0 || step >= steps) continue;
    const status = history.status[at] as number;
    (status === 0 ? open : isGood(status) ? good : failed).add(step);
  }
  const sorted = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);
  return { good: sorted(good), failed: sorted(failed), open: sorted(open) };
}

export async function dispatcherTable(
  open: OpenCapture,
  options: TableExport,
  signal: AbortSignal,
): Promise<Exported<DispatcherRow>> {
  const { rows } = await dispatcherView(open, options.dispatcher ?? {}, signal);
  return { rows, columns: dispatcherColumns, cells: dispatcherCells };
}

/** The strips as an SVG, in one chunk; answers with the number of destinations. */
export async function dispatcherDrawing(
  open: OpenCapture,
  options: TableExport,
  answering: Answering,
): Promise<number> {
  const query = options.dispatcher ?? {};
  const { view, destinations } = await made(open, query, answering.signal);
  const start = momentOf(open.session, view.start ?? '0');
  const length = Math.max(1, momentOf(open.session, view.end ?? '0') - start);
  const ticks = destinations
    .slice(0, MOST_DRAWN)
    .map((destination, row) => ({ row, ...ticksOf(destination, start, length, dispatcherSteps) }));
  await answering.chunk(utf8(dispatcherSvg({ view, ticks, theme: options.theme ?? 'light' })));
  return view.rows.length;
}

async function made(open: OpenCapture, query: DispatcherQuery, signal: AbortSignal): Promise<Made> {
  const views = kept.get(open) ?? new Map<string, Made>();
  kept.set(open, views);
  const { probingThreshold, inactiveThreshold, goodCodes, at, list } = query;
  const key = JSON.stringify([probingThreshold, inactiveThreshold, goodCodes, at, list]);
  const known = views.get(key);
  if (known !== undefined) return known;
  const answer = await make(open, query, signal);
  views.set(key, answer);
  for (const old of views.keys()) {
    if (views.size <= KEPT) break;
    views.delete(old);
  }
  return answer;
}

async function make(open: OpenCapture, query: DispatcherQuery, signal: AbortSignal): Promise<Made> {
  const { session } = open;
  const { analysis, tally } = session;
  const known: Known = {
    probing: query.probingThreshold ?? null,
    inactive: query.inactiveThreshold ?? null,
    goodCodes: query.goodCodes ?? null,
    at: query.at === undefined ? null : momentOf(session, query.at),
  };
  const work = probing(analysis, known, analysis.now, new Wanted(session));
  const turns = new Turns(signal);
  let step = work.next();
  while (step.done !== true) {
    // The generator stops often; others get their turn once in a while.
    await turns.next();
    step = work.next();
  }
  const found = step.value;
  const list = query.list === undefined ? null : readList(query.list);
  return assemble(open, found, list, tally.when(tally.start), tally.when(tally.end));
}

/** Whom requests are for, read from their bytes: so many of them, then no more. */
class Wanted {
  private readonly session: Session;
  private read = 0;

  constructor(session: Session) {
    this.session = session;
  }

  toHostOnly(row: number): boolean {
    return this.next(row)?.user === null;
  }

  user(row: number): string {
    return this.next(row)?.user ?? '';
  }

  private next(row: number): ReturnType<typeof readUri> {
    this.read += 1;
    const uri = this.read > MOST_READ ? null : uriOf(this.session, row);
    return uri === null ? null : readUri(utf8(uri));
  }
}

function uriOf(session: Session, row: number): string | null {
  return readMessage(session.lookBack.bytesOf(row)).requestUri;
}

function assemble(
  open: OpenCapture,
  { probers, left, unprobedLeft }: Probing,
  list: DestinationList | null,
  start: string | null,
  end: string | null,
): Made {
  const { session } = open;
  const imported = list === null ? null : new Imported(list);
  const pairs: { row: DispatcherRow; destination: Destination | null }[] = [];
  for (const prober of probers) {
    for (const destination of prober.destinations)
      pairs.push({ row: rowOf(open, prober, destination, imported), destination });
  }
  if (imported !== null) {
    const wanted = probers.length === 1 ? probers[0] : undefined;
    const by = wanted === undefined ? '' : proberText(session, wanted);
    const active = wanted === undefined || probesActive.has(wanted.mode);
    for (const row of importedRows(imported, by, start, active)) pairs.push({ row, destination: null });
  }
  pairs.sort(
    ({ row: a }, { row: b }) =>
      compare(a.prober, b.prober) || (a.set ?? 1e9) - (b.set ?? 1e9) || compare(a.destination, b.destination),
  );
  const notes: string[] = [];
  if (left > 0) notes.push(`${left} further destinations were left out: no more than 10,000 are told of`);
  if (unprobedLeft > 0)
    notes.push(
      `${unprobedLeft} hosts got calls from these probers without being probed; so many are rather subscribers and are left out`,
    );
  if (list !== null && list.problem !== null) notes.push(`The imported list: ${list.problem}`);
  if (imported !== null && probers.length > 1)
    notes.push('The imported list does not say whose it is; it is compared with all probers');
  return {
    view: {
      probers: probers.map((prober) => proberRow(session, prober)),
      rows: pairs.map(({ row }) => row),
      start,
      end,
      notes,
    },
    destinations: pairs.map(({ destination }) => destination),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function proberText(session: Session, { end, destinations }: Prober): string {
  const transport = destinations[0]?.pair.transport ?? Transport.UDP;
  return endText(session, end.address, end.port, transport);
}

function proberRow(session: Session, prober: Prober): DispatcherProber {
  const { analysis } = session;
  const methods = new Set<string>();
  for (const { pair } of prober.destinations) {
    const method = methodOf(analysis.transactions, analysis.messages, pair.probes[0]);
    if (method !== null) methods.add(method);
  }
  return {
    prober: proberText(session, prober),
    destinations: prober.destinations.length,
    probed: prober.destinations.filter(({ history }) => history.count > 0).length,
    methods: [...methods],
    intervalMs: Number.isNaN(prober.beat) ? null : Math.round(prober.beat / 1e6),
    probingThreshold: prober.probing,
    inactiveThreshold: prober.inactive,
    timeoutMs: Math.round(prober.timeout.wait / 1e6),
    mode: modeNames[prober.mode],
    goodCodes: prober.goodCodes,
    failedCallTakesOut: prober.marks,
    calls: prober.calls,
  };
}

function methodOf(
  transactions: Session['analysis']['transactions'],
  messages: Session['analysis']['messages'],
  number: number | undefined,
): string | null {
  return number === undefined ? null : messages.methods.text(transactions.get(number, Field.Method));
}

function rowOf(
  open: OpenCapture,
  prober: Prober,
  { pair, history, course, calls, isGood }: Destination,
  imported: Imported | null,
): DispatcherRow {
  const { session } = open;
  const { analysis, tally } = session;
  const { messages, transactions } = analysis;
  const firstRow = history.count > 0 ? transactions.get(pair.probes[0] as number, Field.Request) - 1 : -1;
  const uri = firstRow < 0 ? null : uriOf(session, firstRow);
  let answered = 0;
  let failed = 0;
  let lastStatus: number | null = null;
  const waits: number[] = [];
  for (let at = 0; at < history.count; at++) {
    const status = history.status[at] as number;
    if (status === 0) continue;
    lastStatus = status;
    if (history.silent[at] === 0) {
      answered += 1;
      waits.push((history.known[at] as number) - (history.sent[at] as number));
    }
    if (!isGood(status)) failed += 1;
  }
  waits.sort((a, b) => a - b);
  const destination = endText(session, pair.address, pair.port, pair.transport);
  const flags =
    course.letter === null || course.probed === null ? null : `${course.letter}${course.probed ? 'P' : 'X'}`;
  const row: DispatcherRow = {
    prober: endText(session, pair.prober.address, pair.prober.port, pair.transport),
    destination,
    flags,
    state: course.letter,
    probed: course.probed,
    why: course.reason,
    method: methodOf(transactions, messages, pair.probes[0]),
    probes: history.count,
    answered,
    failed,
    lastStatus,
    intervalMs: history.count < 2 || Number.isNaN(history.beat) ? null : Math.round(history.beat / 1e6),
    roundTripMs: waits.length === 0 ? null : milliseconds(waits[waits.length >> 1] as number),
    calls: calls.calls,
    callShare: prober.calls === 0 ? 0 : Math.round((1e4 * calls.calls) / prober.calls) / 1e4,
    callsAnswered: calls.answered,
    callsFailed: calls.failed,
    callsWhileFailing: course.callsWhileFailing,
    transitions: course.transitions.map(({ time, row: shown, from, to, reason }) => ({
      ts: tally.when(time) ?? '',
      frame: messages.frame.get(shown),
      from,
      to,
      reason,
    })),
    moreTransitions: course.more,
    set: null,
    name: null,
    imported: null,
    disagreement: null,
    uri,
  };
  return imported === null ? row : imported.joined(row);
}
