import { create } from 'zustand';
import type { CallList } from '../../core/contract/api.ts';
import type { Client } from '../../core/contract/channel.ts';
import type { CallRow } from '../../core/contract/model.ts';
import { isCancelled, saidBy } from './asking.ts';
import { useCalls } from './calls.ts';
import { useCapture } from './capture.ts';
import { legsOfList, useLegs } from './legs.ts';
import { keptPages, PAGE, rowAt } from './long-list.ts';
import { useSettings } from './settings.ts';

/** Rows asked for beyond the edges of what is on the screen. */
const AHEAD = 40;
/** Milliseconds between two times that what is on the screen is asked for again while a capture is read. */
const REFRESH_MS = 250;

/** The part of the list of calls that the page has. All other rows stay in the host. */
export interface CallPages {
  /** How many calls match; null while nothing is known. */
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly CallRow[]>;
  /** Names of the headers in `CallRow.headers`. */
  readonly headers: readonly string[];
  /** Where the call under the cursor stands; null where it is not in the list. */
  readonly cursorAt: number | null;
  /** Grows when the list should move to where the cursor is, because order or filter changed. */
  readonly jumps: number;
  /** The rows are those of the question before, until the new ones come. */
  readonly waiting: boolean;
  /** Why there are no rows, one sentence. */
  readonly problem: string | null;
}

const nothing: CallPages = {
  total: null,
  pages: new Map(),
  headers: [],
  cursorAt: null,
  jumps: 0,
  waiting: false,
  problem: null,
};

export const useCallPages = create<CallPages>()(() => nothing);

interface Question {
  readonly client: Client;
  readonly list: CallList;
  readonly headers: readonly string[];
  /** Captures, lists and headers that are the same have the same. */
  readonly key: string;
  readonly listKey: string;
}

let question: Question | null = null;
let reading: AbortController | null = null;
let screen = { from: 0, to: 50 };
/** Rows that have to be asked for again, though they are there to be seen meanwhile. */
let stale = new Set<number>();
let refreshing: ReturnType<typeof setTimeout> | null = null;
let followed = false;
/** The cursor was moved to a row that is still to come. */
let pending = false;
/** There is news of the capture since what is being waited for was asked. */
let missed = false;
/** The cursor is on the first row because nobody has put it anywhere: there it stays when the order changes. */
let untouched = true;
/** The call under the cursor before a filter that nothing matches took it away. */
let lost: number | null = null;
const asking = new Map<number, AbortController>();

/** Keeps the pages in step with capture, filter, order and columns, from now on. May be called many times. */
export function followCalls(): void {
  if (!followed) {
    followed = true;
    useCapture.subscribe((state, before) => {
      if (state.client !== before.client) askAnew();
      else if (state.revision !== before.revision) refreshSoon();
    });
    useCalls.subscribe((state, before) => {
      if (state.filter !== before.filter || state.method !== before.method || state.sort !== before.sort) askAnew();
      if (state.cursor !== before.cursor) void findCursor();
    });
    useSettings.subscribe((state, before) => {
      if (state.columns !== before.columns) askAnew();
    });
    useLegs.subscribe(refreshSoon);
  }
  askAnew();
}

/** Tells which rows are on the screen, `from` to `to - 1`. */
export function showRows(from: number, to: number): void {
  if (screen.from === from && screen.to === to) return;
  screen = { from, to };
  askForMissing();
}

/** Puts the cursor on the call at this place, as soon as it is known which one that is. */
export function moveCursor(at: number): void {
  const { total, pages } = useCallPages.getState();
  if (total === null || total === 0) return;
  const place = Math.max(0, Math.min(total - 1, at));
  untouched = false;
  useCallPages.setState({ cursorAt: place });
  const row = rowAt(pages, place);
  pending = row === undefined;
  if (row === undefined) ask(Math.floor(place / PAGE));
  else useCalls.setState({ cursor: row.id });
}

/** What is asked for now; null without a capture. */
export function currentQuestion(): { readonly client: Client; readonly list: CallList } | null {
  const { client, id, names } = useCapture.getState();
  return client === null ? null : questionOf(client, `${id} ${names.join(' ')}`);
}

function questionOf(client: Client, capture: string): Question {
  const { filter, method, sort } = useCalls.getState();
  // By start is the order that the host has anyway.
  const plain = sort.by === 'start' && !sort.descending;
  const list: CallList = {
    ...(filter.trim() === '' ? {} : { filter }),
    ...(method === null ? {} : { method }),
    ...(plain ? {} : { sort }),
  };
  const headers = useSettings
    .getState()
    .columns.map(({ name }) => name)
    .filter((name) => name.startsWith('header:'))
    .map((name) => name.slice('header:'.length));
  const listKey = JSON.stringify([capture, list]);
  return { client, list, headers, listKey, key: `${listKey} ${headers.join(' ')}` };
}

/** Asks for a list that changed, and shows it at once when it is there; until then the one before stays. */
function askAnew(): void {
  const { client, id, names } = useCapture.getState();
  if (client === null) {
    stopAll();
    question = null;
    useCallPages.setState({ ...nothing, jumps: useCallPages.getState().jumps + 1 });
    return;
  }
  const next = questionOf(client, `${id} ${names.join(' ')}`);
  if (next.key === question?.key && next.client === question.client) return;
  const jump = next.listKey !== question?.listKey;
  if (next.client !== question?.client) lost = null;
  if (next.client !== question?.client) useCallPages.setState({ ...nothing, jumps: useCallPages.getState().jumps });
  question = next;
  stopAll();
  pending = false;
  missed = false;
  reading = new AbortController();
  useCallPages.setState({ waiting: true });
  void load(next, jump, reading.signal);
}

function stopAll(): void {
  reading?.abort();
  reading = null;
  for (const one of asking.values()) one.abort();
  asking.clear();
  if (refreshing !== null) clearTimeout(refreshing);
  refreshing = null;
}

async function load(now: Question, jump: boolean, signal: AbortSignal): Promise<void> {
  const { client, list, headers } = now;
  try {
    const before = useCalls.getState().cursor;
    const cursor = before ?? lost;
    const { at } =
      cursor === null || (untouched && jump)
        ? { at: null }
        : await client.ask('callPosition', { ...list, call: cursor }, { signal });
    const height = screen.to - screen.from;
    const first = jump ? Math.max(0, (at ?? 0) - height) : screen.from;
    const last = jump ? (at ?? 0) + height : screen.to;
    const numbers = pagesOf(first, last);
    const answers = await Promise.all(numbers.map((page) => askPage(now, page, signal)));
    if (signal.aborted) return;
    const total = answers[0]?.total ?? 0;
    stale = new Set();
    useCallPages.setState(({ jumps }) => ({
      total,
      headers,
      pages: new Map(numbers.map((page, index) => [page, answers[index]?.rows ?? []])),
      cursorAt: at,
      jumps: jump ? jumps + 1 : jumps,
      waiting: false,
      problem: null,
    }));
    useCalls.setState({ total });
    // Somebody has put it elsewhere meanwhile: back to where it was before keys were typed.
    if (useCalls.getState().cursor !== before) void findCursor();
    else if (at === null) settleCursor();
    else if (useCalls.getState().cursor === null) useCalls.setState({ cursor });
    askForMissing();
    if (missed) refreshSoon();
  } catch (error) {
    if (signal.aborted || isCancelled(error) || useCapture.getState().phase === 'gone') return;
    useCallPages.setState({ ...nothing, jumps: useCallPages.getState().jumps, problem: saidBy(error) });
    useCalls.setState({ total: null });
  }
}

/** The cursor goes to the first call where it is on none of the list. */
function settleCursor(): void {
  const { pages, total } = useCallPages.getState();
  const first = rowAt(pages, 0);
  if (total === 0) {
    useCallPages.setState({ cursorAt: null });
    // Ladder and message would go on showing a call that is in no list.
    const { cursor } = useCalls.getState();
    lost = cursor ?? lost;
    if (cursor !== null) useCalls.setState({ cursor: null });
    return;
  }
  lost = null;
  useCallPages.setState({ cursorAt: 0 });
  if (first !== undefined) useCalls.setState({ cursor: first.id });
  untouched = true;
}

/** Where the call is that somebody else put the cursor on. */
async function findCursor(): Promise<void> {
  const { cursor } = useCalls.getState();
  const { cursorAt, pages, waiting } = useCallPages.getState();
  if (cursor === null || question === null || waiting) return;
  if (cursorAt !== null && rowAt(pages, cursorAt)?.id === cursor) return;
  untouched = false;
  const asked = question;
  try {
    const { at } = await asked.client.ask('callPosition', { ...asked.list, call: cursor });
    if (question !== asked || useCalls.getState().cursor !== cursor) return;
    useCallPages.setState(({ jumps }) => ({ cursorAt: at, jumps: at === null ? jumps : jumps + 1 }));
  } catch (error) {
    if (!isCancelled(error)) useCallPages.setState({ cursorAt: null });
  }
}

/** While a capture is read, what is on the screen is asked for again at a steady pace; at its end at once. */
function refreshSoon(): void {
  if (question === null) return;
  if (useCallPages.getState().waiting) {
    missed = true;
    return;
  }
  const { progress } = useCapture.getState();
  if (progress?.done === true && refreshing !== null) {
    clearTimeout(refreshing);
    refreshing = null;
  }
  refreshing ??= setTimeout(
    () => {
      refreshing = null;
      if (question !== null) void refresh(question);
    },
    progress?.done === true ? 0 : REFRESH_MS,
  );
}

async function refresh(now: Question): Promise<void> {
  const { cursor } = useCalls.getState();
  const { pages } = useCallPages.getState();
  // A failure of the first question was told; by now there may be an answer.
  if (useCallPages.getState().problem !== null) {
    question = null;
    askAnew();
    return;
  }
  stale = new Set(pages.keys());
  if (cursor !== null && cursor > 0) {
    try {
      const { at } = await now.client.ask('callPosition', { ...now.list, call: cursor });
      if (question === now && useCalls.getState().cursor === cursor) useCallPages.setState({ cursorAt: at });
    } catch (error) {
      // The pages asked for below will fail as well, and say why.
      if (isCancelled(error)) return;
    }
  }
  if (question === now) askForMissing();
}

function pagesOf(from: number, to: number): number[] {
  const first = Math.floor(Math.max(0, from) / PAGE);
  const last = Math.floor(Math.max(0, to - 1) / PAGE);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Asks for what is on the screen and not there, and gives up what was asked for and is not on the screen any more. */
function askForMissing(): void {
  const { total, pages, waiting } = useCallPages.getState();
  if (question === null || waiting) return;
  const end = total === null || total === 0 ? PAGE : Math.min(total, screen.to + AHEAD);
  const needed = pagesOf(Math.min(screen.from - AHEAD, Math.max(0, end - 1)), end);
  for (const [page, one] of asking) {
    if (needed.includes(page)) continue;
    one.abort();
    asking.delete(page);
  }
  for (const page of needed) if (!pages.has(page) || stale.has(page)) ask(page);
}

function ask(page: number): void {
  if (question === null || asking.has(page)) return;
  const abort = new AbortController();
  asking.set(page, abort);
  void take(question, page, abort);
}

async function take(now: Question, page: number, abort: AbortController): Promise<void> {
  try {
    const { rows, total } = await askPage(now, page, abort.signal);
    if (question !== now || abort.signal.aborted) return;
    stale.delete(page);
    const pages = keptPages(new Map(useCallPages.getState().pages).set(page, rows), screen);
    useCallPages.setState({ pages, total, problem: null });
    useCalls.setState({ total });
    const { cursorAt } = useCallPages.getState();
    if (cursorAt === null && useCalls.getState().cursor === null) settleCursor();
    const under = pending && cursorAt !== null ? rowAt(pages, cursorAt) : undefined;
    if (under !== undefined) {
      pending = false;
      useCalls.setState({ cursor: under.id });
    }
  } catch (error) {
    if (question === now && !isCancelled(error) && useCapture.getState().phase !== 'gone')
      useCallPages.setState({ problem: saidBy(error) });
  } finally {
    if (asking.get(page) === abort) asking.delete(page);
  }
}

function askPage(
  { client, list, headers }: Question,
  page: number,
  signal: AbortSignal,
): Promise<{ readonly rows: readonly CallRow[]; readonly total: number }> {
  const more = headers.length === 0 ? {} : { headers };
  return client.ask('calls', { ...list, ...more, ...legsOfList(), from: page * PAGE, count: PAGE }, { signal });
}
