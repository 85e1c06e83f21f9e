import { app, Menu } from 'electron';
import { menuTemplate } from './menu-template.ts';
import type { Recents } from './recents.ts';
import type { Windows } from './windows.ts';

/** Draws the menu bar anew; `changed` is told when the menu changed the list of recent captures. */
export function showMenu(windows: Windows, recents: Recents, changed: () => void): void {
  const template = menuTemplate({
    platform: process.platform,
    recents: recents.all(),
    command: (command) => {
      const window = windows.current();
      // Without a window there is nobody to ask; on a Mac that is the usual state after the last one was closed.
      if (window === null) windows.add();
      else window.notify('command', command);
    },
    openRecent: (paths) => windows.show(paths),
    forgetRecents: () => {
      recents.forget(null);
      app.clearRecentDocuments();
      changed();
    },
    newWindow: () => {
      windows.add();
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
