import { headOf, visible } from '../../../core/ladder/visible.ts';

/** Characters of a name at most, without the extension. */
const LONGEST = 100;

/**
 * A file name that every file system takes: no separators, signs that Windows refuses, control characters or direction
 * overrides, no dot or blank at an end, none of the names that Windows keeps for devices.
 */
export function fileName(parts: readonly string[], extension: string): string {
  const cleaned = visible(parts.join(' '))
    .replaceAll(/[<>:"/\\|?*]+/gu, '-')
    .replaceAll(/\s+/gu, ' ');
  const name = headOf(cleaned, LONGEST).replaceAll(/^[. -]+|[. ]+$/gu, '');
  const safe = name === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(name) ? `capture ${name}`.trim() : name;
  return `${safe}.${extension}`;
}

/** Name of a capture without what says that it is one: `trunk.pcapng.gz` is `trunk`. */
export function captureTitle(names: readonly string[]): string {
  const [first = 'capture'] = names;
  const title = first.replace(/\.(?:gz|zst|lz4|bz2|xz)$/iu, '').replace(/\.(?:pcapng|pcap|cap|ntar|dmp)\d*$/iu, '');
  return names.length > 1 ? `${title} and ${names.length - 1} more` : title;
}
