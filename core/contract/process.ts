/**
 * What the desktop's main process and the process of a capture's host say to each other. No packet goes this way: what
 * is asked of the capture comes from the window, through a port that is handed over with `open`.
 */

/** From the main process. */
export type HostOrder =
  /** The first one; the window's port comes along. */
  | { readonly order: 'open'; readonly inputs: readonly string[]; readonly ports: readonly number[] }
  /** The user chose a file: `save` may write it once, by the name `target`. Answered with `granted`. */
  | { readonly order: 'grant'; readonly target: string; readonly path: string }
  | { readonly order: 'close' };

/** From the host. */
export type HostNews =
  /** Its inputs are captures, and are being read. */
  | { readonly news: 'opened' }
  | { readonly news: 'granted'; readonly target: string }
  /** A bug of ours; the process ends. */
  | { readonly news: 'fault'; readonly text: string };
