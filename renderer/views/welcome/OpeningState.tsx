import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { closeCapture } from '../../app/opening.ts';
import { useCapture } from '../../state/capture.ts';
import { Button } from '../../widgets/Button.tsx';
import { Progress } from '../../widgets/Progress.tsx';
import style from './WelcomeScreen.module.css';

/** Between the wish and the first rows. */
export function OpeningState(): JSX.Element {
  const { names, phase } = useCapture();
  // What was asked for may come in place of something that failed.
  const what =
    phase !== 'opening' || names.length === 0
      ? 'Opening…'
      : `Opening ${names.map((name) => visible(name)).join(', ')}…`;
  return (
    <output className={style.opening}>
      <span className={style.what}>{what}</span>
      <span className={style.progress}>
        <Progress label={what} value={null} />
      </span>
      <Button onClick={closeCapture}>Cancel</Button>
    </output>
  );
}
