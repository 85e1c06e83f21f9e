import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand, Recent } from '../core/contract/desktop.ts';

/** What the menu needs from outside. */
export interface MenuSurroundings {
  readonly platform: string;
  readonly recents: readonly Recent[];
  /** For the page of the window in front. */
  readonly command: (command: DesktopCommand) => void;
  readonly openRecent: (paths: readonly string[]) => void;
  readonly forgetRecents: () => void;
  readonly newWindow: () => void;
}

type Items = MenuItemConstructorOptions[];

/**
 * The menu bar: what the page can do by keys as well, and what every program has. The page is asked first when a key is
 * pressed; what it takes does not come here. Both show the same keys.
 */
export function menuTemplate(around: MenuSurroundings): Items {
  const mac = around.platform === 'darwin';
  const item = (id: DesktopCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => around.command(id),
  });
  return [
    ...(mac ? [ofProgram(item)] : []),
    {
      label: '&File',
      submenu: [
        { id: 'new-window', label: 'New Window', accelerator: 'CmdOrCtrl+N', click: around.newWindow },
        { type: 'separator' },
        item('open', 'Open…', 'CmdOrCtrl+O'),
        { id: 'recent', label: 'Open Recent', submenu: recentItems(around) },
        item('open-sample', 'Open Sample'),
        item('show-live', 'Capture Live…', 'Alt+8'),
        item('reopen', 'Reopen', 'CmdOrCtrl+Shift+R'),
        { type: 'separator' },
        {
          label: 'Export',
          submenu: [
            item('save-ladder', 'Ladder…', 'CmdOrCtrl+S'),
            item('save-table', 'Table…', 'CmdOrCtrl+Shift+S'),
            item('save-packets', 'Packets of These Calls…', 'CmdOrCtrl+Shift+P'),
          ],
        },
        { type: 'separator' },
        item('close-capture', 'Close Capture', 'CmdOrCtrl+Shift+W'),
        { role: 'close', label: 'Close Window' },
        ...(mac ? [] : settings(item)),
        ...(mac ? [] : ([{ type: 'separator' }, { role: 'quit' }] satisfies Items)),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        { type: 'separator' },
        item('copy', 'Copy What Is Shown', 'CmdOrCtrl+Shift+C'),
        { type: 'separator' },
        item('find', 'Find…', 'CmdOrCtrl+F'),
        item('palette', 'Search All…', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('show-calls', 'Calls', 'Alt+1'),
        item('show-statistics', 'Statistics', 'Alt+9'),
        { type: 'separator' },
        item('columns', 'Columns…', 'F10'),
        item('theme', 'Light or Dark', 'CmdOrCtrl+Shift+L'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        item('help', 'Keys and Help', 'F1'),
        ...(mac ? [] : ([{ type: 'separator' }, { role: 'about', label: 'About Sipglass' }] satisfies Items)),
      ],
    },
  ];
}

type MakeItem = (id: DesktopCommand, label: string, accelerator?: string) => MenuItemConstructorOptions;

function settings(item: MakeItem): Items {
  return [{ type: 'separator' }, item('settings', 'Settings…', 'CmdOrCtrl+,')];
}

/** The first menu on a Mac. */
function ofProgram(item: MakeItem): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    label: 'Sipglass',
    submenu: [
      { role: 'about', label: 'About Sipglass' },
      ...settings(item),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

function recentItems({ recents, openRecent, forgetRecents }: MenuSurroundings): Items {
  if (recents.length === 0) return [{ label: 'None yet', enabled: false }];
  const items = recents.map(({ paths, names, present }): MenuItemConstructorOptions => ({
    // `&` marks the letter to press.
    label: names.join(', ').replaceAll('&', '&&'),
    enabled: present,
    click: () => openRecent(paths),
  }));
  return [...items, { type: 'separator' }, { id: 'forget-recents', label: 'Forget These', click: forgetRecents }];
}
