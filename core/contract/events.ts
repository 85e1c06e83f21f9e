/** How far reading is. */
export interface Progress {
  readonly packets: number;
  readonly messages: number;
  readonly calls: number;
  readonly bytesRead: number;
  /** Null where the size of an input is not known. */
  readonly bytesTotal: number | null;
  /** Of the first and the last packet so far, as `ts`; null before the first. */
  readonly start: string | null;
  readonly end: string | null;
  readonly done: boolean;
}

/** What the host says without being asked; at most ten times a second. */
export interface Events {
  progress: Progress;
  /**
   * The capture is read again, since other keys are known (`setKeys`, or some that came late in the capture), or was read
   * again without its oldest calls (live packets): what was answered before is of the past, rows, calls and streams have
   * other numbers. `progress` begins anew.
   */
  reread: { readonly generation: number };
  /** One sentence for the user. */
  warning: { readonly text: string };
}

export type EventName = keyof Events;
