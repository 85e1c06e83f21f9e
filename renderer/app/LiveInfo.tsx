import { CircleAlert, CircleDot, Pause, Play, Save, Square } from 'lucide-react';
import type { JSX } from 'react';
import type { LiveState } from '../../core/contract/live.ts';
import { visible } from '../../core/ladder/visible.ts';
import { isRunning, pause, stopLive, useLive } from '../state/live.ts';
import { droppedText } from '../views/live/live-words.ts';
import { saveLive } from '../views/live/save-live.ts';
import { IconButton } from '../widgets/IconButton.tsx';
import style from './LiveInfo.module.css';
import { bytesText, countOf, countText } from './words.ts';

/** Where packets come from now, how many, and what was lost; with what ends it. */
export function LiveInfo({ state }: { readonly state: LiveState }): JSX.Element {
  const { rates, paused, stopping } = useLive();
  const running = isRunning({ state });
  const dropped = droppedText(state);
  return (
    <div className={style.live}>
      {running ? (
        <span className={style.badge} data-paused={paused || undefined}>
          <span className={style.dot} aria-hidden />
          {state.state === 'starting' ? 'Starting' : 'Live'}
        </span>
      ) : state.state === 'failed' ? (
        <span className={style.bad}>
          <CircleAlert size={14} aria-hidden />
        </span>
      ) : (
        <span className={style.over}>
          <CircleDot size={14} aria-hidden />
        </span>
      )}
      <span className={style.name} title={visible(state.name)}>
        {visible(state.name)}
      </span>
      {running ? <span className={style.rate}>{countText(rates.at(-1) ?? 0)} pkt/s</span> : null}
      <span className={style.facts}>
        {running
          ? countOf(state.packets, 'packet')
          : `${state.state === 'failed' ? 'failed' : 'stopped'} · ${bytesText(state.bytesKept)} · ${countOf(state.packets, 'packet')}`}
      </span>
      {state.dropped === null ? (
        <span className={style.later}>drops {dropped}</span>
      ) : (
        <span
          className={state.dropped > 0 ? style.drops : style.facts}
          title="Packets that the kernel or the program that captures had no room for"
        >
          {dropped} dropped
        </span>
      )}
      {running ? (
        <>
          <IconButton
            label={paused ? 'Go on showing' : 'Pause the view, not the capture'}
            shortcut="Mod+Shift+Space"
            icon={paused ? Play : Pause}
            size={14}
            pressed={paused}
            onClick={() => pause(!paused)}
          />
          <IconButton
            label="Stop the capture"
            shortcut="Mod+E"
            className={style.stop}
            icon={Square}
            size={14}
            disabled={stopping}
            onClick={() => void stopLive()}
          />
        </>
      ) : state.packets > 0 ? (
        <IconButton label="Save the capture…" icon={Save} size={14} onClick={() => void saveLive()} />
      ) : null}
    </div>
  );
}
