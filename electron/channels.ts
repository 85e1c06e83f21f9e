import type { LiveInterface, LiveProgram } from '../core/contract/live.ts';
import type { LeftBehind } from '../core/contract/live-desk.ts';
import type { DesktopCommand, OpenRequest, OpenSettings, Recent, ThemeChoice } from '../core/contract/desktop.ts';

/** What the preload script asks of the main process: parameters and answer of each question, tied together once. */
export interface Requests {
  ready: { params: OpenSettings; result: null };
  use: { params: OpenSettings; result: null };
  useTheme: { params: ThemeChoice; result: null };
  open: { params: OpenRequest; result: boolean };
  /** Files that were dropped on the page. */
  openPaths: { params: readonly string[]; result: boolean };
  closeCapture: { params: null; result: null };
  recents: { params: null; result: readonly Recent[] };
  forgetRecent: { params: readonly string[] | null; result: null };
  chooseTarget: {
    params: { readonly id: number; readonly suggestedName: string };
    result: { readonly target: string; readonly name: string } | null;
  };
  liveInterfaces: { params: null; result: readonly LiveInterface[] };
  livePrograms: { params: null; result: readonly LiveProgram[] };
  checkBpf: { params: string; result: string | null };
  leftBehind: { params: null; result: readonly LeftBehind[] };
  removeLeft: { params: string; result: null };
  saveLeft: { params: string; result: { readonly name: string; readonly bytes: number } | null };
  copyText: { params: string; result: null };
  copyPng: { params: Uint8Array; result: null };
}
export type RequestName = keyof Requests;

/** Errors cross as a sentence: Electron would put its own words in front of one that is thrown. */
export type Reply<Result> =
  { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly text: string };

/** What the main process says to a window without being asked. */
export interface Notices {
  command: DesktopCommand;
  hostGone: { readonly id: number; readonly text: string };
}

/** The name of a question or notice among Electron's channels. */
export function channelOf(name: RequestName | keyof Notices): string {
  return `sipglass:${name}`;
}

/** The channel on which the port to a capture's host comes. */
export const captureChannel = 'sipglass:capture';
