import { CircleAlert } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../core/ladder/visible.ts';
import { shell } from '../shell/index.ts';
import { useCapture } from '../state/capture.ts';
import { Button } from '../widgets/Button.tsx';
import style from './GoneBanner.module.css';
import { open, problemText } from './opening.ts';
import { withoutFolders } from './words.ts';

/** The capture's host ended, or reading stopped midway: what is on the screen stays, and can be opened again. */
export function GoneBanner(): JSX.Element | null {
  const { phase, problem, names } = useCapture();
  if (phase !== 'gone' && phase !== 'failed') return null;
  return (
    <div className={style.banner} role="alert">
      <CircleAlert size={16} aria-hidden />
      <p className={style.words}>
        <b>{visible(problemText(withoutFolders(problem ?? 'The capture is no longer open', names)))}</b> What was shown
        stays until it is opened again.
        {shell.kind === 'browser' && phase === 'gone'
          ? ' If the server has ended, start it again and open the address that it prints.'
          : null}
      </p>
      <Button onClick={() => open({ kind: 'again' })}>Open again</Button>
    </div>
  );
}
