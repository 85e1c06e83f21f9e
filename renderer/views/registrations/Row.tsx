import { memo, type JSX } from 'react';
import type { RegistrationRow } from '../../../core/contract/registrations.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import { registrationId, ROW } from './places.ts';
import { Strip } from './Strip.tsx';
import style from './Table.module.css';
import { grantedText, shortUri, stateWords } from './words.ts';

interface RowProps {
  /** Null while it is on its way. */
  readonly row: RegistrationRow | null;
  readonly at: number;
  readonly isCursor: boolean;
  readonly start: number;
  readonly end: number;
}

function PlainRow({ row, at, isCursor, start, end }: RowProps): JSX.Element {
  return (
    <div
      id={registrationId(at)}
      className={style.row}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isCursor}
      aria-busy={row === null || undefined}
      data-at={at}
      style={{ transform: `translateY(${at * ROW}px)`, height: ROW }}
    >
      {row === null ? (
        <span role="gridcell" className={style.cell} aria-label="loading" />
      ) : (
        <Cells row={row} start={start} end={end} />
      )}
    </div>
  );
}
export const Row = memo(PlainRow);

function Cells({
  row,
  start,
  end,
}: {
  readonly row: RegistrationRow;
  readonly start: number;
  readonly end: number;
}): JSX.Element {
  const { word, severity } = stateWords[row.state];
  const open = row.bindings.filter(({ ended }) => ended === 'open');
  const [first] = open.length > 0 ? open : row.bindings.slice(-1);
  return (
    <>
      <span role="gridcell" className={style.cell} title={visible(row.aor)}>
        {visible(shortUri(row.aor))}
        {row.thirdParty ? <span className={style.tag}>3rd party</span> : null}
      </span>
      <span role="gridcell" className={style.cell} title={visible(row.explanation)}>
        <Mark severity={severity}>{word}</Mark>
      </span>
      <span role="gridcell" className={[style.cell, 'mono'].join(' ')} title={visible(first?.contact ?? '')}>
        {visible(shortUri(first?.contact ?? ''))}
        {open.length > 1 ? ` +${open.length - 1}` : ''}
      </span>
      <span role="gridcell" className={[style.cell, style.number].join(' ')}>
        {first?.expires === null || first === undefined ? '' : grantedText(first.expires)}
      </span>
      <span role="gridcell" className={[style.cell, style.number].join(' ')}>
        {row.refreshes}
      </span>
      <span role="gridcell" className={[style.cell, style.number].join(' ')}>
        {row.challenged}
      </span>
      <span role="gridcell" className={[style.cell, style.number, row.failures > 0 ? style.bad : ''].join(' ')}>
        {row.failures}
      </span>
      <span role="gridcell" className={style.cell} aria-label={visible(row.explanation)}>
        <Strip row={row} start={start} end={end} />
      </span>
    </>
  );
}
