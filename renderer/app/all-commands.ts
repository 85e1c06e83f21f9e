import { callsCommands } from '../views/calls/commands.ts';
import { ladderCommands } from '../views/ladder/commands.ts';
import { mediaCommands } from '../views/media/commands.ts';
import { messageCommands } from '../views/message/commands.ts';
import { pathCommands } from '../views/paths/commands.ts';
import { securityCommands } from '../views/security/commands.ts';
import { commands, type Command } from './commands.ts';

/** Of all screens: what a part of one says of a key goes before what holds everywhere. */
const all: readonly Command[] = [
  ...messageCommands,
  ...ladderCommands,
  ...callsCommands,
  ...mediaCommands,
  ...pathCommands,
  ...securityCommands,
  ...commands,
];

export function allCommands(): readonly Command[] {
  return all;
}

export function commandNamed(id: string): Command | undefined {
  return all.find((command) => command.id === id);
}
