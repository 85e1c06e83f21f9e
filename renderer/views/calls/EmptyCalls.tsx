import { FilterX, PhoneOff, Radio, TriangleAlert } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { countOf } from '../../app/words.ts';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { isRunning, useLive } from '../../state/live.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import style from './EmptyCalls.module.css';

/** In place of rows: why there are none, and what to do about it. */
export function EmptyCalls({
  total,
  problem,
}: {
  readonly total: number | null;
  readonly problem: string | null;
}): JSX.Element {
  const reading = useCapture(({ phase }) => phase === 'reading' || phase === 'opening');
  const live = useLive(isRunning);
  const filter = useCalls((state) => state.filter);
  const method = useCalls((state) => state.method);
  const all = useCapture(({ progress }) => progress?.calls ?? 0);
  if (problem !== null) {
    return (
      <EmptyState icon={TriangleAlert} severity="bad" title={visible(problem)}>
        <ShowAll />
      </EmptyState>
    );
  }
  const narrowed = filter !== '' || method !== null;
  // Where there are calls and nothing is hidden, their rows are on the way.
  if (total === null || (all === 0 && reading) || (all > 0 && !narrowed)) return <Bones />;
  if (narrowed) {
    return (
      <EmptyState
        icon={FilterX}
        title={reading ? 'No call matches yet.' : 'No call matches.'}
        hint={
          <>
            {all === 1 ? 'The only call is' : `${countOf(all, 'call')} are`} hidden by{' '}
            {filter === '' ? null : <code className="mono">{visible(filter)}</code>}
            {filter !== '' && method !== null ? ' and ' : null}
            {method === null ? null : `the method ${visible(method)}`}.
          </>
        }
      >
        <ShowAll />
      </EmptyState>
    );
  }
  return live ? <NoneYet /> : <NoSip />;
}

function ShowAll(): JSX.Element {
  return (
    <Button icon={FilterX} onClick={() => useCalls.setState({ filter: '', method: null })}>
      Show all calls
    </Button>
  );
}

/** Packets are being captured, and there was no call among them. */
function NoneYet(): JSX.Element {
  const packets = useLive(({ state }) => state?.packets ?? 0);
  const name = useLive(({ state }) => state?.name ?? '');
  return (
    <EmptyState
      icon={Radio}
      title={packets === 0 ? `Nothing has passed on ${visible(name)} yet.` : 'No call yet.'}
      hint={
        packets === 0
          ? 'Calls appear here as soon as there are any.'
          : `${countOf(packets, 'packet')} so far, and no SIP among them. Calls appear here as soon as there are any.`
      }
    />
  );
}

/** All was read, and there is no call in it. */
function NoSip(): JSX.Element {
  const packets = useCapture(({ progress }) => progress?.packets ?? 0);
  const unread = useCapture((state) => state.unread);
  const lost = unread.reduce((sum, line) => sum + line.packets, 0);
  const [most] = [...unread].sort((a, b) => b.packets - a.packets);
  return (
    <EmptyState
      icon={PhoneOff}
      title={packets === 0 ? 'This capture has no packets.' : `There is no SIP in these ${countOf(packets, 'packet')}.`}
      hint={
        packets === 0
          ? 'The file is a capture, but nothing was captured into it.'
          : most === undefined
            ? 'All of them could be read, and none is SIP. If it runs on an unusual port in a form of its own, name the port in the settings.'
            : `${countOf(lost, 'packet')} could not be read, most of them because: ${visible(most.text)}. SIP may be in there.`
      }
    >
      {packets === 0 ? null : (
        <Button onClick={() => useView.setState({ screen: 'statistics' })}>What became of the packets</Button>
      )}
      {packets > 0 && most === undefined ? (
        <Button onClick={() => useView.setState({ dialog: 'settings' })}>Settings</Button>
      ) : null}
    </EmptyState>
  );
}

/** Rows are to come. */
function Bones(): JSX.Element {
  return (
    <output className={style.bones} aria-label="Reading the calls">
      {[72, 64, 80, 58, 70, 66].map((width) => (
        <span key={width} className={style.bone} style={{ width: `${width}%` }} />
      ))}
    </output>
  );
}
