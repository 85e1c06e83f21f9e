import { GitFork } from 'lucide-react';
import { memo, type JSX } from 'react';
import type { PathRow, PathVerdict } from '../../../core/contract/paths.ts';
import { msText } from '../../../core/ladder/path-graph.ts';
import { listTimeText } from '../../app/time-text.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import type { Severity } from '../../widgets/severity.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import { hostName } from '../calls/host-name.ts';
import { ROW } from '../calls/use-rows.ts';
import style from './PathList.module.css';

const titles = ['Start', 'Request', 'From → to', 'Hops', 'Verdict', 'Final', 'Way'] as const;

/** How a verdict looks. */
export const verdictLook: Readonly<Record<PathVerdict, { readonly word: string; readonly severity: Severity }>> = {
  ok: { word: 'OK', severity: 'ok' },
  loop: { word: 'Loop', severity: 'bad' },
  spiral: { word: 'Spiral', severity: 'info' },
  'max-forwards': { word: 'Max-Forwards', severity: 'bad' },
};

export function pathRowId(at: number): string {
  return `path-${at}`;
}

export function ListHead(): JSX.Element {
  return (
    <div className={style.head} role="row" aria-rowindex={1}>
      {titles.map((title) => (
        <div key={title} className={style.title} role="columnheader">
          {title}
        </div>
      ))}
    </div>
  );
}

/** A row that is still to come. */
export function MissingRow({ at }: { readonly at: number }): JSX.Element {
  return (
    <div
      id={pathRowId(at)}
      className={style.row}
      role="row"
      aria-rowindex={at + 2}
      aria-busy
      data-at={at}
      style={{ height: ROW }}
    >
      <div className={style.cell} role="gridcell" aria-colspan={titles.length}>
        …
      </div>
    </div>
  );
}

interface Props {
  readonly at: number;
  readonly row: PathRow;
  readonly isCursor: boolean;
  readonly isShown: boolean;
}

function Row({ at, row, isCursor, isShown }: Props): JSX.Element {
  const times = useSettings((state) => state.times);
  const hosts = useSettings((state) => state.hosts);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  const { word, severity } = verdictLook[row.verdict];
  const route = `${hostName(hosts, row.src, row.sport)} → ${hostName(hosts, row.dst, row.dport)}`;
  const time = listTimeText(row.start, times, start);
  return (
    <div
      id={pathRowId(at)}
      className={style.row}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isShown}
      data-cursor={isCursor || undefined}
      data-at={at}
      style={{ height: ROW }}
    >
      <div className={`${style.cell} mono`} role="gridcell" title={time}>
        {times === 'date' ? time.slice(0, 19) : time.replace(/(\.\d{3})\d+$/u, '$1')}
      </div>
      <div className={style.cell} role="gridcell">
        {row.cseq.method} <span className={style.muted}>{row.cseq.number}</span>
      </div>
      <div className={style.cell} role="gridcell" title={route}>
        {route}
      </div>
      <div className={style.number} role="gridcell">
        {row.ends > 1 ? (
          <span className={style.fork} title={`Forked: ${row.ends} ends`}>
            <GitFork size={12} aria-hidden />
            {row.ends}
            <span className="visually-hidden"> ends, hops: </span>
          </span>
        ) : null}
        {row.depth}
      </div>
      <div className={style.cell} role="gridcell">
        <Mark severity={severity}>{word}</Mark>
      </div>
      <div className={style.number} role="gridcell" data-tone={toneOf(row.finalStatus)}>
        {row.finalStatus ?? ''}
      </div>
      <div className={style.number} role="gridcell">
        {row.delayMs === null ? '' : msText(row.delayMs)}
      </div>
    </div>
  );
}
export const ListRow = memo(Row);

export function toneOf(status: number | null): Severity | undefined {
  if (status === null) return undefined;
  if (status < 200) return 'idle';
  if (status < 300) return 'ok';
  return status < 400 ? 'info' : status === 487 ? 'idle' : 'bad';
}
