import { X } from 'lucide-react';
import type { JSX } from 'react';
import { useLadder } from '../../state/ladder.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Kbd } from '../../widgets/Kbd.tsx';
import { showTab } from '../message/commands.ts';
import { usePair } from './pair.ts';
import style from './PairBar.module.css';

/** The time between the two arrows that were picked, over the foot of the drawing. */
export function PairBar(): JSX.Element {
  const pair = usePair();
  return (
    <output className={style.place}>
      {pair === null ? null : (
        <div className={style.bar}>
          <span className={style.time}>{pair.text}</span>
          <Button kind="quiet" onClick={() => showTab('diff')}>
            Difference <Kbd keys="d" />
          </Button>
          <IconButton label="Forget the mark" icon={X} onClick={() => useLadder.setState({ marked: null })} />
        </div>
      )}
    </output>
  );
}
