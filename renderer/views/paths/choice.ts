import { create } from 'zustand';

/** What of the paths is listed, and which one is shown. */
export interface PathChoice {
  readonly which: 'all' | 'odd' | 'forked';
  /** Only of the calls that are meant in the list of calls; else of all that the filter selects. */
  readonly ofCalls: boolean;
  /** Number of the path that is shown; null: the first of the list. */
  readonly path: number | null;
  /** Index of the hop that is picked; null: the first that changed something, else the first. */
  readonly hop: number | null;
  /** What the list was about when `path` was chosen (see `choosePaths`); null where the next list is about what was chosen elsewhere. */
  readonly of: string | null;
  /** Place of the cursor in the list, and the first row that is seen. */
  readonly at: number;
  readonly first: number;
}

export const usePathChoice = create<PathChoice>()(() => ({
  which: 'all',
  ofCalls: false,
  path: null,
  hop: null,
  of: '',
  at: 0,
  first: 0,
}));

/** The list is about `of` now: what was chosen in another one goes. */
export function choosePaths(of: string): void {
  usePathChoice.setState((before) => {
    if (before.of === of) return {};
    const top = { of, at: 0, first: 0 };
    return before.of === null ? top : { ...top, path: null, hop: null };
  });
}
