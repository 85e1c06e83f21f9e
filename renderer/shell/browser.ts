import type { OpenRequest } from '../../core/contract/desktop.ts';
import { addresses, NAMED, type ServedCapture, type ServeOpen, type ServeSession } from '../../core/contract/serve.ts';
import { copyPng, copyText } from './browser-clipboard.ts';
import { connectTo, type Ended } from './captured.ts';
import { chooseFiles } from './choose-files.ts';
import { download } from './download.ts';
import { cancelled, fromServer } from './served.ts';
import type { Offered, Shell, ShellCapture } from './shell.ts';
import { tellSending } from './tell-sending.ts';
import { upload } from './upload.ts';

/** Where the page notes which capture it shows, so that it has it again when it is loaded again. */
const SHOWN = 'sipglass-shown';

/** A browser's page on `sipglass serve`. */
export function browserShell(): Shell {
  let captured: (capture: ShellCapture) => void = () => undefined;
  let gone: (gone: { readonly id: number; readonly text: string }) => void = () => undefined;
  let problem: (text: string) => void = () => undefined;
  let ports: readonly number[] = [];
  let version = '';
  let server = '';
  /** The newest question for a capture; an older one that still waits is given up. */
  let asking = new AbortController();
  let shown: ServedCapture | null = null;
  /** Captures that this page was given. */
  let given = 0;
  /** Set while the connection is lost: the capture may still be there. */
  let lost: Ended | null = null;

  function begin(): AbortSignal {
    asking.abort();
    asking = new AbortController();
    return asking.signal;
  }

  async function show(capture: ServedCapture, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled();
    const before = shown;
    given += 1;
    await connectTo(capture, given, captured, (how) => {
      if (how.id === given) lost = how;
      gone(how);
    });
    shown = capture;
    lost = null;
    sessionStorage.setItem(SHOWN, `${server} ${capture.id}`);
    if (before !== null && before.id !== capture.id) await leave(before);
  }

  async function leave({ id }: ServedCapture): Promise<void> {
    // Where the server is gone, so is the capture.
    await fromServer(addresses.close, { id }).catch(() => undefined);
  }

  async function openOn(what: ServeOpen['what'], signal: AbortSignal): Promise<boolean> {
    const question: ServeOpen = { what, ports };
    await show(await fromServer<ServedCapture>(addresses.open, question, signal), signal);
    return true;
  }

  /** Lost was only the line: the capture that was read is taken up again. Else its files are read again. */
  async function again(signal: AbortSignal): Promise<boolean> {
    if (shown === null) return false;
    const { id } = shown;
    if (lost !== null && !lost.host) {
      const { open } = await fromServer<ServeSession>(addresses.session, undefined, signal);
      const still = open.find((capture) => capture.id === id);
      if (still !== undefined) {
        await show(still, signal);
        return true;
      }
    }
    return openOn({ kind: 'again', id }, signal);
  }

  async function send(files: readonly File[], signal: AbortSignal): Promise<boolean> {
    if (files.length === 0) return false;
    return openOn({ kind: 'uploads', ids: await upload(files, signal, tellSending()) }, signal);
  }

  /** Whether something was opened. What a newer question or the user gave up is no problem, and is not told as one. */
  async function orGivenUp(work: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    try {
      return await work;
    } catch (error) {
      if (signal.aborted) return true;
      throw error;
    }
  }

  /** A dialog is waited for before what is under way is given up: the user may close it. */
  async function openAsked(request: OpenRequest | { readonly kind: 'offered'; readonly id: string }): Promise<boolean> {
    // Only the desktop can: here the command says what is captured.
    if (request.kind === 'recent' || request.kind === 'live' || request.kind === 'left') return false;
    if (request.kind === 'dialog') {
      const files = await chooseFiles();
      return files.length > 0 && openDropped(files);
    }
    const signal = begin();
    return orGivenUp(request.kind === 'again' ? again(signal) : openOn(request, signal), signal);
  }

  function openDropped(files: readonly File[]): Promise<boolean> {
    const signal = begin();
    return orGivenUp(send(files, signal), signal);
  }

  /** What this page showed before it was loaded again, else what the command named. */
  async function first(signal: AbortSignal): Promise<void> {
    const session = await fromServer<ServeSession>(addresses.session, undefined, signal);
    ({ version } = session);
    ({ server } = session);
    const before = sessionStorage.getItem(SHOWN);
    const capture = session.open.find(({ id }) => before === `${server} ${id}`) ?? session.named;
    if (capture === null) return;
    const otherPorts = capture === session.named && ports.length > 0;
    await (otherPorts ? openOn({ kind: 'offered', id: NAMED }, signal) : show(capture, signal));
  }

  return {
    kind: 'browser',
    platform: platform(),
    get version() {
      return version;
    },
    ready: (settings) => {
      ({ ports } = settings);
      const signal = begin();
      first(signal).catch((error: unknown) => {
        if (!signal.aborted) problem(error instanceof Error ? error.message : String(error));
      });
    },
    use: (settings) => {
      ({ ports } = settings);
    },
    onCapture: (handler) => {
      captured = handler;
    },
    onGone: (handler) => {
      gone = handler;
    },
    onProblem: (handler) => {
      problem = handler;
    },
    // A browser's menu knows nothing of us.
    onCommand: () => undefined,
    open: openAsked,
    openDropped,
    closeCapture: async () => {
      begin();
      const before = shown;
      shown = null;
      sessionStorage.removeItem(SHOWN);
      if (before !== null) await leave(before);
    },
    recents: () => Promise.resolve([]),
    forgetRecent: () => Promise.resolve(),
    offered: () => fromServer<readonly Offered[]>(addresses.offered),
    save: ({ client }, suggestedName, document) => download(client, suggestedName, document),
    live: null,
    copyText,
    copyPng,
  };
}

/** As Node names it. */
function platform(): string {
  const { userAgent } = navigator;
  if (/Mac OS X|Macintosh/.test(userAgent)) return 'darwin';
  return userAgent.includes('Windows') ? 'win32' : 'linux';
}
