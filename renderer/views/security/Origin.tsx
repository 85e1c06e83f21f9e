import type { JSX } from 'react';
import type { KeyOrigin } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { goToFrame } from '../dispatcher/go.ts';
import style from './Origin.module.css';

/** Where a key came from; from a 401 a way to it. `quiet`: in a list, which has one stop of the Tab key for all. */
export function Origin({
  origin: { kind, frame, text },
  quiet = false,
}: {
  readonly origin: KeyOrigin;
  readonly quiet?: boolean;
}): JSX.Element {
  if (kind !== 'sip' || frame === null) return <span className={style.text}>{visible(text)}</span>;
  return (
    <button
      type="button"
      className={style.go}
      tabIndex={quiet ? -1 : 0}
      title={`Show frame ${frame}`}
      onClick={(event) => {
        event.stopPropagation();
        void goToFrame(frame);
      }}
    >
      {visible(text)}
    </button>
  );
}
