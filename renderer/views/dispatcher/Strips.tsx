import { useEffect, useLayoutEffect, useMemo, useRef, useState, type JSX, type PointerEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { DispatcherView } from '../../../core/contract/dispatcher.ts';
import { timeText } from '../../app/time-text.ts';
import { useCapture } from '../../state/capture.ts';
import { goToMoment, useDispatcher, zoom } from '../../state/dispatcher.ts';
import { useSettings } from '../../state/settings.ts';
import { axisMarks } from './axis.ts';
import { keyOf } from './flags.ts';
import { pressed } from './keys.ts';
import { ROW, stripId } from './places.ts';
import { useTicks } from './questions.ts';
import { Row } from './Row.tsx';
import style from './Strips.module.css';
import { momentText } from './words.ts';

/** Pixels. */
const LEFT = 248;
/** Rows beyond those that are seen. */
const SPARE = 3;

/** Destinations as rows, their states as strips over one time axis; arrow keys choose a destination and a moment. */
export function Strips({ view, at }: { readonly view: DispatcherView; readonly at: number }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0, top: 0 });
  const { from, to, moment } = useDispatcher(
    useShallow((state) => ({ from: state.from, to: state.to, moment: state.moment })),
  );
  const start = view.start ?? '0';
  const end = view.end ?? '0';
  useEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    const measure = (): void =>
      setBox({ width: current.clientWidth - LEFT - 16, height: current.clientHeight, top: current.scrollTop });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    current.addEventListener('scroll', measure, { passive: true });
    // Keys go to the list, unless somebody types or chooses something meanwhile.
    const busy = document.activeElement?.closest('input, textarea, [role="dialog"]') ?? null;
    if (busy === null) current.focus({ preventScroll: true });
    // Zooming with the wheel has to keep the page from scrolling, which a passive listener can't.
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, momentAt(current, event.clientX));
    };
    current.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', measure);
      current.removeEventListener('wheel', wheel);
    };
  }, []);
  useLayoutEffect(() => {
    const { current } = list;
    if (current === null) return;
    const top = at * ROW;
    const seen = current.clientHeight - 34;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top + ROW > current.scrollTop + seen) current.scrollTop = top + ROW - seen;
  }, [at]);
  const first = Math.max(0, Math.floor(box.top / ROW) - SPARE);
  const last = Math.min(view.rows.length, Math.ceil((box.top + box.height) / ROW) + SPARE);
  const shown = useMemo(
    () => Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index),
    [first, last],
  );
  const steps = Math.max(1, Math.min(10_000, Math.floor(box.width / 3)));
  const span = { from: momentText(start, end, from), to: momentText(start, end, to) };
  const ticks = useTicks(shown, { start: span.from, end: span.to, steps });
  const clicked = (event: PointerEvent<HTMLDivElement>): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (row instanceof HTMLElement) {
      const chosen = view.rows[Number(row.dataset.row)];
      if (chosen !== undefined) useDispatcher.setState({ selected: keyOf(chosen) });
    }
    const place = momentAt(event.currentTarget, event.clientX);
    if (event.clientX - event.currentTarget.getBoundingClientRect().left > LEFT) goToMoment(place);
  };
  const cursor = (moment - from) / (to - from);
  return (
    <div
      ref={list}
      className={style.list}
      data-place="list"
      role="listbox"
      tabIndex={0}
      aria-label={`Destinations, states from ${timeOfDay(start)} to ${timeOfDay(end)}`}
      aria-activedescendant={stripId(at)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        clicked(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          goToMoment(momentAt(event.currentTarget, event.clientX));
      }}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && pressed(event.nativeEvent, view, at)) event.preventDefault();
      }}
    >
      <Axis {...span} moment={momentText(start, end, moment)} cursor={cursor} />
      <div className={style.rows} style={{ height: view.rows.length * ROW }} role="presentation">
        <Lines {...span} />
        {shown.map((index) => {
          const row = view.rows[index];
          return row === undefined ? null : (
            <Row
              key={keyOf(row)}
              row={row}
              at={index}
              of={view.rows.length}
              isCursor={index === at}
              start={span.from}
              end={span.to}
              until={end}
              moment={momentText(start, end, moment)}
              ticks={ticks.value?.find((one) => one.row === index) ?? null}
              steps={steps}
            />
          );
        })}
        {cursor < 0 || cursor > 1 ? null : (
          <div className={style.overlay} aria-hidden>
            <div className={style.cursor} style={{ left: `${cursor * 100}%` }} />
          </div>
        )}
      </div>
      <Legend />
    </div>
  );
}

/** Which moment of the capture a place on the screen is. */
function momentAt(list: HTMLElement, x: number): number {
  const { from, to } = useDispatcher.getState();
  const box = list.getBoundingClientRect();
  const share = (x - box.left - LEFT) / Math.max(1, list.clientWidth - LEFT - 16);
  return from + (to - from) * Math.min(1, Math.max(0, share));
}

function timeOfDay(ts: string): string {
  return timeText(ts, useSettings.getState().times, useCapture.getState().progress?.start ?? null).replace(
    /\.\d+$/u,
    '',
  );
}

function Axis({
  from,
  to,
  moment,
  cursor,
}: {
  readonly from: string;
  readonly to: string;
  readonly moment: string;
  readonly cursor: number;
}): JSX.Element {
  const times = useSettings((state) => state.times);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  const { marks, step } = axisMarks(from, to);
  const text = (ts: string, decimals: number): string =>
    timeText(ts, times, start).replace(/\.\d+$/u, (rest) => (decimals === 0 ? '' : rest.slice(0, decimals + 1)));
  return (
    <div className={style.axis} aria-hidden>
      {marks
        .filter(({ place }) => Math.abs(place - cursor) > 0.06)
        .map(({ ts, place }) => (
          <span key={ts} className={style.mark} style={{ left: `${place * 100}%` }}>
            {text(ts, step >= 1 ? 0 : 3)}
          </span>
        ))}
      {cursor < 0 || cursor > 1 ? null : (
        <span className={style.flag} style={{ left: `${Math.min(0.97, Math.max(0.03, cursor)) * 100}%` }}>
          {text(moment, step >= 5 ? 0 : 3)}
        </span>
      )}
    </div>
  );
}

function Lines({ from, to }: { readonly from: string; readonly to: string }): JSX.Element {
  return (
    <div className={style.overlay} aria-hidden>
      {axisMarks(from, to).marks.map(({ ts, place }) => (
        <span key={ts} className={style.line} style={{ left: `${place * 100}%` }} />
      ))}
    </div>
  );
}

function Legend(): JSX.Element {
  return (
    <p className={style.legend}>
      <span className={style.good} aria-hidden /> probe answered well
      <span className={style.failed} aria-hidden>
        ✕
      </span>
      probe failed
      <span className={style.dashed} aria-hidden /> not probed
      <span className={style.keys}>
        ↑ ↓ destination · ← → moment · N P next and previous change · + − 0 zoom · Enter to the message
      </span>
    </p>
  );
}
