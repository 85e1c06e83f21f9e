import type { Document } from '../../core/contract/api.ts';
import type { Client } from '../../core/contract/channel.ts';
import type { DesktopCommand, OpenRequest, OpenSettings, Recent } from '../../core/contract/desktop.ts';
import type { LiveInterface, LiveProgram } from '../../core/contract/live.ts';
import type { LeftBehind } from '../../core/contract/live-desk.ts';
import type { Pipe } from '../../core/contract/pipe.ts';

/** A capture that has a host: ask through `pipe`. */
export interface ShellCapture {
  /** Greater for each one that this page was given. */
  readonly id: number;
  readonly names: readonly string[];
  readonly pipe: Pipe;
}

/** A file that the shell can open by name, where it was told a directory (`sipglass serve DIRECTORY`). */
export interface Offered {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

export interface Saved {
  /** Name without folder. */
  readonly name: string;
  readonly bytes: number;
}

/** What the desktop can capture; `open` with `live` begins it. */
export interface LiveShell {
  interfaces(): Promise<readonly LiveInterface[]>;
  programs(): Promise<readonly LiveProgram[]>;
  /** Null, or what libpcap says is wrong. */
  checkBpf(bpf: string): Promise<string | null>;
  /** Live captures that nobody saved. */
  left(): Promise<readonly LeftBehind[]>;
  removeLeft(id: string): Promise<void>;
  /** Asks where to. Null where the user closed the dialog. */
  saveLeft(id: string): Promise<Saved | null>;
}

/** Surroundings of the page: the desktop's window, or a browser on `sipglass serve`. Screens know no other difference. */
export interface Shell {
  readonly kind: 'desktop' | 'browser';
  /** `linux`, `darwin`, `win32`; in a browser that of its user. */
  readonly platform: string;
  readonly version: string;
  /** Called by the page once it listens; what waits to be opened comes then. */
  ready(settings: OpenSettings): void;
  use(settings: OpenSettings): void;
  onCapture(handler: (capture: ShellCapture) => void): void;
  /** The host of a capture ended, or the connection to it, though nobody closed it. */
  onGone(handler: (gone: { readonly id: number; readonly text: string }) => void): void;
  /** Opening did not even come to a capture (upload failed, file vanished): one sentence. */
  onProblem(handler: (text: string) => void): void;
  onCommand(handler: (command: DesktopCommand) => void): void;
  /** False where the user chose nothing. */
  open(request: OpenRequest | { readonly kind: 'offered'; readonly id: string }): Promise<boolean>;
  openDropped(files: readonly File[]): Promise<boolean>;
  closeCapture(): Promise<void>;
  recents(): Promise<readonly Recent[]>;
  forgetRecent(paths: readonly string[] | null): Promise<void>;
  /** Captures of the directory that the command named; empty on the desktop. */
  offered(): Promise<readonly Offered[]>;
  /** Asks where to (desktop) or downloads (browser). Null where the user chose nothing; rejects with a ContractError. */
  save(
    capture: { readonly id: number; readonly client: Client },
    suggestedName: string,
    document: Document,
  ): Promise<Saved | null>;
  /** Null in a browser: there, what is captured is named by the command. */
  readonly live: LiveShell | null;
  copyText(text: string): Promise<void>;
  copyPng(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}
