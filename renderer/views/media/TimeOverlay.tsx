import { useRef, useState, type JSX, type KeyboardEvent, type PointerEvent } from 'react';
import { PLOT_LEFT, PLOT_RIGHT } from '../../charts/line-data.ts';
import { useListening } from '../../state/listening.ts';
import { quantities, type Course } from '../../../core/ladder/course-lines.ts';
import { useTimeCursor } from './cursor.ts';
import type { ChartMark } from './marks.ts';
import type { Span } from './questions.ts';
import type { Side } from './selection.ts';
import { SideMark } from './SideMark.tsx';
import style from './TimeCharts.module.css';
import { valueText } from './value-text.ts';
import { offsetText } from './words.ts';

interface TimeOverlayProps {
  readonly sides: readonly Side[];
  readonly courses: readonly (Course | null)[];
  readonly span: Span;
  readonly whole: Span;
  readonly marks: readonly ChartMark[];
  /** In which line the words of each mark stand. */
  readonly rows: readonly number[];
}

/** Pixels that the pointer moves before a click becomes the choice of a stretch. */
const SLACK = 6;
/** Seconds that can be seen at least: a few packets. */
const SHORTEST = 0.2;
/** An arrow key goes by this part of what is seen; with Shift, by ten of them. */
const STEP = 1 / 200;

/**
 * Over all charts: marks, the line where it is listened, and the cursor, which follows the pointer and the arrow keys.
 * Dragging chooses a stretch to be seen alone; + and − do that around the cursor, 0 shows all.
 */
export function TimeOverlay({ sides, courses, span, whole, marks, rows }: TimeOverlayProps): JSX.Element {
  const plot = useRef<HTMLDivElement>(null);
  const at = useTimeCursor((state) => state.at);
  const [chosen, setChosen] = useState<Span | null>(null);
  const pressed = useRef<{ readonly x: number; readonly at: number } | null>(null);
  const left = (moment: number): string => `${(100 * (moment - span.from)) / (span.to - span.from)}%`;
  const isSeen = (moment: number): boolean => moment >= span.from && moment <= span.to;
  const momentAt = ({ clientX }: PointerEvent<HTMLElement>): number => {
    const box = plot.current?.getBoundingClientRect();
    const part = box === undefined || box.width === 0 ? 0 : (clientX - box.left) / box.width;
    return span.from + Math.max(0, Math.min(1, part)) * (span.to - span.from);
  };
  const moved = (event: PointerEvent<HTMLElement>): void => {
    const moment = momentAt(event);
    useTimeCursor.setState({ at: moment });
    const { current } = pressed;
    if (current !== null && Math.abs(event.clientX - current.x) > SLACK)
      setChosen({ from: Math.min(current.at, moment), to: Math.max(current.at, moment) });
  };
  const keyed = (event: KeyboardEvent<HTMLElement>): void => {
    const next = cursorAfter(event, at, span);
    const zoom = zoomAfter(event.key, at, span, whole);
    if (next === null && zoom === undefined) return;
    if (next !== null) useTimeCursor.setState({ at: next });
    if (zoom !== undefined) useTimeCursor.setState({ zoom });
    event.preventDefault();
    event.stopPropagation();
  };
  const length = span.to - span.from;
  const bad = marks.find(({ shades, at: from }) => shades && from < span.to)?.at ?? null;
  return (
    <div
      ref={plot}
      className={style.overlay}
      style={{ left: PLOT_LEFT, right: PLOT_RIGHT }}
      role="slider"
      tabIndex={0}
      aria-label="Moment in the charts"
      aria-valuemin={0}
      aria-valuemax={Math.round(length * 1000)}
      aria-valuenow={at === null ? 0 : Math.round((at - span.from) * 1000)}
      aria-valuetext={at === null ? 'none' : spoken(at, whole.from, sides, courses)}
      onPointerMove={moved}
      onPointerLeave={() => {
        if (pressed.current === null && document.activeElement !== plot.current) useTimeCursor.setState({ at: null });
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { x: event.clientX, at: momentAt(event) };
      }}
      onPointerUp={() => {
        pressed.current = null;
        if (chosen !== null && chosen.to - chosen.from >= SHORTEST) useTimeCursor.setState({ zoom: chosen });
        setChosen(null);
      }}
      onPointerCancel={() => {
        pressed.current = null;
        setChosen(null);
      }}
      onDoubleClick={() => useTimeCursor.setState({ zoom: null })}
      onKeyDown={keyed}
    >
      {bad === null ? null : <span className={style.shade} style={{ left: left(Math.max(span.from, bad)) }} />}
      {marks.map((mark, index) => (
        <Mark
          key={`${mark.at} ${mark.text} ${mark.side ?? ''}`}
          mark={mark}
          left={isSeen(mark.at) ? left(mark.at) : null}
          row={rows[index] ?? 0}
          isLate={mark.at > span.from + 0.72 * length}
        />
      ))}
      {chosen === null ? null : (
        <span
          className={style.chosen}
          style={{ left: left(chosen.from), width: `${(100 * (chosen.to - chosen.from)) / length}%` }}
        />
      )}
      <Playing left={left} isSeen={isSeen} />
      {at === null || !isSeen(at) ? null : (
        <span className={style.cursor} style={{ left: left(at) }}>
          <span className={style.moment} data-side={at > span.from + length / 2 ? 'left' : undefined}>
            {offsetText(at - whole.from)}
          </span>
        </span>
      )}
    </div>
  );
}

function Mark({
  mark: { text, severity, side },
  left,
  row,
  isLate,
}: {
  readonly mark: ChartMark;
  /** Null: not in what is seen. */
  readonly left: string | null;
  readonly row: number;
  readonly isLate: boolean;
}): JSX.Element | null {
  if (left === null) return null;
  return (
    <span className={[style.mark, style[severity]].join(' ')} style={{ left }}>
      <span className={style.words} data-side={isLate ? 'left' : undefined} style={{ top: row * 20 }}>
        {side === null ? null : <SideMark side={side} />}
        {text}
      </span>
    </span>
  );
}

/** Where it is listened to. */
function Playing({
  left,
  isSeen,
}: {
  readonly left: (moment: number) => string;
  readonly isSeen: (moment: number) => boolean;
}): JSX.Element | null {
  const at = useListening((state) => state.at);
  return at === null || !isSeen(at) ? null : <span className={style.playing} style={{ left: left(at) }} />;
}

/** Where a key brings the cursor; null for other keys. */
export function cursorAfter(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  at: number | null,
  { from, to }: Span,
): number | null {
  const step = (to - from) * STEP * (shiftKey ? 10 : 1);
  const now = at ?? from;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(from, now - step);
    case 'ArrowRight':
      return Math.min(to, now + step);
    case 'Home':
      return from;
    case 'End':
      return to;
    default:
      return null;
  }
}

/** What a key shows of the time; null for all of it, undefined for other keys. */
export function zoomAfter(key: string, at: number | null, span: Span, whole: Span): Span | null | undefined {
  if (key === '0') return null;
  const factor = key === '+' || key === '=' ? 0.5 : key === '-' ? 2 : 0;
  if (factor === 0) return undefined;
  const length = Math.max(SHORTEST, (span.to - span.from) * factor);
  if (length >= whole.to - whole.from) return null;
  const middle = at ?? (span.from + span.to) / 2;
  const from = Math.max(whole.from, Math.min(whole.to - length, middle - length / 2));
  return { from, to: from + length };
}

/** All values at a moment, for those who can’t see them. */
function spoken(at: number, from: number, sides: readonly Side[], courses: readonly (Course | null)[]): string {
  const values = sides.flatMap(({ title, stream }, index) => {
    const course = courses[index] ?? null;
    if (stream === null || course === null) return [];
    const own = quantities.map(({ key, title: quantity, unit }) =>
      `${quantity} ${valueText(key, course, at)} ${unit}`.trimEnd(),
    );
    return [`${title}: ${own.join(', ')}`];
  });
  return `${offsetText(at - from)}. ${values.join('. ')}`;
}
