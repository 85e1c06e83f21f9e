import type { DispatcherView } from '../../../core/contract/dispatcher.ts';
import { goToMoment, useDispatcher, zoom } from '../../state/dispatcher.ts';
import { goToFrame } from './go.ts';
import { keyOf, transitionAt } from './flags.ts';
import { momentText, placeOf } from './words.ts';

/** Parts of what is shown that an arrow key goes, and with Shift. */
const STEP = 1 / 200;
const BIG = 1 / 20;
const PAGE = 8;

/** What a key does in the list of strips; false where it does nothing there. */
export function pressed(event: KeyboardEvent, view: DispatcherView, at: number): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { moment, from, to } = useDispatcher.getState();
  const step = (event.shiftKey ? BIG : STEP) * (to - from);
  const run = new Map<string, () => void>([
    ['ArrowDown', () => choose(view, at + 1)],
    ['ArrowUp', () => choose(view, at - 1)],
    ['PageDown', () => choose(view, at + PAGE)],
    ['PageUp', () => choose(view, at - PAGE)],
    ['ArrowRight', () => goToMoment(moment + step)],
    ['ArrowLeft', () => goToMoment(moment - step)],
    ['Home', () => goToMoment(0)],
    ['End', () => goToMoment(1)],
    ['n', () => toChange(view, at, 1)],
    ['p', () => toChange(view, at, -1)],
    ['+', () => zoom(0.5, moment)],
    ['=', () => zoom(0.5, moment)],
    ['-', () => zoom(2, moment)],
    ['0', () => useDispatcher.setState({ from: 0, to: 1 })],
    ['Enter', () => open(view, at)],
  ]).get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  run?.();
  return run !== undefined;
}

function choose(view: DispatcherView, at: number): void {
  const row = view.rows[Math.min(view.rows.length - 1, Math.max(0, at))];
  if (row !== undefined) useDispatcher.setState({ selected: keyOf(row) });
}

/** To the next or the previous change of the destination's flags. */
function toChange(view: DispatcherView, at: number, by: 1 | -1): void {
  const { start, end, rows } = view;
  const row = rows[at];
  if (row === undefined || start === null || end === null) return;
  const { moment } = useDispatcher.getState();
  const here = Number(momentText(start, end, moment));
  const times = row.transitions.map(({ ts }) => ts);
  // Half a millisecond: a moment is told to the millisecond.
  const next =
    by > 0 ? times.find((ts) => Number(ts) > here + 0.0006) : times.findLast((ts) => Number(ts) < here - 0.0011);
  if (next !== undefined) goToMoment(placeOf(start, end, (Number(next) + 0.0005).toFixed(6)));
}

/** To the message that shows the flags at the moment. */
function open(view: DispatcherView, at: number): void {
  const { start, end, rows } = view;
  const row = rows[at];
  if (row === undefined || start === null || end === null) return;
  const now = Number(momentText(start, end, useDispatcher.getState().moment));
  const frame = transitionAt(row.transitions, now)?.frame ?? null;
  if (frame !== null) void goToFrame(frame);
}
