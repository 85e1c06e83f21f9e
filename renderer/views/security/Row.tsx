import { memo, type JSX } from 'react';
import type { SecurityAssociationRow, SecurityRegistration } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countOf, countText } from '../../app/words.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import { Origin } from './Origin.tsx';
import { ROW, securityRowId } from './places.ts';
import type { SecurityRow } from './rows.ts';
import style from './Table.module.css';
import { algorithmsText, hostText, icvLook, ownerOf, stateLooks, wayText } from './words.ts';

interface RowProps {
  readonly row: SecurityRow;
  readonly at: number;
  readonly isCursor: boolean;
}

function PlainRow({ row, at, isCursor }: RowProps): JSX.Element {
  return (
    <div
      id={securityRowId(at)}
      className={[style.row, row.kind === 'association' ? '' : style.group].join(' ')}
      role="row"
      aria-level={row.kind === 'association' ? 2 : 1}
      aria-rowindex={at + 2}
      aria-selected={isCursor}
      data-at={at}
      style={{ transform: `translateY(${at * ROW}px)`, height: ROW }}
    >
      {row.kind === 'association' ? (
        <Association association={row.association} />
      ) : row.kind === 'registration' ? (
        <Registration registration={row.registration} />
      ) : (
        <span role="gridcell" aria-colspan={8} className={style.whole}>
          <span className={style.owner}>No REGISTER in the capture names these</span>
          <span className={style.about}>{countOf(row.count, 'association')}</span>
        </span>
      )}
    </div>
  );
}
export const Row = memo(PlainRow);

function Registration({ registration }: { readonly registration: SecurityRegistration }): JSX.Element {
  const { ue, pcscf, chosen, differences, replacedBy, keys, id } = registration;
  return (
    <span role="gridcell" aria-colspan={8} className={style.whole}>
      <span className={style.owner}>{visible(ownerOf(registration))}</span>
      <span className={[style.about, 'mono'].join(' ')}>{visible(`${ue} ↔ ${pcscf}`)}</span>
      <span className={style.about}>{chosen === null ? 'nothing agreed' : visible(algorithmsText(chosen))}</span>
      {keys === null ? <span className={style.about}>IK and CK not known</span> : <Origin origin={keys} quiet />}
      {differences.length === 0 ? null : <Mark severity="warn">{countOf(differences.length, 'difference')}</Mark>}
      <span className={style.about}>
        {`registration ${id}${replacedBy === null ? '' : `, replaced by ${replacedBy}`}`}
      </span>
    </span>
  );
}

/** What stands in place of the origin of a key. */
const noKey: Readonly<Record<SecurityAssociationRow['state'], string>> = {
  open: '',
  guessed: '',
  'wrong-key': 'none fits',
  closed: 'none',
  unseen: '–',
};

function Association({ association }: { readonly association: SecurityAssociationRow }): JSX.Element {
  const { state, spi, role, src, sport, dst, dport, encryption, authentication, keys } = association;
  const { packets, opened, replays, reason } = association;
  const { word, severity } = stateLooks[state];
  const icv = icvLook(association);
  const way = `${role === null ? '' : `${role}: `}${hostText(src, sport)} → ${hostText(dst, dport)}`;
  return (
    <>
      <span role="gridcell" className={style.cell} title={visible(reason)}>
        <Mark severity={severity}>{word}</Mark>
      </span>
      <span role="gridcell" className={[style.cell, 'mono'].join(' ')}>
        {visible(spi)}
      </span>
      <span role="gridcell" className={style.cell} title={visible(way)}>
        {visible(wayText(association))}
      </span>
      <span role="gridcell" className={style.cell} title={visible(`${authentication}, ${encryption}`)}>
        {visible(`${authentication}, ${encryption}`)}
      </span>
      <span role="gridcell" className={style.cell}>
        {keys === null ? <span className={style.none}>{noKey[state]}</span> : <Origin origin={keys} quiet />}
      </span>
      <span role="gridcell" className={[style.cell, style.number, opened < packets ? style.bad : ''].join(' ')}>
        {packets === 0 ? '' : `${countText(opened)} of ${countText(packets)}`}
      </span>
      <span role="gridcell" className={style.cell}>
        {icv === null ? '' : <Mark severity={icv.severity}>{icv.word}</Mark>}
      </span>
      <span role="gridcell" className={[style.cell, style.number, replays > 0 ? style.bad : ''].join(' ')}>
        {packets === 0 ? '' : countText(replays)}
      </span>
    </>
  );
}
