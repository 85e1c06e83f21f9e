import { KeyRound } from 'lucide-react';
import type { JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import { Button } from '../../widgets/Button.tsx';
import { openKeys } from './commands.ts';
import style from './SecurityScreen.module.css';
import { summaryOf } from './words.ts';

/** How many there are in which state, and the way to the keys. */
export function SecurityBar({ list }: { readonly list: SecurityList | null }): JSX.Element {
  return (
    <header className={style.bar}>
      <h1 className={style.title}>Security associations</h1>
      <span className={style.about} role="status">
        {list === null || list.associations.length === 0 ? '' : summaryOf(list)}
      </span>
      <Button icon={KeyRound} onClick={() => openKeys()}>
        Type keys…
      </Button>
    </header>
  );
}
