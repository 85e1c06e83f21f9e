import { countText } from '../../app/words.ts';
import { useCalls } from '../../state/calls.ts';
import { rowAt } from '../../state/long-list.ts';
import { currentQuestion, moveCursor, useCallPages } from '../../state/pages.ts';
import { notify } from '../../state/view.ts';

/** Calls that are ticked at most: a ladder of more is nothing to look at. */
const MOST_TICKED = 1000;

/** Moves the cursor by so many rows. */
export function step(rows: number): void {
  moveCursor((useCallPages.getState().cursorAt ?? 0) + rows);
}

export function toEnd(): void {
  moveCursor((useCallPages.getState().total ?? 1) - 1);
}

/** Ticks or unticks the call under the cursor. */
export function tickCursor(): void {
  const { cursor, ticked } = useCalls.getState();
  if (cursor === null) return;
  setTicked(ticked.includes(cursor) ? ticked.filter((one) => one !== cursor) : [...ticked, cursor]);
}

/** Ticks the calls from the cursor to a place, and puts the cursor there. Rows that are not here are left out. */
export function extendTicks(to: number): void {
  const { cursorAt, pages } = useCallPages.getState();
  const from = cursorAt ?? to;
  const found: number[] = [];
  for (let at = Math.min(from, to); at <= Math.max(from, to) && found.length < MOST_TICKED; at++) {
    const row = rowAt(pages, at);
    if (row !== undefined) found.push(row.id);
  }
  const { ticked } = useCalls.getState();
  setTicked([...ticked, ...found.filter((call) => !ticked.includes(call))]);
  moveCursor(to);
}

/** Ticks all calls that match, as far as that makes sense. */
export async function tickAll(): Promise<void> {
  const question = currentQuestion();
  if (question === null) return;
  try {
    const { rows, total } = await question.client.ask('calls', { ...question.list, from: 0, count: MOST_TICKED });
    useCalls.setState({ ticked: rows.map(({ id }) => id) });
    if (total > MOST_TICKED)
      notify(
        `Only the first ${countText(MOST_TICKED)} of ${countText(total)} are ticked: no ladder can show more.`,
        true,
      );
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error), true);
  }
}

export function untickAll(): void {
  useCalls.setState({ ticked: [] });
}

function setTicked(ticked: readonly number[]): void {
  if (ticked.length > MOST_TICKED) notify(`No more than ${countText(MOST_TICKED)} calls can be ticked.`, true);
  useCalls.setState({ ticked: ticked.slice(0, MOST_TICKED) });
}
