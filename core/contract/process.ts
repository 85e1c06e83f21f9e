import type { LiveOptions } from './live.ts';
import type { LiveDesk, LiveDeskName } from './live-desk.ts';

/**
 * What the desktop's main process and the process of a capture's host say to each other. No packet goes this way: what
 * is asked of the capture comes from the window, through a port that is handed over with `open`.
 */

/** From the main process. */
export type HostOrder =
  /** The first one; the window's port comes along. With `live`, which has no inputs, packets come as they happen. */
  | {
      readonly order: 'open';
      readonly inputs: readonly string[];
      readonly ports: readonly number[];
      readonly live: LiveOptions | null;
    }
  /** The window was loaded again while packets come as they happen; its new port comes along. */
  | { readonly order: 'attend' }
  /** The user chose a file: `save` may write it once, by the name `target`. Answered with `granted`. */
  | { readonly order: 'grant'; readonly target: string; readonly path: string }
  | { readonly order: 'close' }
  /** To a process that has no capture: a question about live captures, answered with `desk` and the same number. */
  | { readonly order: 'desk'; readonly number: number; readonly question: LiveDeskQuestion };

export type LiveDeskQuestion = {
  readonly [Name in LiveDeskName]: { readonly name: Name; readonly params: LiveDesk[Name]['params'] };
}[LiveDeskName];

/** From the host. */
export type HostNews =
  /** Its inputs are captures, and are being read. */
  | { readonly news: 'opened' }
  | { readonly news: 'granted'; readonly target: string }
  | { readonly news: 'desk'; readonly number: number; readonly ok: true; readonly value: unknown }
  /** One sentence. */
  | { readonly news: 'desk'; readonly number: number; readonly ok: false; readonly text: string }
  /** A bug of ours; the process ends. */
  | { readonly news: 'fault'; readonly text: string };
