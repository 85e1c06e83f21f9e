import type { DesktopCommand } from '../../core/contract/desktop.ts';
import { commandNamed } from './all-commands.ts';

/** Which command of ours a menu's stands for; most have the same name. */
const names: Partial<Record<DesktopCommand, string>> = { copy: 'copy-ladder' };

/** A menu, or the operating system, asks: the same commands as those of keys and palette. */
export function runDesktopCommand(asked: DesktopCommand): void {
  const command = commandNamed(names[asked] ?? asked);
  if (command?.enabled() === true) command.run();
}
