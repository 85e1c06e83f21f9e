import { Waypoints } from 'lucide-react';
import { useEffect, useRef, type JSX, type KeyboardEvent } from 'react';
import type { PathRow } from '../../../core/contract/paths.ts';
import { countOf } from '../../app/words.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { useRows } from '../calls/use-rows.ts';
import { Toggle } from '../ladder/Toggle.tsx';
import { choosePaths, usePathChoice, type PathChoice } from './choice.ts';
import { toLadder } from './go.ts';
import { ListHead, ListRow, MissingRow, pathRowId } from './ListRow.tsx';
import style from './PathList.module.css';
import { PathsMenu } from './PathsMenu.tsx';
import { usePathList, usePathRows, type Listed } from './questions.ts';

/** The paths that match: only what is on the screen is here. */
export function PathList({ onFirst }: { readonly onFirst: (path: number | null) => void }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const shift = useRef<HTMLDivElement>(null);
  const chosen = usePathChoice((state) => state.path);
  const list = usePathList();
  const from = usePathChoice((state) => state.first);
  const at = usePathChoice((state) => state.at);
  const { value, problem } = usePathRows(list, from);
  const total = value?.total ?? 0;
  const rows = useRows(total, scroller, shift, 'paths');
  const key = JSON.stringify(list);
  const first = rowAt(value, 0)?.id ?? null;

  useEffect(() => usePathChoice.setState({ first: rows.from }), [rows.from]);
  // Another list begins on top, and shows its first path.
  useEffect(() => {
    choosePaths(key);
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [key]);
  useEffect(() => {
    if (first !== null || total === 0) onFirst(first);
  }, [first, total, onFirst]);

  const go = (to: number): void => {
    const place = Math.min(Math.max(0, to), total - 1);
    usePathChoice.setState({ at: place });
    rows.reveal(place);
    const row = rowAt(value, place);
    if (row !== undefined) usePathChoice.setState({ path: row.id, hop: null });
  };
  const under = rowAt(value, at);
  // The row was still to come when the cursor got there.
  useEffect(() => {
    if (under !== undefined && at > 0)
      usePathChoice.setState(({ path }) => (path === under.id ? {} : { path: under.id, hop: null }));
  }, [under, at]);
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && under !== undefined) void openLadder(under);
    const to = moves(at, rows.fitting, total).get(event.key);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  const places = rows.blocks.flatMap(({ from: begin, to }) => Array.from({ length: to - begin }, (_, i) => begin + i));
  return (
    <section className={style.pane} aria-label="Paths">
      <ListBar total={value?.total ?? null} />
      <div
        ref={scroller}
        data-place="list"
        className={style.scroller}
        role="grid"
        tabIndex={0}
        aria-label="Paths"
        aria-rowcount={total + 1}
        aria-activedescendant={total > 0 && places.includes(at) ? pathRowId(at) : undefined}
        onKeyDown={keyed}
        onClick={(event) => {
          const line = event.target instanceof Element ? event.target.closest('[data-at]') : null;
          if (line instanceof HTMLElement) go(Number(line.dataset.at));
        }}
        onDoubleClick={() => {
          if (under !== undefined) void openLadder(under);
        }}
      >
        <div className={style.body} role="presentation" style={{ height: total === 0 ? '100%' : rows.height }}>
          <ListHead />
          <div ref={shift} className={style.rows} role="rowgroup">
            {rows.blocks.map((block) => (
              <div
                key={block.from}
                className={style.block}
                role="presentation"
                style={{ transform: `translateY(${block.top}px)` }}
              >
                {Array.from({ length: block.to - block.from }, (_, index) => block.from + index).map((place) => {
                  const row = rowAt(value, place);
                  return row === undefined ? (
                    <MissingRow key={place} at={place} />
                  ) : (
                    <ListRow
                      key={place}
                      at={place}
                      row={row}
                      isCursor={place === at}
                      isShown={row.id === (chosen ?? first)}
                    />
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      </div>
      {total === 0 ? (
        <div className={style.empty}>
          <Nothing nobody={list === null} problem={problem} waiting={value === null} />
        </div>
      ) : null}
    </section>
  );
}

function rowAt(listed: Listed | null, at: number): PathRow | undefined {
  return listed?.rows[at - listed.from];
}

/** Where keys lead from a place in the list. */
function moves(at: number, page: number, total: number): ReadonlyMap<string, number> {
  return new Map([
    ['ArrowDown', at + 1],
    ['j', at + 1],
    ['ArrowUp', at - 1],
    ['k', at - 1],
    ['PageDown', at + page],
    ['PageUp', at - page],
    ['Home', 0],
    ['End', total - 1],
  ]);
}

/** The ladder of a path's call, at its first message. */
async function openLadder({ id, call }: PathRow): Promise<void> {
  const { client } = useCapture.getState();
  const path = await client?.ask('path', { path: id });
  const [hop] = path?.hops ?? [];
  if (hop !== undefined) toLadder(call, hop.row);
}

function ListBar({ total }: { readonly total: number | null }): JSX.Element {
  const which = usePathChoice((state) => state.which);
  const ofCalls = usePathChoice((state) => state.ofCalls);
  return (
    <header className={style.bar}>
      <Segmented<PathChoice['which']>
        label="Which paths"
        value={which}
        onChange={(value) => usePathChoice.setState({ which: value })}
        options={[
          { value: 'all', title: 'All' },
          { value: 'odd', title: 'Loops' },
          { value: 'forked', title: 'Forks' },
        ]}
      />
      <Toggle
        on={ofCalls}
        onChange={(on) => usePathChoice.setState({ ofCalls: on })}
        title="Chosen calls"
        about="Only of the calls that are ticked in the list of calls, or of the one under the cursor there"
      />
      <span className={style.count} role="status">
        {total === null ? '' : countOf(total, 'path')}
      </span>
      <PathsMenu />
    </header>
  );
}

function Nothing({
  nobody,
  problem,
  waiting,
}: {
  readonly nobody: boolean;
  readonly problem: string | null;
  readonly waiting: boolean;
}): JSX.Element {
  const which = usePathChoice((state) => state.which);
  const reading = !useCapture(isWhole);
  if (problem !== null) return <EmptyState severity="bad" title={problem} />;
  if (reading)
    return <EmptyState title="Reading the capture …" hint="Paths are followed when all of it has been read." />;
  if (nobody)
    return (
      <EmptyState
        icon={Waypoints}
        title="No call is chosen."
        hint="Choose one in the list of calls, or look at the paths of all."
      />
    );
  if (waiting) return <EmptyState title="Following the requests …" />;
  switch (which) {
    case 'odd':
      return (
        <EmptyState
          icon={Waypoints}
          title="No loop, no spiral."
          hint="No host got a request twice, and none used up its Max-Forwards."
        />
      );
    case 'forked':
      return <EmptyState icon={Waypoints} title="Nothing was forked." hint="Every request went to one place only." />;
    default:
      return (
        <EmptyState
          icon={Waypoints}
          title="No request was seen on more than one hop."
          hint="A path shows where the capture was made at a proxy, or on several hosts whose captures are opened together."
        />
      );
  }
}
