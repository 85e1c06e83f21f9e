import type { DesktopBridge, DesktopPortMessage } from '../../core/contract/desktop.ts';
import { portPipe, type Pipe } from '../../core/contract/pipe.ts';
import { useSettings } from '../state/settings.ts';
import type { Shell, ShellCapture } from './shell.ts';

declare global {
  interface Window {
    readonly sipglassDesktop?: DesktopBridge;
  }
}

/** The capture that came last, and its pipe. */
interface Latest {
  readonly id: number;
  readonly end: () => void;
  readonly close: () => void;
}

/** The desktop's window. Throws where there is none. */
export function desktopShell(bridge: DesktopBridge | undefined = globalThis.window.sipglassDesktop): Shell {
  if (bridge === undefined) throw new TypeError('this page is not in a window of the desktop program');
  let captured: (capture: ShellCapture) => void = () => undefined;
  let problem: (text: string) => void = () => undefined;
  let latest: Latest = { id: 0, end: () => undefined, close: () => undefined };

  globalThis.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== globalThis.window || port === undefined || !isPortMessage(event.data)) return;
    const { pipe, end } = endable(portPipe(port));
    const { capture } = event.data;
    latest = { id: capture.id, end, close: () => pipe.close() };
    captured({ ...capture, pipe });
  });

  // A page that goes with an open port takes its process down with it in old versions of Electron (seen in 25).
  globalThis.addEventListener('pagehide', () => latest.close());

  /** What the main process refuses becomes a sentence on the page; the question is answered with `no`. */
  async function orProblem(answer: Promise<boolean>): Promise<boolean> {
    try {
      return await answer;
    } catch (error) {
      problem(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  return {
    kind: 'desktop',
    platform: bridge.platform,
    version: bridge.version,
    ready: (settings) => {
      bridge.useTheme(useSettings.getState().theme);
      useSettings.subscribe(({ theme }, before) => {
        if (theme !== before.theme) bridge.useTheme(theme);
      });
      bridge.ready(settings);
    },
    use: (settings) => bridge.use(settings),
    onCapture: (handler) => {
      captured = handler;
    },
    onGone: (handler) => {
      bridge.onHostGone((gone) => {
        handler(gone);
        // Old versions of Chromium don't tell a port that its other end is gone; questions would wait for ever.
        if (gone.id === latest.id) latest.end();
      });
    },
    onProblem: (handler) => {
      problem = handler;
    },
    onCommand: (handler) => {
      bridge.onCommand(handler);
    },
    open: (request) =>
      request.kind === 'offered'
        ? Promise.resolve(false)
        : // A bridge takes plain objects only.
          orProblem(bridge.open(request)),
    openDropped: (files) =>
      orProblem(
        bridge.openDropped(files).then((opened) => {
          if (!opened && files.length > 0) throw new TypeError('What was dropped is not a file on this computer.');
          return opened;
        }),
      ),
    closeCapture: () => bridge.closeCapture(),
    recents: () => bridge.recents(),
    forgetRecent: (paths) => bridge.forgetRecent(paths),
    offered: () => Promise.resolve([]),
    save: async ({ id, client }, suggestedName, document) => {
      const chosen = await bridge.chooseTarget(id, suggestedName);
      if (chosen === null) return null;
      const { bytes } = await client.ask('save', { target: chosen.target, ...document });
      return { name: chosen.name, bytes };
    },
    live: {
      interfaces: () => bridge.liveInterfaces(),
      programs: () => bridge.livePrograms(),
      checkBpf: (bpf) => bridge.checkBpf(bpf),
      left: () => bridge.leftBehind(),
      removeLeft: (id) => bridge.removeLeft(id),
      saveLeft: (id) => bridge.saveLeft(id),
    },
    copyText: (text) => bridge.copyText(text),
    copyPng: (bytes) => bridge.copyPng(bytes),
  };
}

/** A pipe that can be told that its other end is gone. */
function endable(pipe: Pipe): { readonly pipe: Pipe; readonly end: () => void } {
  const handlers: (() => void)[] = [];
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    for (const handler of handlers) handler();
  };
  pipe.closed(end);
  return { pipe: { ...pipe, closed: (handler) => void handlers.push(handler) }, end };
}

function isPortMessage(data: unknown): data is DesktopPortMessage {
  return typeof data === 'object' && data !== null && 'sipglass' in data && data.sipglass === 'capture';
}
