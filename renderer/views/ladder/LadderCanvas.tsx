import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type JSX,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { footShapes, legendShapes, lifelineShapes } from '../../../core/ladder/shapes.ts';
import { Drawing } from '../../paint/Drawing.tsx';
import { Shapes } from '../../paint/Shapes.tsx';
import { useLadder } from '../../state/ladder.ts';
import { LADDER_ARROWS } from '../message/places.ts';
import { pick } from './arrow-actions.ts';
import { ArrowMenu } from './ArrowMenu.tsx';
import { Arrows } from './Arrows.tsx';
import { openBand, pickBand, setCurrent } from './band-actions.ts';
import { Beside, canStay, Stays } from './Beside.tsx';
import { CallsHead } from './CallsHead.tsx';
import style from './LadderCanvas.module.css';
import { useGrowing } from './growth.ts';
import { LaneHeads } from './LaneHeads.tsx';
import { ListeningLine } from './ListeningLine.tsx';
import { useLoaded } from './loaded.ts';
import { PairBar } from './PairBar.tsx';
import { moved, placeAt, stripOf, stripOfItem } from './places.ts';
import { useReveal } from './reveal.ts';
import type { Shown } from './scene.ts';
import { usePageTheme } from './theme.ts';
import { useWindow } from './window.ts';

/** Above and below the boxes of the lanes. */
const PADDING = 8;
/** What the time between two arrows covers at the foot of the drawing. */
const PAIR_ROOM = 58;
/** Left and Right scroll by this much. */
const ASIDE = 120;

/** The drawing: lane heads that stay on top, and of the rows only those that can be seen. */
export function LadderCanvas({ shown }: { readonly shown: Shown }): JSX.Element {
  const { scene, items } = shown;
  const themes = usePageTheme();
  const theme = themes.plain;
  const scroller = useRef<HTMLDivElement>(null);
  const selected = useLadder((state) => state.selected);
  const chosen = useLadder((state) => state.band);
  const marked = useLadder((state) => state.marked);
  const [pointed, setPointed] = useState(-1);
  const top = scene.lifelines.y1;
  const bodyAt = (scene.lanes[0]?.box.height ?? 0) + 2 * PADDING;
  const view = useWindow(scroller, bodyAt);
  const bandPlace = chosen === null ? -1 : items.placeOfBand(chosen);
  const place = bandPlace === -1 ? (selected === null ? -1 : items.placeOf(selected)) : bandPlace;
  const markedPlace = marked === null ? -1 : items.placeOf(marked);
  const strip = useMemo(() => stripOf(items), [items]);
  const aside = view.aside && canStay(shown);
  const foot = markedPlace === -1 ? 0 : PAIR_ROOM;

  // After folding, what was painted before can lie below the end.
  const to = Math.min(scene.height, top + view.to);
  const from = Math.max(top, Math.min(top + view.from, to - (view.to - view.from)));
  const range = items.between(from, to);
  const placed = useLoaded(shown, range.from, range.to);
  const arrow = selected === null ? null : items.arrow(selected);
  const band = chosen === null ? null : items.band(chosen);
  const y = items.index.y[place];
  const own = stripOfItem(items.get(place), strip);
  useReveal(scroller, {
    shown,
    arrow: bandPlace === -1 ? arrow : band,
    rowTop: y === undefined ? null : y - top - own.above,
    strip,
    bodyAt,
    foot,
  });
  useGrowing(scroller, shown);
  useEffect(() => {
    setCurrent(shown);
    return () => setCurrent(null);
  }, [shown]);

  const choose = (at: number, pair = false): void => {
    const row = items.index.row[at];
    if (row !== undefined && row >= 0) pick(row, pair);
    const key = items.bandAt(at);
    if (key !== null) pickBand(key);
  };
  const click = (at: number, pair: boolean): void => {
    choose(at, pair);
    const item = items.get(at);
    if (item?.kind === 'band') openBand(shown, item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { current } = scroller;
    if (current === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = event.key === 'ArrowLeft' ? -ASIDE : event.key === 'ArrowRight' ? ASIDE : 0;
    const next = moved(items, place, event.key, current.clientHeight - bodyAt);
    if (next === null && by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) current.scrollLeft += by;
    else choose(next);
  };
  const under = (event: MouseEvent<HTMLElement>): number =>
    placeAt(items, event.clientY - event.currentTarget.getBoundingClientRect().top + top);

  const lifelines = useMemo(() => lifelineShapes(scene).shapes, [scene]);
  const ends = useMemo(() => [...footShapes(scene).shapes, ...legendShapes(scene).shapes], [scene]);
  const stripe = (at: number): CSSProperties => {
    const { above, height } = stripOfItem(items.get(at), strip);
    return { top: (items.index.y[at] ?? 0) - top - above, height };
  };
  const stripes = (
    <>
      {pointed === -1 || pointed === place ? null : <div className={style.pointed} style={stripe(pointed)} />}
      {markedPlace === -1 ? null : <div className={style.marked} style={stripe(markedPlace)} />}
      {place === -1 ? null : <div className={style.selected} style={stripe(place)} />}
    </>
  );

  return (
    <div className={style.frame}>
      {scene.calls.length > 1 ? <CallsHead shown={shown} current={arrow?.call ?? -1} theme={theme} /> : null}
      <div ref={scroller} className={style.scroller}>
        <div className={style.sheet} style={{ minWidth: scene.width }}>
          <div className={style.heads}>
            <LaneHeads shown={shown} theme={theme} padding={PADDING} aside={aside} />
          </div>
          <ArrowMenu shown={shown} onPoint={(event) => choose(under(event))}>
            <div
              id={LADDER_ARROWS}
              className={style.body}
              style={{ minHeight: scene.height - top + foot }}
              role="listbox"
              aria-label={scene.description}
              aria-activedescendant={place === -1 ? undefined : `ladder-arrow-${place}`}
              tabIndex={0}
              onKeyDown={onKeyDown}
              onPointerMove={(event) => setPointed(under(event))}
              onPointerLeave={() => setPointed(-1)}
              onMouseDown={(event) => {
                // Keys go to the list, not to the arrow that was hit: that one is gone as soon as it is scrolled away.
                event.preventDefault();
                event.currentTarget.focus({ preventScroll: true });
              }}
              onClick={(event) => click(under(event), event.ctrlKey || event.metaKey || event.shiftKey)}
            >
              {stripes}
              <div className={style.centre} style={{ width: scene.width, transform: `translateY(${from - top}px)` }}>
                <Drawing theme={theme} width={scene.width} from={from} to={to} role="presentation">
                  <g aria-hidden>
                    <Shapes shapes={lifelines} theme={theme} />
                    {to >= scene.lifelines.y2 ? <Shapes shapes={ends} theme={theme} /> : null}
                  </g>
                  <Arrows
                    shown={shown}
                    placed={placed}
                    themes={themes}
                    strip={strip}
                    selected={place}
                    marked={markedPlace}
                  />
                </Drawing>
              </div>
              <ListeningLine shown={shown} top={top} />
              {aside ? (
                <Stays shown={shown}>
                  {stripes}
                  <Beside shown={shown} placed={placed} theme={theme} from={from} to={to} top={top} />
                </Stays>
              ) : null}
            </div>
          </ArrowMenu>
        </div>
      </div>
      <PairBar />
    </div>
  );
}
