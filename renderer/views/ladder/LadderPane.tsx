import { Network } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type JSX, type ReactNode } from 'react';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { ladderQuery, ladderTimes, useLadder } from '../../state/ladder.ts';
import { legChoices, useLegs } from '../../state/legs.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { focusLadder } from '../message/places.ts';
import { useGrowth } from './growth.ts';
import { LadderBar } from './LadderBar.tsx';
import { LadderCanvas } from './LadderCanvas.tsx';
import style from './LadderPane.module.css';
import { useRoom } from './room.ts';
import { useScene, type Heavy } from './scene.ts';
import { useSelection } from './selection.ts';

/** The ladder of the calls that are meant. */
export function LadderPane(): JSX.Element {
  const ticked = useCalls((state) => state.ticked);
  const cursor = useCalls((state) => state.cursor);
  const { lanes, scale, fold, sdp, order, legs } = useLadder();
  const said = useLegs();
  const hosts = useSettings((state) => state.hosts);
  const rtp = useSettings((state) => state.rtp);
  const times = useSettings((state) => state.times);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  const reading = useCapture(({ phase }) => phase === 'opening' || phase === 'reading');
  const [wanted, setWanted] = useState<string | null>(null);
  const calls = useMemo(() => meantCalls({ ticked, cursor }), [ticked, cursor]);
  const inner = useRef<HTMLDivElement>(null);
  const room = useRoom(inner);
  const query = useMemo(
    () =>
      calls.length === 0 || room === null
        ? null
        : {
            ...ladderQuery(
              calls,
              { lanes, scale, fold, sdp, order, legs },
              hosts,
              ladderTimes(times, start),
              rtp,
              legChoices(said),
            ),
            room,
          },
    [calls, lanes, scale, fold, sdp, order, legs, said, hosts, times, start, rtp, room],
  );
  const { value, problem } = useScene(query, wanted === calls.join(' '), useGrowth(calls));
  const shown = value?.kind === 'scene' ? value : null;
  useSelection(shown);
  const alone = useView((state) => state.ladderOnly);
  const drawn = shown?.query.calls?.join(' ') ?? null;
  // Who opened the ladder with Enter goes on in it: the list that had the focus is gone, and so may be the ladder of
  // the calls that were meant a moment before.
  useEffect(() => {
    if (alone && drawn !== null && document.activeElement === document.body) focusLadder();
  }, [alone, drawn]);

  const inside = (): ReactNode => {
    if (calls.length === 0) return <Nothing />;
    if (problem !== null) return <EmptyState severity="bad" title={problem} />;
    if (value === null) return <Waiting reading={reading} />;
    if (value.kind === 'heavy') return <Ask heavy={value} onDraw={() => setWanted(calls.join(' '))} />;
    return <LadderCanvas key={drawn} shown={value} />;
  };
  return (
    <section className={style.pane} aria-label="Ladder">
      <LadderBar shown={query === null ? null : shown} />
      <div ref={inner} className={style.inside}>
        {inside()}
      </div>
    </section>
  );
}

function Nothing(): JSX.Element {
  return (
    <EmptyState
      icon={Network}
      title="No call is chosen."
      hint="Move to a call in the list to see its ladder; tick several with Space to see them in one."
    />
  );
}

function Waiting({ reading }: { readonly reading: boolean }): JSX.Element {
  return reading ? (
    <EmptyState title="Reading the capture …" hint="The ladder is drawn when all of it has been read." />
  ) : (
    <div className={style.waiting}>
      <Spinner label="Drawing the ladder" size={20} />
    </div>
  );
}

function Ask({ heavy, onDraw }: { readonly heavy: Heavy; readonly onDraw: () => void }): JSX.Element {
  const { calls, messages } = heavy;
  const title =
    messages === null
      ? `A ladder of ${calls.toLocaleString('en-US')} calls is hardly readable and can take a while.`
      : `A ladder of ${messages.toLocaleString('en-US')} messages can take a while.`;
  return (
    <EmptyState icon={Network} title={title}>
      <Button onClick={onDraw}>Draw it anyway</Button>
    </EmptyState>
  );
}
