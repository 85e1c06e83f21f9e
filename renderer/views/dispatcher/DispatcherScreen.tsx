import { Network, TriangleAlert } from 'lucide-react';
import { useEffect, type JSX } from 'react';
import type { DispatcherView } from '../../../core/contract/dispatcher.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { useCapture } from '../../state/capture.ts';
import { forgetDispatcher, useDispatcher } from '../../state/dispatcher.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { Cards } from './Cards.tsx';
import { DispatcherBar } from './DispatcherBar.tsx';
import style from './DispatcherScreen.module.css';
import { keyOf } from './flags.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { useDispatcherView } from './questions.ts';
import { Strips } from './Strips.tsx';
import { ThresholdsDialog } from './ThresholdsDialog.tsx';

/** The capture that what is set was set for. */
let setFor = 0;

/** Who probes whom: the states of destinations over time, and why. */
export function DispatcherScreen(): JSX.Element {
  const capture = useCapture(({ id }) => id);
  const dialog = useDispatcher((state) => state.dialog);
  useEffect(() => {
    if (setFor !== capture && setFor !== 0) forgetDispatcher();
    setFor = capture;
  }, [capture]);
  const { value, problem } = useDispatcherView();
  return (
    <div className={style.screen}>
      <DispatcherBar view={value} />
      {problem === null ? (
        <Answer view={value} />
      ) : (
        <EmptyState icon={TriangleAlert} severity="bad" title={visible(problem)} />
      )}
      {dialog === 'thresholds' ? <ThresholdsDialog view={value} /> : null}
      {dialog === 'import' ? <ImportDialog /> : null}
    </div>
  );
}

function Answer({ view }: { readonly view: DispatcherView | null }): JSX.Element {
  if (view === null) return <Waiting />;
  return view.rows.length === 0 ? <Nobody /> : <Shown view={view} />;
}

function Shown({ view }: { readonly view: DispatcherView }): JSX.Element {
  const selected = useDispatcher((state) => state.selected);
  const at = Math.max(
    0,
    view.rows.findIndex((row) => keyOf(row) === selected),
  );
  const row = view.rows[at];
  return (
    <>
      {view.notes.map((note) => (
        <p key={note} className={style.note} role="note">
          {visible(note)}
        </p>
      ))}
      <Strips view={view} at={at} />
      {row === undefined ? null : <Cards view={view} row={row} />}
    </>
  );
}

function Waiting(): JSX.Element {
  const reading = useCapture(({ phase }) => phase === 'opening' || phase === 'reading');
  return (
    <p className={style.waiting} role="status">
      <Spinner label="Looking for probes" />
      {reading ? 'Comes when all of the capture was read.' : 'Looking for probes …'}
    </p>
  );
}

function Nobody(): JSX.Element {
  return (
    <EmptyState
      icon={Network}
      title="Nobody probes anybody in this capture."
      hint="Probes are OPTIONS (or another request that does nothing) that one host sends to others by a beat, as Kamailio’s dispatcher, Asterisk’s qualify and gateways do."
    />
  );
}
