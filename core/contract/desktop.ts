import type { LiveInterface, LiveOptions, LiveProgram } from './live.ts';
import type { LeftBehind } from './live-desk.ts';

/**
 * What the desktop program offers to the page in its window, over the preload script. Questions about a capture don't
 * go this way: they go to the capture's host, through the port that comes with it.
 */

/** A file that was open before. */
export interface Recent {
  /** The path, or several of files that were merged. */
  readonly paths: readonly string[];
  /** Shown: names without folders. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly bytes: number | null;
  /** Whether it is still there. */
  readonly present: boolean;
}

/** What a menu, a keyboard accelerator of the menu, or the operating system asks of the page. */
export const desktopCommands = [
  'open',
  'open-sample',
  'reopen',
  'close-capture',
  'save-ladder',
  'save-table',
  'save-packets',
  'copy',
  'find',
  'palette',
  'settings',
  'columns',
  'help',
  'theme',
  'show-calls',
  'show-statistics',
  'show-live',
] as const;
export type DesktopCommand = (typeof desktopCommands)[number];

export type OpenRequest =
  | { readonly kind: 'dialog' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'recent'; readonly paths: readonly string[] }
  /** Packets as they happen. What was captured before in this window and not saved is left behind, not lost. */
  | { readonly kind: 'live'; readonly live: LiveOptions }
  /** A live capture that was left behind (`leftBehind`). */
  | { readonly kind: 'left'; readonly id: string }
  /** The capture of this window once more, from the files; also after its host has crashed. Of a live one what it had captured. */
  | { readonly kind: 'again' };

export interface OpenSettings {
  /** Ports to treat as SIP. */
  readonly ports: readonly number[];
}

/** Light, dark, or as the system has it. */
export type ThemeChoice = 'system' | 'light' | 'dark';

/** A capture of which a host was started; the port to it follows in a message of its own. */
export interface DesktopCapture {
  /** Greater for each host that this window was given. */
  readonly id: number;
  /** Without folders. */
  readonly names: readonly string[];
}

/** `window.sipglassDesktop` */
export interface DesktopBridge {
  readonly platform: string;
  readonly version: string;
  /** Called once the page listens: what waits (files from the command line) comes now. */
  ready(settings: OpenSettings): void;
  /** Ports for captures opened from now on, by menu too. */
  use(settings: OpenSettings): void;
  /** What the user chose, for dialogs, the frame of the window, and the first moment of the next one. */
  useTheme(theme: ThemeChoice): void;
  /** False where the user closed the dialog. What was opened comes as a capture. */
  open(request: OpenRequest): Promise<boolean>;
  /** `File` objects that were dropped on the page; only those that have a place on disk can be opened. False for none. */
  openDropped(files: readonly object[]): Promise<boolean>;
  closeCapture(): Promise<void>;
  recents(): Promise<readonly Recent[]>;
  /** Forgets one, or all. */
  forgetRecent(paths: readonly string[] | null): Promise<void>;
  /** Asks the user where to; the answer is for the `save` question to the host of capture `id`, null where the user closed the dialog. */
  chooseTarget(id: number, suggestedName: string): Promise<{ readonly target: string; readonly name: string } | null>;
  liveInterfaces(): Promise<readonly LiveInterface[]>;
  livePrograms(): Promise<readonly LiveProgram[]>;
  /** As `checkBpf` of the contract. */
  checkBpf(bpf: string): Promise<string | null>;
  /** Live captures that nobody saved: of programs that crashed, and of windows that were closed. */
  leftBehind(): Promise<readonly LeftBehind[]>;
  removeLeft(id: string): Promise<void>;
  /** Asks the user where to. Null where the user closed the dialog. */
  saveLeft(id: string): Promise<{ readonly name: string; readonly bytes: number } | null>;
  copyText(text: string): Promise<void>;
  copyPng(bytes: Uint8Array): Promise<void>;
  /** Calls `handler` for each; what it returns ends that. */
  onCommand(handler: (command: DesktopCommand) => void): () => void;
  /** The host of a capture ended though nobody closed it; `text` says how, in a sentence. */
  onHostGone(handler: (gone: { readonly id: number; readonly text: string }) => void): () => void;
}

/** The message with which the preload script hands a port to the page: `window` gets it with the port in `ports[0]`. */
export interface DesktopPortMessage {
  readonly sipglass: 'capture';
  readonly capture: DesktopCapture;
}
