import { Pause, Play, Save, Square } from 'lucide-react';
import { useEffect, useState, type JSX } from 'react';
import type { LiveState } from '../../../core/contract/live.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { problemText } from '../../app/opening.ts';
import { timeText } from '../../app/time-text.ts';
import { bytesText, countOf, countText, spanText } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { isRunning, pause, SECONDS, stopLive, useLive } from '../../state/live.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { Command } from './Command.tsx';
import { droppedText, stateText, withoutCommand } from './live-words.ts';
import style from './Running.module.css';
import { saveLive } from './save-live.ts';
import { Sparkline } from './Sparkline.tsx';

/** How the capture of this window goes. */
export function Running({ state }: { readonly state: LiveState }): JSX.Element {
  const { rates, paused, stopping } = useLive();
  const running = isRunning({ state });
  const calls = useCapture(({ progress }) => progress?.calls ?? 0);
  return (
    <section className={style.card} aria-label="This capture">
      <div className={style.head}>
        <span className={[style.mark, style[state.state]].join(' ')} aria-hidden />
        <h2 className={style.name}>{visible(state.name)}</h2>
        <span className={style.how}>{stateText(state)}</span>
        <span className={style.rest} />
        {running ? (
          <>
            <Button icon={paused ? Play : Pause} aria-pressed={paused} onClick={() => pause(!paused)}>
              {paused ? 'Go on showing' : 'Pause the view'}
            </Button>
            <Button kind="danger" icon={Square} disabled={stopping} onClick={() => void stopLive()}>
              {stopping ? 'Stopping …' : 'Stop'}
            </Button>
          </>
        ) : null}
        <Button icon={Save} disabled={state.packets === 0} onClick={() => void saveLive()}>
          Save…
        </Button>
        <Button kind={running ? 'primary' : 'plain'} onClick={() => useView.setState({ screen: 'calls' })}>
          Show the calls
        </Button>
      </div>
      <div className={style.figures}>
        <div className={style.traffic}>
          <Sparkline values={rates} steps={SECONDS} width={360} height={56} />
          <span className={style.label}>{running ? `${countText(rates.at(-1) ?? 0)} pkt/s` : 'over'}</span>
        </div>
        <Figure label="Packets" value={countText(state.packets)} />
        <Figure label="Dropped" value={droppedText(state)} bad={state.dropped !== null && state.dropped > 0} />
        <Figure label="Calls" value={countText(calls)} told={`of at most ${countText(state.limits.calls)}`} />
        <Figure
          label="On disk"
          value={bytesText(state.bytesKept)}
          told={`of at most ${bytesText(state.limits.bytes)}, ${countOf(state.files.length, 'file')}`}
        />
        <Figure
          label="Since"
          value={timeText(String(Math.floor(Date.parse(state.began) / 1000)), 'local')}
          told={running ? <Elapsed began={state.began} /> : ''}
        />
      </div>
      <Facts state={state} />
    </section>
  );
}

function Figure({
  label,
  value,
  told,
  bad = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly told?: JSX.Element | string;
  readonly bad?: boolean;
}): JSX.Element {
  return (
    <div className={style.figure}>
      <span className={style.label}>{label}</span>
      <span className={bad ? style.bad : style.value}>{value}</span>
      {told === undefined ? null : <span className={style.label}>{told}</span>}
    </div>
  );
}

/** How long it goes already. */
function Elapsed({ began }: { readonly began: string }): JSX.Element {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <>{spanText(Math.max(0, now - Date.parse(began)))}</>;
}

function Facts({ state: { bpf, hepTo, notes, commands, problem } }: { readonly state: LiveState }): JSX.Element {
  return (
    <ul className={style.facts}>
      {bpf === '' ? null : (
        <li>
          Only <code className="mono">{visible(bpf)}</code>
        </li>
      )}
      {hepTo === null ? null : <li>SIP and RTCP go on to {visible(hepTo)} as HEP3</li>}
      {problem === null ? null : (
        <li>
          <span className={style.bad} role="alert">
            {visible(problemText(withoutCommand(problem, commands)))}
          </span>
        </li>
      )}
      {notes
        .filter((note) => note !== problem)
        .map((note) => (
          <li key={note} className={style.note}>
            {visible(note)}
          </li>
        ))}
      {commands.map((line) => (
        <li key={line}>
          <Command line={line} />
        </li>
      ))}
    </ul>
  );
}
