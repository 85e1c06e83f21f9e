import { isAbsolute, relative, resolve } from 'node:path';

/** What a command line was given to. */
export interface Started {
  /** As in `process.argv`. */
  readonly argv: readonly string[];
  readonly folder: string;
  /** The application's folder where it stands on the command line itself (`electron .`); null for an installed one. */
  readonly appFolder: string | null;
}

/** The captures named on a command line, with their folders. Everything with a dash in front is for Electron. */
export function filesAsked({ argv, folder, appFolder }: Started): string[] {
  const words = argv.slice(1);
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  const rest = end === -1 ? [] : words.slice(end + 1);
  const named = [...options.filter((word) => word !== '' && !word.startsWith('-')), ...rest].map((word) =>
    isAbsolute(word) ? word : resolve(folder, word),
  );
  if (appFolder === null) return named;
  const at = named.findIndex((path) => relative(path, appFolder) === '');
  return named.filter((_path, index) => index !== at);
}
