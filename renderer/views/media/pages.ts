import { create } from 'zustand';
import type { Client } from '../../../core/contract/channel.ts';
import type { StreamLine, StreamList } from '../../../core/contract/streams.ts';
import { isCancelled, saidBy } from '../../state/asking.ts';
import { useCalls } from '../../state/calls.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { forgetMedia, useMedia } from '../../state/media.ts';
import { useLive } from '../../state/live.ts';
import { keptPages, PAGE, rowAt } from '../../state/long-list.ts';

/** Rows asked for beyond the edges of what is on the screen. */
const AHEAD = 40;

/** The part of the list of streams that the page has. All other rows stay in the host, which knows streams when all was read. */
export interface StreamPages {
  /** How many match; null while nothing is known. */
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly StreamLine[]>;
  /** Where the cursor stands in the list; null where it is not in it. */
  readonly cursorAt: number | null;
  /** Grows when the list should move to where the cursor is. */
  readonly jumps: number;
  /** The rows are those of the question before, until the new ones come. */
  readonly waiting: boolean;
  readonly problem: string | null;
}

const nothing: StreamPages = { total: null, pages: new Map(), cursorAt: null, jumps: 0, waiting: false, problem: null };

export const useStreamPages = create<StreamPages>()(() => nothing);

interface Question {
  readonly client: Client;
  readonly list: StreamList;
  readonly key: string;
}

let question: Question | null = null;
let loading: AbortController | null = null;
let screen = { from: 0, to: 50 };
let followed = false;
/** The cursor was moved to a row that is still to come. */
let pending = false;
const asking = new Map<number, AbortController>();

/** Keeps the pages in step with capture, filter and order, from now on. May be called many times. */
export function followStreams(): void {
  if (!followed) {
    followed = true;
    useCapture.subscribe((state, before) => {
      if (state.client !== before.client) forgetMedia();
      if (state.client !== before.client || isWhole(state) !== isWhole(before)) askAnew();
    });
    useLive.subscribe(({ step }, before) => {
      if (step !== before.step) again();
    });
    useCalls.subscribe((state, before) => {
      if (state.filter !== before.filter) askAnew();
    });
    useMedia.subscribe((state, before) => {
      if (state.sort !== before.sort) askAnew();
    });
  }
  askAnew();
}

/** What is listed: for the question, and for an export of the same. */
export function streamList(): StreamList {
  const { filter } = useCalls.getState();
  const { sort } = useMedia.getState();
  const plain = sort.by === 'start' && !sort.descending;
  return { ...(filter.trim() === '' ? {} : { filter }), ...(plain ? {} : { sort }) };
}

/** Tells which rows are on the screen, `from` to `to - 1`. */
export function showStreams(from: number, to: number): void {
  if (screen.from === from && screen.to === to) return;
  screen = { from, to };
  askForMissing();
}

/** Puts the cursor on the stream at this place, as soon as it is known which one that is. */
export function moveStreamCursor(at: number): void {
  const { total, pages } = useStreamPages.getState();
  if (total === null || total === 0) return;
  const place = Math.max(0, Math.min(total - 1, at));
  useStreamPages.setState({ cursorAt: place });
  const row = rowAt(pages, place);
  pending = row === undefined;
  if (row === undefined) void take(Math.floor(place / PAGE));
  else useMedia.setState({ cursor: row.id });
}

/** The stream under the cursor, where the page has its row. */
export function cursorStream(): StreamLine | null {
  const { cursorAt, pages } = useStreamPages.getState();
  return cursorAt === null ? null : (rowAt(pages, cursorAt) ?? null);
}

function askAnew(): void {
  const state = useCapture.getState();
  const { client, id } = state;
  if (client === null || !isWhole(state)) {
    stop();
    question = null;
    useStreamPages.setState({ ...nothing, jumps: useStreamPages.getState().jumps });
    return;
  }
  const list = streamList();
  const key = JSON.stringify([id, list]);
  if (question?.key === key && question.client === client) return;
  stop();
  question = { client, list, key };
  loading = new AbortController();
  useStreamPages.setState({ waiting: true });
  void load(question, loading.signal);
}

function stop(): void {
  loading?.abort();
  loading = null;
  for (const one of asking.values()) one.abort();
  asking.clear();
  pending = false;
}

async function load(now: Question, signal: AbortSignal): Promise<void> {
  const { client, list } = now;
  try {
    const { cursor } = useMedia.getState();
    const { at } =
      cursor === null ? { at: null } : await client.ask('streamPosition', { ...list, stream: cursor }, { signal });
    const first = Math.floor(Math.max(0, (at ?? 0) - AHEAD) / PAGE);
    const last = Math.floor(((at ?? 0) + AHEAD) / PAGE);
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const answers = await Promise.all(numbers.map((page) => askPage(now, page, signal)));
    if (signal.aborted) return;
    const total = answers[0]?.total ?? 0;
    const pages = new Map(numbers.map((page, index) => [page, answers[index]?.rows ?? []]));
    const cursorAt = at ?? (total === 0 ? null : 0);
    useStreamPages.setState(({ jumps }) => ({
      total,
      pages,
      cursorAt,
      jumps: jumps + 1,
      waiting: false,
      problem: null,
    }));
    useMedia.setState({ total, cursor: at === null ? (rowAt(pages, 0)?.id ?? null) : cursor });
    askForMissing();
  } catch (error) {
    if (signal.aborted || isCancelled(error) || useCapture.getState().phase === 'gone') return;
    // What comes next asks anew.
    question = null;
    useStreamPages.setState({ ...nothing, jumps: useStreamPages.getState().jumps, problem: saidBy(error) });
    useMedia.setState({ total: null });
  }
}

/** Asks for what is on the screen and not there, and gives up what was asked for and is not on the screen any more. */
function askForMissing(): void {
  const { total, pages, waiting } = useStreamPages.getState();
  if (question === null || waiting || total === null || total === 0) return;
  const first = Math.floor(Math.max(0, screen.from - AHEAD) / PAGE);
  const last = Math.floor((Math.min(total, screen.to + AHEAD) - 1) / PAGE);
  for (const [page, one] of asking) {
    if (page >= first && page <= last) continue;
    one.abort();
    asking.delete(page);
  }
  for (let page = first; page <= last; page++) if (!pages.has(page)) void take(page);
}

/** There are more streams, or other figures of them: what is on the screen is asked for once more. */
function again(): void {
  const { total, waiting } = useStreamPages.getState();
  if (question === null || waiting) return;
  if (total === null || total === 0) {
    question = null;
    askAnew();
    return;
  }
  const last = Math.floor((screen.to + AHEAD) / PAGE);
  for (let page = Math.floor(Math.max(0, screen.from - AHEAD) / PAGE); page <= last; page++) void take(page);
}

async function take(page: number): Promise<void> {
  const now = question;
  if (now === null || asking.has(page)) return;
  const abort = new AbortController();
  asking.set(page, abort);
  try {
    const { rows, total } = await askPage(now, page, abort.signal);
    if (question !== now || abort.signal.aborted) return;
    const pages = keptPages(new Map(useStreamPages.getState().pages).set(page, rows), screen);
    useStreamPages.setState({ pages, total, problem: null });
    useMedia.setState({ total });
    const { cursorAt } = useStreamPages.getState();
    const under = pending && cursorAt !== null ? rowAt(pages, cursorAt) : undefined;
    if (under === undefined) return;
    pending = false;
    useMedia.setState({ cursor: under.id });
  } catch (error) {
    if (question === now && !isCancelled(error) && useCapture.getState().phase !== 'gone')
      useStreamPages.setState({ problem: saidBy(error) });
  } finally {
    if (asking.get(page) === abort) asking.delete(page);
  }
}

function askPage(
  { client, list }: Question,
  page: number,
  signal: AbortSignal,
): Promise<{ readonly rows: readonly StreamLine[]; readonly total: number }> {
  return client.ask('streams', { ...list, from: page * PAGE, count: PAGE }, { signal });
}
