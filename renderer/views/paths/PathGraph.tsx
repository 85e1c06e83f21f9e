import { useLayoutEffect, useMemo, useRef, type JSX, type KeyboardEvent } from 'react';
import type { Path } from '../../../core/contract/paths.ts';
import { PATH_ROW, pathGraph, type PathGraphRow } from '../../../core/ladder/path-graph.ts';
import { Drawing } from '../../paint/Drawing.tsx';
import { Shapes } from '../../paint/Shapes.tsx';
import { useSettings } from '../../state/settings.ts';
import { usePageTheme } from '../ladder/theme.ts';
import { usePathChoice } from './choice.ts';
import { toLadder } from './go.ts';
import style from './PathPane.module.css';

/** The hops as a graph. Arrow keys go from hop to hop, Enter to the ladder; what points at one picks it. */
export function PathGraph({
  path,
  room,
  picked,
}: {
  readonly path: Path;
  readonly room: number;
  /** Index of the hop whose changes are shown. */
  readonly picked: number;
}): JSX.Element {
  const drawing = useRef<SVGSVGElement>(null);
  const hosts = useSettings((state) => state.hosts);
  const themes = usePageTheme();
  const graph = useMemo(() => pathGraph(path, { room, hosts }), [path, room, hosts]);
  const hops = useMemo(() => graph.rows.filter(({ hop }) => hop >= 0), [graph]);
  const place = hops.findIndex(({ hop }) => hop === picked);
  const pick = (to: number): void => {
    const row = hops[Math.min(Math.max(0, to), hops.length - 1)];
    if (row === undefined) return;
    usePathChoice.setState({ hop: row.hop });
    drawing.current?.querySelector(`#hop-${row.hop}`)?.scrollIntoView({ block: 'nearest' });
  };
  const keyed = (event: KeyboardEvent): void => {
    const to = new Map([
      ['ArrowDown', place + 1],
      ['j', place + 1],
      ['ArrowUp', place - 1],
      ['k', place - 1],
      ['PageDown', place + 10],
      ['PageUp', place - 10],
      ['Home', 0],
      ['End', hops.length - 1],
    ]).get(event.key);
    const hop = path.hops[picked];
    if (event.key === 'Enter' && hop !== undefined) toLadder(path.call, hop.row);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    pick(to);
  };
  // The hop that was picked on another screen has to be seen.
  useLayoutEffect(() => {
    document.querySelector(`#hop-${picked}`)?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  return (
    <Drawing
      ref={drawing}
      className={style.drawing}
      theme={themes.plain}
      width={graph.width}
      from={0}
      to={graph.height}
      role="listbox"
      tabIndex={0}
      aria-label={`Hops of ${path.cseq.method} ${path.cseq.number}`}
      aria-activedescendant={`hop-${picked}`}
      onKeyDown={keyed}
    >
      <g aria-hidden>
        {hops[place] === undefined ? null : <rect className={style.picked} {...stripOf(hops[place], graph.width)} />}
        <Shapes shapes={graph.lines} theme={themes.plain} />
      </g>
      {graph.rows.map((row) => (
        <Row
          key={row.hop}
          row={row}
          width={graph.width}
          isPicked={row.hop === picked}
          theme={themes.plain}
          onPick={() => pick(hops.indexOf(row))}
        />
      ))}
    </Drawing>
  );
}

function Row({
  row,
  width,
  isPicked,
  theme,
  onPick,
}: {
  readonly row: PathGraphRow;
  readonly width: number;
  readonly isPicked: boolean;
  readonly theme: ReturnType<typeof usePageTheme>['plain'];
  readonly onPick: () => void;
}): JSX.Element {
  return (
    <>
      <g aria-hidden>
        <Shapes shapes={row.shapes} theme={theme} />
      </g>
      {/* Says in words what is painted, over all of the row. Keys go to the graph. */}
      {row.hop < 0 ? null : (
        <g
          id={`hop-${row.hop}`}
          className={style.hop}
          role="option"
          tabIndex={-1}
          aria-selected={isPicked}
          aria-label={row.words}
          onClick={onPick}
        >
          <title>{row.words}</title>
          <rect className={style.strip} {...stripOf(row, width)} />
        </g>
      )}
    </>
  );
}

/** Where a row is picked. */
function stripOf({ y }: PathGraphRow, width: number): Readonly<Record<'x' | 'y' | 'width' | 'height' | 'rx', number>> {
  return { x: 2, y: y - PATH_ROW / 2 + 1, width: width - 4, height: PATH_ROW - 2, rx: 6 };
}
