import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { desktopCommands, type DesktopCommand } from '../../core/contract/desktop.ts';
import { menuTemplate, type MenuSurroundings } from '../../electron/menu-template.ts';

/** The menu offers every command of the contract, once, and no accelerator stands for two things. */
function surroundings(part: Partial<MenuSurroundings> = {}): MenuSurroundings {
  const ignore = (): void => undefined;
  return {
    platform: 'linux',
    recents: [],
    command: ignore,
    openRecent: ignore,
    forgetRecents: ignore,
    newWindow: ignore,
    ...part,
  };
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** Electron's own arguments of a click are not used. */
function click(item: MenuItemConstructorOptions | undefined): void {
  (item?.click as (() => void) | undefined)?.();
}

test.each(['linux', 'darwin', 'win32'])('on %s every command is there once, and sends itself', (platform) => {
  const sent: DesktopCommand[] = [];
  const items = flat(menuTemplate(surroundings({ platform, command: (command) => sent.push(command) })));
  for (const command of desktopCommands) {
    const mine = items.filter(({ id }) => id === command);
    expect(mine, command).toHaveLength(1);
    click(mine[0]);
  }
  expect(sent).toEqual([...desktopCommands]);
});

test.each(['linux', 'darwin', 'win32'])('on %s no accelerator is given twice', (platform) => {
  const keys = flat(menuTemplate(surroundings({ platform }))).flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeGreaterThan(10);
});

test('recent captures open, one that is gone cannot be chosen, and “&” marks no letter', () => {
  const opened: (readonly string[])[] = [];
  const recent = { names: ['a&b.pcap'], openedAt: 1, bytes: 1 };
  const items = flat(
    menuTemplate(
      surroundings({
        recents: [
          { ...recent, paths: ['/x/a&b.pcap'], present: true },
          { ...recent, paths: ['/y/gone.pcap'], names: ['gone.pcap'], present: false },
        ],
        openRecent: (paths) => opened.push(paths),
      }),
    ),
  );
  click(items.find(({ label }) => label === 'a&&b.pcap'));
  expect(opened).toEqual([['/x/a&b.pcap']]);
  expect(items.find(({ label }) => label === 'gone.pcap')?.enabled).toBe(false);
});
