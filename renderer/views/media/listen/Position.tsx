import { useRef, type JSX, type KeyboardEvent, type PointerEvent } from 'react';
import type { Player } from './player.ts';
import { clockText, spokenTime } from './sound-words.ts';
import style from './Listen.module.css';
import { usePlayerState } from './use-sound.ts';

/** Where the sound is, over the pictures of its channels: a click or an arrow key goes elsewhere, Space plays and pauses. */
export function Position({ player, seconds }: { readonly player: Player; readonly seconds: number }): JSX.Element {
  const { position } = usePlayerState(player);
  const bar = useRef<HTMLDivElement>(null);
  const go = ({ clientX }: PointerEvent<HTMLElement>): void => {
    const box = bar.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    player.seek(((clientX - box.left) / box.width) * seconds);
  };
  return (
    <div
      ref={bar}
      className={style.position}
      role="slider"
      tabIndex={0}
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.round(seconds * 10) / 10}
      aria-valuenow={Math.round(position * 10) / 10}
      aria-valuetext={`${spokenTime(position)} of ${spokenTime(seconds)}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
      onKeyDown={(event) => {
        const next = positionAfter(event, position, seconds);
        if (next === null && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        if (next === null) player.toggle();
        else player.seek(next);
      }}
    >
      <span
        className={style.head}
        style={{ left: `${seconds > 0 ? (100 * position) / seconds : 0}%` }}
        data-side={position > seconds * 0.8 ? 'left' : undefined}
      >
        <span className={style.at}>{clockText(position)}</span>
      </span>
    </div>
  );
}

/** Where a key goes: arrows by a fiftieth of the whole, but no more than a second; with Shift ten times as far. Null for other keys. */
export function positionAfter(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  position: number,
  seconds: number,
): number | null {
  const step = Math.min(1, seconds / 50) * (shiftKey ? 10 : 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: position - step,
    ArrowDown: position - step,
    ArrowRight: position + step,
    ArrowUp: position + step,
    PageDown: position - 10 * step,
    PageUp: position + 10 * step,
    Home: 0,
    End: seconds,
  };
  const next = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return next === undefined ? null : Math.max(0, Math.min(seconds, next));
}
