import { TriangleAlert, UserCheck } from 'lucide-react';
import { useEffect, useState, type JSX } from 'react';
import type { RegistrationsView } from '../../../core/contract/registrations.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { useCapture } from '../../state/capture.ts';
import { forgetRegistrations, useRegistrations } from '../../state/registrations.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { Detail } from './Detail.tsx';
import { PAGE, pageOf, usePage } from './questions.ts';
import { RegistrationsBar } from './RegistrationsBar.tsx';
import style from './RegistrationsScreen.module.css';
import { RegistrationsTable } from './RegistrationsTable.tsx';
import { ReplicationPanel } from './ReplicationPanel.tsx';

/** The capture that what is set was set for. */
let setFor = 0;

/** Who registers where: bindings over time, challenges, and why somebody is not registered. */
export function RegistrationsScreen(): JSX.Element {
  const capture = useCapture(({ id }) => id);
  const [from, setFrom] = useState(0);
  useEffect(() => {
    if (setFor !== capture && setFor !== 0) forgetRegistrations();
    setFor = capture;
  }, [capture]);
  const { value, of, problem } = usePage(from);
  return (
    <div className={style.screen}>
      <RegistrationsBar view={value} />
      {problem === null ? (
        <Answer view={value} from={pageOf(of)} onPage={(at) => setFrom(Math.max(0, at - PAGE / 4))} />
      ) : (
        <EmptyState icon={TriangleAlert} severity="bad" title={visible(problem)} />
      )}
    </div>
  );
}

interface AnswerProps {
  readonly view: RegistrationsView | null;
  readonly from: number;
  readonly onPage: (at: number) => void;
}

function Answer({ view, from, onPage }: AnswerProps): JSX.Element {
  const cursor = useRegistrations((set) => set.cursor);
  if (view === null) return <Waiting />;
  const row = view.rows[cursor - from];
  return (
    <>
      {view.notes.map((note) => (
        <p key={note} className={style.note} role="note">
          {visible(note)}
        </p>
      ))}
      {view.all === 0 ? (
        <Nobody replicates={view.replication.rows.length > 0} />
      ) : (
        <div className={style.main}>
          <RegistrationsTable view={view} from={from} onPage={onPage} />
          {row === undefined ? null : <Detail row={row} />}
        </div>
      )}
      {view.replication.nodes.length === 0 ? null : <ReplicationPanel replication={view.replication} />}
    </>
  );
}

function Waiting(): JSX.Element {
  const reading = useCapture(({ phase }) => phase === 'opening' || phase === 'reading');
  return (
    <p className={style.waiting} role="status">
      <Spinner label="Looking for registrations" />
      {reading ? 'Comes when all of the capture was read.' : 'Looking for registrations …'}
    </p>
  );
}

function Nobody({ replicates }: { readonly replicates: boolean }): JSX.Element {
  return (
    <EmptyState
      icon={UserCheck}
      title="Nobody registers in this capture."
      hint={
        replicates
          ? 'There is no REGISTER in it; what servers replicate to each other is below.'
          : 'There is no REGISTER in it. Phones register when they start, and again before what was granted runs out.'
      }
    />
  );
}
