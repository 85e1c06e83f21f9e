/**
 * What an administrator can print of a dispatcher's destinations: `kamcmd dispatcher.list` (indented text, or JSON of
 * the JSON-RPC interface), and the file `dispatcher.list` that Kamailio loads them from.
 */

/** Entries of a list that are read; the rest is left out. */
export const MOST_ENTRIES = 100_000;
/** Depth of JSON that is looked into: the real one has eight. */
const DEEPEST = 16;

export interface ListEntry {
  readonly set: number | null;
  readonly uri: string;
  /** Two letters. */
  readonly flags: string;
  readonly name: string | null;
}

export interface DestinationList {
  readonly entries: readonly ListEntry[];
  /** Why there are none, or fewer than there could be; null where all is well. */
  readonly problem: string | null;
}

const FLAGS = /^[ATID][PX]$/u;

/** Reads any of the forms; what it can't read it leaves out, and says so. Never throws. */
export function readList(text: string): DestinationList {
  const trimmed = text.trim();
  if (trimmed === '') return { entries: [], problem: 'the list is empty' };
  const entries = jsonEntries(trimmed) ?? textEntries(trimmed);
  if (entries.length === 0)
    return { entries, problem: 'no destination was found in it: it should be the output of “kamcmd dispatcher.list”' };
  if (entries.length >= MOST_ENTRIES)
    return { entries, problem: `only the first ${MOST_ENTRIES} destinations were read` };
  return { entries, problem: null };
}

function jsonEntries(text: string): ListEntry[] | null {
  if (!text.startsWith('{') && !text.startsWith('[')) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const found: ListEntry[] = [];
  collect(value, null, 0, found);
  return found;
}

function collect(value: unknown, set: number | null, depth: number, found: ListEntry[]): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null || found.length >= MOST_ENTRIES) return;
  if (Array.isArray(value)) {
    for (const one of value as readonly unknown[]) collect(one, set, depth + 1, found);
    return;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const id = numberOf(record.ID ?? record.id) ?? set;
  const uri = record.URI ?? record.uri;
  const flags = record.FLAGS ?? record.flags;
  if (typeof uri === 'string' && typeof flags === 'string' && FLAGS.test(flags.toUpperCase())) {
    const attributes = record.ATTRS ?? record.attrs;
    found.push({ set: id, uri, flags: flags.toUpperCase(), name: nameIn(bodyOf(attributes)) });
    return;
  }
  for (const inner of Object.values(record)) collect(inner, id, depth + 1, found);
}

function bodyOf(attributes: unknown): string {
  if (typeof attributes === 'string') return attributes;
  if (typeof attributes !== 'object' || attributes === null) return '';
  const { BODY, body } = attributes as { readonly BODY?: unknown; readonly body?: unknown };
  const text = BODY ?? body;
  return typeof text === 'string' ? text : '';
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,9}$/u.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

/** `name=gw1`, as attributes are written. */
function nameIn(attributes: string): string | null {
  return /(?:^|[;,\s])name=([^;,\s]{1,200})/u.exec(attributes)?.[1] ?? null;
}

function textEntries(text: string): ListEntry[] {
  const found: ListEntry[] = [];
  let set: number | null = null;
  let uri: string | null = null;
  let flags: string | null = null;
  let name: string | null = null;
  const close = (): void => {
    if (uri !== null && flags !== null) found.push({ set, uri, flags, name });
    uri = flags = name = null;
  };
  for (const line of text.split(/\r?\n/u)) {
    if (found.length >= MOST_ENTRIES) break;
    const configured = configuredEntry(line);
    if (configured !== null) {
      close();
      found.push(configured);
      continue;
    }
    const [, key = '', value = ''] = /^[\s{]*([A-Za-z_]+)::?\s*(.*?)[\s}]*$/u.exec(line) ?? [];
    switch (key.toUpperCase()) {
      case 'ID':
      case 'SET':
      case 'SET_NO':
        if (numberOf(value) !== null) {
          close();
          set = numberOf(value);
        }
        break;
      case 'URI':
      case 'DEST':
        if (value.startsWith('sip')) {
          close();
          [uri = null] = value.split(/\s/u);
          flags = /\bflags=([ATID][PX])\b/iu.exec(value)?.[1]?.toUpperCase() ?? null;
        } else if (key.toUpperCase() === 'DEST') close();
        break;
      case 'FLAGS':
        flags = FLAGS.test(value.toUpperCase()) ? value.toUpperCase() : null;
        break;
      case 'BODY':
      case 'ATTRS':
        name ??= nameIn(value);
        break;
      default:
    }
  }
  close();
  return found;
}

/** The strongest first. */
const bitLetters: readonly (readonly [number, string])[] = [
  [4, 'D'],
  [1, 'I'],
  [2, 'T'],
];

/** A line of the file: `1 sip:10.0.0.1:5060 8 0 name=gw1`. The flags are bits: 1 inactive, 2 trying, 4 disabled, 8 probing. */
function configuredEntry(line: string): ListEntry | null {
  const [, set, uri, bits, rest] = /^\s*(\d{1,9})\s+(sips?:\S+)(?:\s+(\d{1,3}))?(?:\s+(.*))?$/u.exec(line) ?? [];
  if (set === undefined || uri === undefined) return null;
  const flags = Number(bits ?? 0);
  const [letter = 'A'] = bitLetters.find(([bit]) => (flags & bit) === bit)?.[1] ?? 'A';
  return {
    set: Number(set),
    uri,
    flags: `${letter}${(flags & 8) !== 0 && letter !== 'D' ? 'P' : 'X'}`,
    name: nameIn(rest ?? ''),
  };
}
