import { Menu as MenuIcon, Search } from 'lucide-react';
import type { JSX } from 'react';
import { useView } from '../state/view.ts';
import { Button } from '../widgets/Button.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { Kbd } from '../widgets/Kbd.tsx';
import { Menu, type MenuEntry } from '../widgets/Menu.tsx';
import { commandNamed } from './all-commands.ts';
import { ExportMenu } from './export/ExportMenu.tsx';
import { CallKinds } from './filter/CallKinds.tsx';
import { FilterBar } from './filter/FilterBar.tsx';
import { SourceInfo } from './SourceInfo.tsx';
import style from './TopBar.module.css';

/** Commands of the menu; null is a line. */
const menu = [
  'open',
  'open-sample',
  'reopen',
  'close-capture',
  null,
  'save-ladder',
  'save-table',
  'save-packets',
  null,
  'columns',
  'theme',
  'settings',
  'help',
] as const;

/** Source and state of the capture, filter, search, menu. */
export function TopBar(): JSX.Element {
  const listed = useView(({ screen }) => screen === 'calls');
  return (
    <header className={style.bar}>
      <SourceInfo />
      <FilterBar />
      {listed ? <CallKinds /> : null}
      <Button icon={Search} className={style.search} onClick={() => useView.setState({ dialog: 'palette' })}>
        <span className={style.words}>Search all</span>
        <Kbd keys="Mod+K" />
      </Button>
      {listed ? <ExportMenu of="calls" /> : null}
      <Menu trigger={<IconButton label="Menu" icon={MenuIcon} />} entries={menu.map(entryOf)} />
    </header>
  );
}

function entryOf(id: (typeof menu)[number]): MenuEntry {
  const command = id === null ? undefined : commandNamed(id);
  if (command === undefined) return { kind: 'line' };
  const { title, keys, enabled, run } = command;
  // After the menu has closed and the focus is back: what is opened takes it from there.
  return { title, shortcut: keys[0], disabled: !enabled(), onSelect: () => void setTimeout(run, 0) };
}
