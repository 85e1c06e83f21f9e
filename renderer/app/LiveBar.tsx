import { CircleAlert, Pause } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../core/ladder/visible.ts';
import { pause, useLive } from '../state/live.ts';
import { useView } from '../state/view.ts';
import { Command } from '../views/live/Command.tsx';
import { withoutCommand } from '../views/live/live-words.ts';
import { saveLive } from '../views/live/save-live.ts';
import { Button } from '../widgets/Button.tsx';
import style from './LiveBar.module.css';
import { problemText } from './opening.ts';

/** What is to be known of a live capture at once, wherever one looks: that it failed and why, or that the view stands still. */
export function LiveBar(): JSX.Element | null {
  const { state, paused } = useLive();
  const screen = useView((view) => view.screen);
  if (state === null) return null;
  // On its own screen it stands beside the figures.
  if (state.state === 'failed' && screen === 'live') return null;
  if (state.state === 'failed')
    return (
      <div className={style.failed} role="alert">
        <CircleAlert size={16} aria-hidden />
        <div className={style.words}>
          <p>
            <b>{visible(problemText(withoutCommand(state.problem ?? 'The capture has ended', state.commands)))}</b>{' '}
            {state.commands.length > 0 ? 'Give the right to the small program that captures, then start again:' : ''}
          </p>
          {state.commands.map((line) => (
            <Command key={line} line={line} />
          ))}
          {state.commands.some((line) => line.includes('usermod')) ? (
            <p>Then log in again: groups count from then on.</p>
          ) : null}
        </div>
        {state.packets > 0 && !state.saved ? <Button onClick={() => void saveLive()}>Save…</Button> : null}
        <Button onClick={() => useView.setState({ screen: 'live' })}>
          {state.packets > 0 ? 'Capture again…' : 'Back to Live'}
        </Button>
      </div>
    );
  if (!paused) return null;
  return (
    <div className={style.paused} role="status">
      <Pause size={16} aria-hidden />
      <p className={style.words}>
        <b>The view is paused.</b> Packets are still captured.
      </p>
      <Button onClick={() => pause(false)}>Go on showing</Button>
    </div>
  );
}
