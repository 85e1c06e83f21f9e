import type { JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import { useSecurity, type SecurityState } from '../../state/security.ts';
import { Pill } from '../../widgets/Pill.tsx';
import { Tabs } from '../../widgets/Tabs.tsx';
import { AssociationDetail } from './AssociationDetail.tsx';
import style from './Beside.module.css';
import { KeysPanel } from './KeysPanel.tsx';
import { RegistrationDetail } from './RegistrationDetail.tsx';
import type { SecurityRow } from './rows.ts';

interface BesideProps {
  /** Null while it is on its way. */
  readonly list: SecurityList | null;
  readonly row: SecurityRow | null;
}

/** What is known of the row under the cursor, or the keys. */
export function Beside({ list, row }: BesideProps): JSX.Element {
  const beside = useSecurity((state) => state.beside);
  const typed = list?.typed.length ?? 0;
  return (
    <aside className={style.beside} aria-label="Beside the list">
      <Tabs<SecurityState['beside']>
        label="Beside the list"
        value={beside}
        onChange={(next) => useSecurity.setState({ beside: next })}
        tabs={[
          { value: 'details', title: 'Details', panel: <Details row={row} /> },
          {
            value: 'keys',
            title: 'Keys',
            badge: typed === 0 ? null : <Pill severity="info">{String(typed)}</Pill>,
            panel: <KeysPanel list={list} />,
          },
        ]}
      />
    </aside>
  );
}

function Details({ row }: { readonly row: SecurityRow | null }): JSX.Element {
  if (row === null) return <p className={style.nothing}>Nothing is chosen.</p>;
  if (row.kind === 'registration') return <RegistrationDetail key={row.key} registration={row.registration} />;
  if (row.kind === 'association') return <AssociationDetail key={row.key} association={row.association} />;
  return (
    <p className={style.nothing}>
      ESP packets with these SPIs are in the capture, and no REGISTER that agrees on them: it began later, or the phone
      registered elsewhere. Keys for them can be typed as full associations.
    </p>
  );
}
