import { create } from 'zustand';
import { persist, type PersistStorage } from 'zustand/middleware';
import type { LadderHost } from '../../core/contract/ladder.ts';
import { readSettings } from './stored-settings.ts';
import { notify } from './view.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** How moments are written: time of day (here or UTC), with date, seconds since the capture began, seconds since 1970. */
export type TimeFormat = 'local' | 'utc' | 'date' | 'relative' | 'epoch';

/** A column of the calls table: a field of it, or `header:NAME`. */
export interface ColumnSetting {
  readonly name: string;
  /** Pixels; null: the column's own. */
  readonly width: number | null;
}

/** What the user set once and for all captures. Kept by the browser or the window's profile. */
export interface Settings {
  readonly theme: ThemeChoice;
  readonly times: TimeFormat;
  readonly columns: readonly ColumnSetting[];
  /** Of the list of streams. */
  readonly streamColumns: readonly ColumnSetting[];
  /** Names of hosts; with several ends they are one lane. */
  readonly hosts: readonly LadderHost[];
  /** Ladders show the RTP of their calls. */
  readonly rtp: boolean;
  /** Ports to treat as SIP; takes effect when a capture is opened. */
  readonly ports: readonly number[];
  /** The last filters, the newest first. */
  readonly filters: readonly string[];
}

/** `header:NAME` columns stand where the user puts them. */
export const columnsAtFirst = ['start', 'method', 'state', 'from', 'to', 'route', 'setup', 'talk', 'messages', 'life'];

const streamColumnsAtFirst = [
  'call',
  'direction',
  'route',
  'ssrc',
  'codec',
  'packets',
  'lost',
  'jitter',
  'wanted',
  'ptime',
  'verdict',
  'mos',
  'duration',
  'note',
];

export const settingsAtFirst: Settings = {
  theme: 'system',
  times: 'local',
  columns: columnsAtFirst.map((name) => ({ name, width: null })),
  streamColumns: streamColumnsAtFirst.map((name) => ({ name, width: null })),
  hosts: [],
  rtp: true,
  ports: [],
  filters: [],
};

export const settingsKey = 'sipglass-settings';

/**
 * What the browser keeps, read with suspicion (an older program, another one, or a curious user wrote it), and written
 * as far as it lets us: a full or forbidden storage costs the memory of settings, never the globalThis.
 */
const storage: PersistStorage<Settings> = {
  getItem: (name) => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
      const state = typeof stored === 'object' && stored !== null && 'state' in stored ? stored.state : null;
      return state === null ? null : { state: readSettings(state, settingsAtFirst), version: 1 };
    } catch {
      notify('The settings that were kept could not be read; these are the ones from the beginning.', true);
      return null;
    }
  },
  setItem: (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      notify('Settings can’t be kept here; they hold until the window is closed.', true);
    }
  },
  removeItem: (name) => localStorage.removeItem(name),
};

export const useSettings = create<Settings>()(
  persist((): Settings => settingsAtFirst, { name: settingsKey, version: 1, storage }),
);

/** All as it was at first, but the names of hosts and the history of filters: those are work, not taste. */
export function resetSettings(): void {
  const { theme, times, columns, streamColumns, rtp, ports } = settingsAtFirst;
  useSettings.setState({ theme, times, columns, streamColumns, rtp, ports });
}

/** How many filters are remembered. */
const FILTERS = 20;

/** A filter that was applied goes to the front of those remembered. */
export function rememberFilter(filter: string): void {
  if (filter.trim() === '') return;
  useSettings.setState(({ filters }) =>
    filters[0] === filter ? {} : { filters: [filter, ...filters.filter((one) => one !== filter)].slice(0, FILTERS) },
  );
}

/** Takes over what another window has set. What ends it is returned. */
export function followSettings(): () => void {
  const changed = (event: StorageEvent): void => {
    if (event.key === settingsKey) void useSettings.persist.rehydrate();
  };
  globalThis.addEventListener('storage', changed);
  return () => globalThis.removeEventListener('storage', changed);
}
