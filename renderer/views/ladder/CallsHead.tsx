import { ChevronDown, ChevronRight } from 'lucide-react';
import { useLayoutEffect, useRef, type JSX } from 'react';
import type { LadderSceneCall } from '../../../core/contract/ladder.ts';
import type { Theme } from '../../../core/ladder/theme.ts';
import { useLadder } from '../../state/ladder.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import style from './CallsHead.module.css';
import { severityOf } from './severity-of.ts';
import type { Shown } from './scene.ts';

/** Which calls a ladder of several is of, each with its letter, state and why; the one of the selected arrow stands out. */
export function CallsHead({
  shown: { scene },
  current,
  theme,
}: {
  readonly shown: Shown;
  /** Of `scene.calls`, -1 while it is not known. */
  readonly current: number;
  readonly theme: Theme;
}): JSX.Element {
  const open = useLadder((state) => state.listed);
  const call = scene.calls[current];

  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section className={style.head} aria-label="Calls of this ladder">
      <div className={style.line}>
        <button
          type="button"
          className={style.fold}
          aria-expanded={open}
          onClick={() => useLadder.setState({ listed: !open })}
        >
          <Chevron size={14} aria-hidden />
          {open ? 'Calls' : 'Selected'}
        </button>
        {open || call === undefined ? (
          <span className={style.facts} title={scene.facts}>
            {scene.facts}
          </span>
        ) : (
          <div className={style.call}>
            <Call call={call} at={current} theme={theme} />
          </div>
        )}
      </div>
      {open ? <List calls={scene.calls} current={current} theme={theme} /> : null}
    </section>
  );
}

/** A line for each call; that of `current` is kept in view. */
function List({
  calls,
  current,
  theme,
}: {
  readonly calls: readonly LadderSceneCall[];
  readonly current: number;
  readonly theme: Theme;
}): JSX.Element {
  const list = useRef<HTMLUListElement>(null);

  useLayoutEffect(() => {
    const line = list.current?.children[current];
    if (list.current === null || !(line instanceof HTMLElement)) return;
    const top = line.offsetTop - list.current.offsetTop;
    const { scrollTop, clientHeight } = list.current;
    if (top < scrollTop || top + line.offsetHeight > scrollTop + clientHeight)
      list.current.scrollTo({ top: top - Math.round((clientHeight - line.offsetHeight) / 2) });
  }, [current]);

  return (
    <ul ref={list} className={style.list}>
      {calls.map((one, at) => (
        <li
          key={one.letter}
          className={style.call}
          aria-current={at === current ? 'true' : undefined}
          title={`${one.from} → ${one.to}\n${one.word}. ${one.why}`}
        >
          <Call call={one} at={at} theme={theme} />
        </li>
      ))}
    </ul>
  );
}

function Call({
  call,
  at,
  theme,
}: {
  readonly call: LadderSceneCall;
  readonly at: number;
  readonly theme: Theme;
}): JSX.Element {
  const background = theme.calls[at % theme.calls.length];
  return (
    <>
      <b className={style.letter} style={{ background, color: theme.onInk }}>
        {call.letter}
      </b>
      <span className={style.parties}>
        <span className={style.party}>{call.from}</span>
        <span className={style.to}> → </span>
        <span className={style.party}>{call.to}</span>
      </span>
      <span className={style.state}>
        <Mark severity={severityOf(call.ink)}>{call.word}</Mark>
      </span>
      <span className={style.why}>{call.why}</span>
    </>
  );
}
