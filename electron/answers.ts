import { nativeTheme } from 'electron';
import { basename } from 'node:path';
import type { OpenRequest } from '../core/contract/desktop.ts';
import type { CaptureWindow } from './capture-window.ts';
import { copyPng, copyText } from './clipboard.ts';
import { askForCaptures, askForTarget } from './dialogs.ts';
import type { Answers } from './ipc.ts';
import type { Desk } from './live-desk.ts';
import { places } from './places.ts';
import { plainName } from './plain-name.ts';
import type { Recents } from './recents.ts';
import type { KeptWindowState } from './window-state.ts';

export interface Belongings {
  readonly recents: Recents;
  readonly desk: Desk;
  readonly state: KeptWindowState;
  /** The list of recent captures changed. */
  readonly recentsChanged: () => void;
}

/** What the windows may ask for. */
export function answersOf({ recents, desk, state, recentsChanged }: Belongings): Answers {
  return {
    ready: (window, settings) => {
      window.use(settings);
      window.ready();
      return null;
    },
    use: (window, settings) => {
      window.use(settings);
      return null;
    },
    useTheme: (_window, theme) => {
      nativeTheme.themeSource = theme;
      state.set({ theme });
      return null;
    },
    open: (window, request) => open(window, request, { recents, desk }),
    openPaths: (window, paths) => {
      if (paths.length === 0) return false;
      window.open(paths);
      return true;
    },
    closeCapture: async (window) => {
      await window.closeCapture();
      return null;
    },
    recents: () => recents.all(),
    forgetRecent: (_window, paths) => {
      recents.forget(paths);
      recentsChanged();
      return null;
    },
    chooseTarget: async (window, { id, suggestedName }) => {
      const path = await askForTarget(window.browser, suggestedName);
      if (path === null) return null;
      return { target: await window.grant(id, path), name: plainName(basename(path)) };
    },
    liveInterfaces: () => desk.interfaces(),
    livePrograms: () => desk.programs(),
    checkBpf: (_window, bpf) => desk.checkBpf(bpf),
    leftBehind: () => desk.left(),
    removeLeft: async (_window, id) => {
      await desk.removeLeft(id);
      return null;
    },
    saveLeft: async (window, id) => {
      const path = await askForTarget(window.browser, id);
      if (path === null) return null;
      return { name: plainName(basename(path)), bytes: await desk.saveLeft(id, path) };
    },
    copyText: async (_window, text) => {
      await copyText(text);
      return null;
    },
    copyPng: async (_window, bytes) => {
      await copyPng(bytes);
      return null;
    },
  };
}

async function open(
  window: CaptureWindow,
  request: OpenRequest,
  { recents, desk }: Pick<Belongings, 'recents' | 'desk'>,
): Promise<boolean> {
  switch (request.kind) {
    case 'dialog': {
      const paths = await askForCaptures(window.browser);
      if (paths.length > 0) window.open(paths);
      return paths.length > 0;
    }
    case 'sample':
      window.open([places.sample()]);
      return true;
    case 'recent':
      if (!recents.has(request.paths)) throw new TypeError('This file is not among the recent ones any more.');
      window.open(request.paths);
      return true;
    case 'live':
      window.openLive(request.live);
      return true;
    case 'left':
      window.open(await desk.filesOf(request.id), false);
      return true;
    case 'again':
      return window.openAgain((pid) => desk.leftBy(pid));
    default:
      throw new TypeError('This cannot be opened.');
  }
}
