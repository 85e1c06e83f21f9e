import type { JSX } from 'react';
import type { CallState } from '../../core/contract/model.ts';
import { stateWord } from '../../core/ladder/words.ts';
import type { Severity } from './severity.ts';
import style from './StateMark.module.css';

/** The state of a call as shape, colour and word; `status` is the final one, written behind where it tells more. */
export function StateMark({
  state,
  status = null,
}: {
  readonly state: CallState;
  readonly status?: number | null;
}): JSX.Element {
  const { word, severity } = stateLook(state, status);
  return <Mark severity={severity}>{word}</Mark>;
}

/** A shape and a word of this severity. */
export function Mark({ severity, children }: { readonly severity: Severity; readonly children: string }): JSX.Element {
  return (
    <span className={[style.mark, style[severity]].join(' ')}>
      <span className={style.word}>{children}</span>
    </span>
  );
}

/** The word of a state, and how bad it is. */
export function stateLook(
  state: CallState,
  status: number | null = null,
): { readonly word: string; readonly severity: Severity } {
  const { word, ink } = stateWord(state, status);
  switch (ink) {
    case 'good':
      return { word, severity: 'ok' };
    case 'info':
    case 'warn':
    case 'bad':
      return { word, severity: ink };
    default:
      return { word, severity: 'idle' };
  }
}
