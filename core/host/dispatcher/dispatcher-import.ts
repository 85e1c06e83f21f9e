import type { DestinationList, ListEntry } from '../../analysis/dispatcher/list.ts';
import { utf8 } from '../../bytes/text.ts';
import type { DispatcherRow } from '../../contract/dispatcher.ts';
import { readUri } from '../../decode/sip-uri.ts';
import { ipAddress } from '../ip-address.ts';

/** An imported list, to be found by destination. */
export class Imported {
  private readonly entries: readonly ListEntry[];
  private readonly byEnd = new Map<string, ListEntry>();
  private readonly byUri = new Map<string, ListEntry>();
  private readonly met = new Set<ListEntry>();

  constructor({ entries }: DestinationList) {
    this.entries = entries;
    for (const entry of entries) {
      const end = endOf(entry.uri);
      // The same destination may be in several sets: the first one tells.
      if (end !== null && !this.byEnd.has(end)) this.byEnd.set(end, entry);
      if (!this.byUri.has(plain(entry.uri))) this.byUri.set(plain(entry.uri), entry);
    }
  }

  /** The row with what the list says of it. */
  joined(row: DispatcherRow): DispatcherRow {
    const entry = this.byEnd.get(row.destination) ?? (row.uri === null ? undefined : this.byUri.get(plain(row.uri)));
    if (entry === undefined) return { ...row, disagreement: 'It is not in the imported list' };
    this.met.add(entry);
    const { flags, set, name } = entry;
    const known = row.flags ?? completed(row, flags);
    return {
      ...row,
      flags: known,
      state: row.state ?? (known === null ? null : letterOf(known)),
      probed: row.probed ?? (known === null ? null : known.endsWith('P')),
      set,
      name,
      imported: flags,
      disagreement: row.flags === null ? disagreement({ ...row, flags: partly(row) }, flags) : disagreement(row, flags),
    };
  }

  /** Entries that nothing on the wire belongs to. */
  get others(): readonly ListEntry[] {
    return this.entries.filter((entry) => {
      if (this.met.has(entry)) return false;
      const end = endOf(entry.uri);
      const same = end === null ? this.byUri.get(plain(entry.uri)) : this.byEnd.get(end);
      return same === entry;
    });
  }
}

/**
 * What is known only from the list: never probed and never called.
 * @param probesActive the prober is known to probe also what is well: then who is marked for it should have been probed
 */
export function importedRows(
  imported: Imported,
  prober: string,
  start: string | null,
  probesActive: boolean,
): DispatcherRow[] {
  return imported.others.map(({ uri, flags, set, name }) => {
    const reason = 'Only the imported list tells: nothing of it is on the wire';
    return {
      prober,
      destination: endOf(uri) ?? plain(uri),
      flags,
      state: letterOf(flags),
      probed: flags.endsWith('P'),
      why: reason,
      method: null,
      probes: 0,
      answered: 0,
      failed: 0,
      lastStatus: null,
      intervalMs: null,
      roundTripMs: null,
      calls: 0,
      callShare: 0,
      callsAnswered: 0,
      callsFailed: 0,
      callsWhileFailing: 0,
      transitions: start === null ? [] : [{ ts: start, frame: null, from: null, to: flags, reason }],
      moreTransitions: 0,
      set,
      name,
      imported: flags,
      disagreement:
        flags.endsWith('P') && (probesActive || !flags.startsWith('A'))
          ? `The list says ${flags}, that it is probed, and the capture shows no probe to it`
          : null,
      uri,
    };
  });
}

function letterOf(flags: string): DispatcherRow['state'] {
  const [letter] = flags;
  return letter === 'A' || letter === 'T' || letter === 'I' || letter === 'D' ? letter : null;
}

/** The letters that the wire does not tell, from the list; those that it does tell stay. */
function completed({ state, probed }: DispatcherRow, flags: string): string | null {
  const [letter = '', mark = ''] = flags;
  if (letter === 'D' && state !== null && probed === true) return null;
  return `${state ?? letter}${probed === null ? mark : probed ? 'P' : 'X'}`;
}

function partly({ state, probed }: DispatcherRow): string {
  return `${state ?? '?'}${probed === null ? '?' : probed ? 'P' : 'X'}`;
}

/** One sentence on what differs; null where nothing that is known does. */
function disagreement({ flags, why }: DispatcherRow, listed: string): string | null {
  const [state = '?', mark = '?'] = flags ?? '??';
  const [theirs = '', theirMark = ''] = listed;
  const sameState = state === '?' || state === theirs;
  const sameMark = mark === '?' || mark === theirMark;
  if (sameState && sameMark) return null;
  if (theirs === 'D' && state !== 'D' && state !== '?')
    return `The list says ${listed}, disabled; on the wire it is ${flags ?? ''}. ${why}`;
  if (sameState)
    return mark === 'P'
      ? `The list says ${listed}, not probed; on the wire it is probed`
      : `The list says ${listed}, probed; on the wire it is not`;
  return `The list says ${listed}; on the wire it is ${flags ?? ''}. ${why}`;
}

/** Without parameters but the transport, in small letters. */
function plain(uri: string): string {
  return uri.trim().toLowerCase();
}

/** A URI with an address as an end (see `DispatcherRow`); null where it has a name. */
function endOf(uri: string): string | null {
  const read = readUri(utf8(uri.trim()));
  if (typeof read?.host !== 'string') return null;
  const address = ipAddress(read.host);
  if (address === null) return null;
  const given = read.params.find(({ name }) => name.toLowerCase() === 'transport')?.value?.toLowerCase();
  const transport = given ?? (read.scheme === 'sips' ? 'tls' : 'udp');
  const port = read.port ?? (transport === 'tls' || read.scheme === 'sips' ? 5061 : 5060);
  const end = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return transport === 'udp' ? end : `${end};transport=${transport}`;
}
