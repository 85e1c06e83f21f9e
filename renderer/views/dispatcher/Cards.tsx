import type { JSX } from 'react';
import type { DispatcherRow, DispatcherTransition, DispatcherView } from '../../../core/contract/dispatcher.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { timeText } from '../../app/time-text.ts';
import { countOf, countText, spanText } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useDispatcher } from '../../state/dispatcher.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import style from './Cards.module.css';
import { flagsWords, nameOf, severityOfFlags, transitionAt } from './flags.ts';
import { goToFrame } from './go.ts';
import { momentText } from './words.ts';

interface CardsProps {
  readonly view: DispatcherView;
  readonly row: DispatcherRow;
}

/** The chosen destination at the chosen moment, what calls it got, and what the imported list says. */
export function Cards({ view, row }: CardsProps): JSX.Element {
  return (
    <section className={style.cards} aria-label="Destination">
      <Now view={view} row={row} />
      <Calls row={row} />
      <Listed row={row} />
    </section>
  );
}

function useTime(): (ts: string) => string {
  const times = useSettings((state) => state.times);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  return (ts) => timeText(ts, times, start).replace(/(?<=\.\d{3})\d+$/u, '');
}

function Now({ view: { start, end }, row }: CardsProps): JSX.Element {
  const moment = useDispatcher((state) => state.moment);
  const time = useTime();
  const now = momentText(start ?? '0', end ?? '0', moment);
  const transition = transitionAt(row.transitions, Number(now));
  const flags = transition?.to ?? null;
  return (
    <div className={style.card} aria-live="polite">
      <h2 className={style.head}>
        {visible(nameOf(row))} at <span className="mono">{time(now)}</span>
      </h2>
      <p className={style.big}>
        <Mark severity={severityOfFlags(flags)}>{flags ?? 'unknown'}</Mark>
        <span className={style.words}>{words(flags, transition, now, time)}</span>
      </p>
      <p className={style.why}>{visible(whyNow(row, transition, moment))}</p>
      <Frame transition={transition} />
    </div>
  );
}

function words(
  flags: string | null,
  transition: DispatcherTransition | null,
  now: string,
  time: (ts: string) => string,
): string {
  if (flags === null || transition === null) return flagsWords(flags);
  const since = Math.max(0, Number(now) - Number(transition.ts)) * 1000;
  return `${flagsWords(flags)}, since ${time(transition.ts).replace(/\.\d+$/u, '')} (${spanText(since)})`;
}

function whyNow(row: DispatcherRow, transition: DispatcherTransition | null, moment: number): string {
  if (transition === null) return row.transitions.length === 0 ? row.why : 'Before anything that tells was seen.';
  // At the end of the capture the host knows what has come since the last change as well.
  return moment === 1 && transition === row.transitions.at(-1) ? row.why : transition.reason;
}

function Frame({ transition }: { readonly transition: DispatcherTransition | null }): JSX.Element | null {
  const frame = transition?.frame ?? null;
  if (frame === null) return null;
  return (
    <Button kind="quiet" className={style.go} onClick={() => void goToFrame(frame)}>
      Show frame {countText(frame)}
    </Button>
  );
}

function Calls({ row }: { readonly row: DispatcherRow }): JSX.Element {
  const {
    calls,
    callShare,
    callsAnswered,
    callsFailed,
    callsWhileFailing,
    probes,
    answered,
    failed,
    transitions,
    moreTransitions,
  } = row;
  return (
    <div className={style.card}>
      <h2 className={style.head}>Calls sent here</h2>
      <p className={style.big}>
        {countText(calls)}
        <span className={style.words}>{Math.round(callShare * 100)} % of all that this prober sent</span>
      </p>
      <p className={style.why}>
        {countText(callsAnswered)} answered, {countText(callsFailed)} failed
        {callsWhileFailing === 0 ? '' : `; ${countText(callsWhileFailing)} sent while it was trying or inactive`}.
      </p>
      <p className={style.why}>
        {probes === 0
          ? 'It was never probed.'
          : `${countOf(probes, 'probe')}: ${countText(answered)} answered, ${countText(failed)} failed.`}
        {moreTransitions === 0
          ? ''
          : ` Only its first ${countText(transitions.length)} changes are shown; ${countText(moreTransitions)} came after them.`}
      </p>
    </div>
  );
}

function Listed({ row: { imported, disagreement, set } }: { readonly row: DispatcherRow }): JSX.Element {
  const list = useDispatcher((state) => state.list);
  if (list === null)
    return (
      <div className={style.card}>
        <h2 className={style.head}>Imported list</h2>
        <p className={style.why}>
          What kamcmd knows and the wire can’t show (disabled ones, names, sets) comes from its list: the output of
          “kamcmd dispatcher.list”.
        </p>
        <Button className={style.go} onClick={() => useDispatcher.setState({ dialog: 'import' })}>
          Import…
        </Button>
      </div>
    );
  return (
    <div className={style.card}>
      <h2 className={style.head}>Imported list says</h2>
      <p className={style.big}>
        {imported === null ? (
          <Mark severity="warn">nothing</Mark>
        ) : (
          <Mark severity={severityOfFlags(imported)}>{imported}</Mark>
        )}
        <span className={style.words}>
          {imported === null ? '' : flagsWords(imported)}
          {set === null ? '' : `; set ${set}`}
        </span>
      </p>
      <p className={style.why}>
        {disagreement === null
          ? 'Nothing on the wire speaks against it at the end of the capture.'
          : visible(disagreement)}
      </p>
    </div>
  );
}
