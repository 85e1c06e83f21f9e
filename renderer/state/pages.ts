import { create } from 'zustand';
import type { CallList } from '../../core/contract/api.ts';
import type { Client } from '../../core/contract/channel.ts';
import type { CallRow } from '../../core/contract/model.ts';
import { isCancelled, saidBy } from './asking.ts';
import { askPage, askRow, pagesOf, placeOf, questionOf, type Question } from './call-question.ts';
import { useCalls } from './calls.ts';
import { useCapture } from './capture.ts';
import { anchorOf, isFollowing, newestAt, settleNew, tellNew } from './following.ts';
import { useLegs } from './legs.ts';
import { isRunning, useLive } from './live.ts';
import { keptPages, PAGE, rowAt, withoutHole } from './long-list.ts';
import { Pace } from './pace.ts';
import { useSettings } from './settings.ts';

/** Rows asked for beyond the edges of what is on the screen. */
const AHEAD = 40;
/** Milliseconds between two times that what is on the screen is asked for again, while a capture is read and while packets come. */
const REFRESH_MS = 250;
const LIVE_REFRESH_MS = 100;

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
  /** Grows when the cursor was moved to another row: the list shows it. */
  readonly reveals: number;
  /** Rows came in above those on the screen, or went: the list moves along by so many, so that it seems to stand still. */
  readonly shift: { readonly rows: number };
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
  reveals: 0,
  shift: { rows: 0 },
  waiting: false,
  problem: null,
};

export const useCallPages = create<CallPages>()(() => nothing);

let question: Question | null = null;
let reading: AbortController | null = null;
let screen = { from: 0, to: 50 };
/** Rows that have to be asked for again, though they are there to be seen meanwhile. */
let stale = new Set<number>();
let refreshing: ReturnType<typeof setTimeout> | null = null;
let followed = false;
const pace = new Pace();
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
      else if (state.revision !== before.revision && !useLive.getState().paused) refreshSoon();
    });
    useLive.subscribe(({ paused }, before) => {
      if (before.paused && !paused) refreshSoon();
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
  useCallPages.setState(({ reveals }) => ({ cursorAt: place, reveals: reveals + 1 }));
  // Who looks at one of the calls before wants it to stay where it is.
  if (isFollowing() && place !== (newestAt(useCalls.getState().sort) === 'top' ? 0 : total - 1))
    useLive.setState({ follows: false });
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

/** Asks for a list that changed, and shows it at once when it is there; until then the one before stays. */
function askAnew(): void {
  const { client, id, names } = useCapture.getState();
  if (client === null) {
    stopAll();
    question = null;
    forget();
    useCallPages.setState(({ jumps }) => ({ jumps: jumps + 1 }));
    return;
  }
  const next = questionOf(client, `${id} ${names.join(' ')}`);
  if (next.key === question?.key && next.client === question.client) return;
  const jump = next.listKey !== question?.listKey;
  // Read again, by which numbers changed: what is on the screen stays until the same calls have been found.
  const again = next.client !== question?.client && !jump && next.key === question?.key;
  if (next.client !== question?.client) lost = null;
  if (next.client !== question?.client && !again) forget();
  question = next;
  stopAll();
  pending = false;
  missed = false;
  reading = new AbortController();
  useCallPages.setState({ waiting: true });
  void (again ? loadAgain(next, reading.signal) : load(next, jump, reading.signal));
}

/** Nothing is known of the list; what counts goes on counting. */
function forget(problem: string | null = null): void {
  const { jumps, reveals, shift } = useCallPages.getState();
  useCallPages.setState({ ...nothing, jumps, reveals, shift, problem });
}

/** The same list with other numbers: the call under the cursor and what is on the screen are found by Call-ID. */
async function loadAgain(now: Question, signal: AbortSignal): Promise<void> {
  const { pages, cursorAt } = useCallPages.getState();
  const under = cursorAt === null ? undefined : rowAt(pages, cursorAt);
  const anchor = anchorOf(pages, screen);
  try {
    const [at, anchorAt] = await Promise.all([
      under === undefined ? null : placeOf(now, under.callId, signal),
      anchor === null ? null : placeOf(now, anchor.callId, signal),
    ]);
    const found = at === null ? null : await askRow(now, at, signal);
    if (signal.aborted) return;
    useCalls.setState({ cursor: found?.id ?? null });
    await (anchor === null || anchorAt === null
      ? load(now, false, signal)
      : moveTo(now, anchorAt - anchor.at, at, signal));
  } catch (error) {
    failed(error, signal);
  }
}

/** Shows the rows that stand `by` rows farther down now, in the place where they were. */
async function moveTo(now: Question, by: number, cursorAt: number | null, signal: AbortSignal): Promise<void> {
  const before = screen;
  const numbers = pagesOf(before.from + by - AHEAD, before.to + by + AHEAD);
  const answers = await Promise.all(numbers.map((page) => askPage(now, page, signal)));
  if (signal.aborted || question !== now) return;
  // Scrolled meanwhile: from the new place it is done again.
  if (screen !== before) {
    refreshSoon();
    return;
  }
  const total = answers[0]?.total ?? 0;
  stale = new Set();
  screen = { from: before.from + by, to: before.to + by };
  useCallPages.setState({
    total,
    cursorAt,
    headers: now.headers,
    pages: new Map(numbers.map((page, index) => [page, answers[index]?.rows ?? []])),
    waiting: false,
    problem: null,
    ...(by === 0 ? {} : { shift: { rows: by } }),
  });
  useCalls.setState({ total });
  if (cursorAt === null && useCalls.getState().cursor === null) settleCursor();
  askForMissing();
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
  const { headers } = now;
  try {
    const before = useCalls.getState().cursor;
    const cursor = before ?? lost;
    const at = cursor === null || (untouched && jump) ? null : await placeOf(now, cursor, signal);
    const height = screen.to - screen.from;
    const first = jump ? Math.max(0, (at ?? 0) - height) : screen.from;
    const last = jump ? (at ?? 0) + height : screen.to;
    const numbers = pagesOf(first, last);
    const answers = await Promise.all(numbers.map((page) => askPage(now, page, signal)));
    if (signal.aborted) return;
    const total = answers[0]?.total ?? 0;
    stale = new Set();
    settleNew(useCapture.getState().progress?.calls ?? null);
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
    failed(error, signal);
  }
}

/** There is no list: what stands in its place says why. */
function failed(error: unknown, signal: AbortSignal): void {
  if (signal.aborted || isCancelled(error) || useCapture.getState().phase === 'gone') return;
  forget(saidBy(error));
  useCalls.setState({ total: null });
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
  useCallPages.setState(({ reveals }) => ({
    cursorAt: 0,
    reveals: isRunning(useLive.getState()) ? reveals : reveals + 1,
  }));
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
    const at = await placeOf(asked, cursor);
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
      if (question !== null && !useLive.getState().paused) void refresh(question);
    },
    progress?.done === true ? 0 : pace.wait(isRunning(useLive.getState()) ? LIVE_REFRESH_MS : REFRESH_MS),
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
  const asked = pace.ask();
  tellNew(useCapture.getState().progress?.calls ?? 0);
  stale = new Set(pages.keys());
  const anchor = anchorOf(pages, screen);
  try {
    const [at, anchorAt] = await Promise.all([
      cursor !== null && cursor > 0 ? placeOf(now, cursor) : null,
      anchor === null ? null : placeOf(now, anchor.id),
    ]);
    if (question !== now) return;
    const by = anchor === null || anchorAt === null ? 0 : anchorAt - anchor.at;
    const place = useCalls.getState().cursor === cursor && cursor !== null ? at : useCallPages.getState().cursorAt;
    if (by !== 0 && reading !== null) {
      await moveTo(now, by, place, reading.signal);
      return;
    }
    if (place !== useCallPages.getState().cursorAt) useCallPages.setState({ cursorAt: place });
  } catch (error) {
    // The pages asked for below will fail as well, and say why.
    if (isCancelled(error)) return;
  } finally {
    asked();
  }
  if (question === now) askForMissing();
}

/** Asks for what is on the screen and not there, and gives up what was asked for and is not on the screen any more. */
function askForMissing(): void {
  const { total, pages, waiting } = useCallPages.getState();
  if (question === null || waiting) return;
  // Of a list that goes along with what comes, also what is not there yet.
  const last = isFollowing() ? screen.to + AHEAD : Math.min(total ?? 0, screen.to + AHEAD);
  const end = total === null || total === 0 ? PAGE : last;
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
    const { rows, total: all } = await askPage(now, page, abort.signal);
    if (question !== now || abort.signal.aborted) return;
    stale.delete(page);
    const pages = keptPages(new Map(useCallPages.getState().pages).set(page, rows), screen);
    const total = withoutHole(pages, all, pagesOf(screen.from - AHEAD, screen.to + AHEAD));
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
