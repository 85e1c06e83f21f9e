import { Lock, TriangleAlert } from 'lucide-react';
import { useMemo, type JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { useCapture } from '../../state/capture.ts';
import { useSecurity } from '../../state/security.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { AssociationsTable } from './AssociationsTable.tsx';
import { Beside } from './Beside.tsx';
import { Ledger } from './Ledger.tsx';
import { useSecurityList } from './questions.ts';
import { rowsOf } from './rows.ts';
import { SecurityBar } from './SecurityBar.tsx';
import style from './SecurityScreen.module.css';

/** IPsec between phones and P-CSCF: which associations there are, what opened them, and why the others stayed closed. */
export function SecurityScreen(): JSX.Element {
  const { value, problem } = useSecurityList();
  return (
    <div className={style.screen}>
      <SecurityBar list={value} />
      {problem === null ? (
        <Answer list={value} />
      ) : (
        <EmptyState icon={TriangleAlert} severity="bad" title={visible(problem)} />
      )}
    </div>
  );
}

function Answer({ list }: { readonly list: SecurityList | null }): JSX.Element {
  const cursor = useSecurity((state) => state.cursor);
  const rows = useMemo(() => (list === null ? [] : rowsOf(list)), [list]);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === cursor),
  );
  return (
    <div className={style.main}>
      <div className={style.left}>
        {list === null ? (
          <Waiting />
        ) : rows.length === 0 ? (
          <Nothing />
        ) : (
          <>
            <AssociationsTable rows={rows} at={at} />
            <Ledger list={list} rows={rows} />
          </>
        )}
      </div>
      <Beside list={list} row={rows[at] ?? null} />
    </div>
  );
}

function Waiting(): JSX.Element {
  const reading = useCapture(({ phase }) => phase === 'opening' || phase === 'reading');
  const busy = useSecurity((state) => state.busy);
  return (
    <p className={style.waiting} role="status">
      <Spinner label="Looking for security associations" />
      {busy
        ? 'Reading the capture again with these keys …'
        : reading
          ? 'Comes when all of the capture was read.'
          : 'Looking for security associations …'}
    </p>
  );
}

function Nothing(): JSX.Element {
  return (
    <EmptyState
      icon={Lock}
      title="There is no IPsec in this capture."
      hint="It has neither ESP packets nor a REGISTER with Security-Client, by which a phone and a P-CSCF agree on them."
    />
  );
}
