import { ChevronDown, Copy, FileBraces, KeyRound, Table } from 'lucide-react';
import type { JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import { useCapture } from '../../state/capture.ts';
import { Button } from '../../widgets/Button.tsx';
import { Menu } from '../../widgets/Menu.tsx';
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
      <Menu
        trigger={
          <Button disabled={list === null || list.associations.length === 0}>
            Export
            <ChevronDown size={14} aria-hidden />
          </Button>
        }
        entries={[
          { title: 'CSV – for spreadsheets', icon: Table, onSelect: () => void save(table('csv')) },
          { title: 'JSON – keys as fingerprints', icon: FileBraces, onSelect: () => void save(table('json')) },
          { title: 'Copy as CSV', icon: Copy, onSelect: () => void copy(table('csv')) },
        ]}
      />
    </header>
  );
}

function table(format: 'csv' | 'json'): Parameters<typeof save>[0] {
  return {
    name: fileName([captureTitle(useCapture.getState().names), 'associations'], format),
    document: { method: 'exportTable', params: { what: 'associations', format } },
  };
}
