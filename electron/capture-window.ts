import { MessageChannelMain, type BrowserWindow, type MessagePortMain } from 'electron';
import type { DesktopCapture, OpenSettings } from '../core/contract/desktop.ts';
import type { LiveOptions } from '../core/contract/live.ts';
import { basename } from 'node:path';
import { captureChannel, channelOf, type Notices } from './channels.ts';
import { HostProcess } from './hosts.ts';
import { liveName } from '../core/contract/live-name.ts';
import { pageAddress } from './page-address.ts';
import { places } from './places.ts';
import { plainName, windowTitle } from './plain-name.ts';

let lastId = 0;

/** What a window shows. */
interface Shown {
  /** Files; empty for a live capture. */
  readonly inputs: readonly string[];
  readonly live: LiveOptions | null;
  /** It goes into the list of recent captures. */
  readonly remembered: boolean;
}

/** A window, the capture it shows, and that capture's process. */
export class CaptureWindow {
  readonly browser: BrowserWindow;
  private readonly opened: (paths: readonly string[]) => void;
  /** What is shown, or waits until the page listens; null for the welcome screen. */
  private shown: Shown | null = null;
  /** What was shown last, for `again`. */
  private last: Shown | null = null;
  /** The process that captured last in this window, for `again`. */
  private capturer: HostProcess | null = null;
  private host: HostProcess | null = null;
  private settings: OpenSettings = { ports: [] };
  private listening = false;
  /** The page has a port to the host. */
  private attended = false;

  /** `opened` is told of files that turned out to be captures. */
  constructor(browser: BrowserWindow, opened: (paths: readonly string[]) => void) {
    this.browser = browser;
    this.opened = opened;
    const { webContents } = browser;
    // The page's own title says nothing about files.
    browser.on('page-title-updated', (event) => event.preventDefault());
    browser.on('closed', () => this.letGo());
    // A page that is loaded again asks for its capture again.
    webContents.on('did-navigate', () => this.deafen());
    webContents.on('render-process-gone', () => this.deafen());
  }

  load(): Promise<void> {
    return this.browser.loadURL(pageAddress);
  }

  isEmpty(): boolean {
    return this.shown === null;
  }

  /** Shows these files, merged by time, in place of what is shown. `remembered`: they go into the list of recent captures. */
  open(paths: readonly string[], remembered = true): void {
    this.show({ inputs: paths, live: null, remembered });
  }

  /** Captures, in place of what is shown. */
  openLive(live: LiveOptions): void {
    this.show({ inputs: [], live, remembered: false });
  }

  /** False where nothing was open. `leftBy`: files of what a process captured live, once it is gone. */
  async openAgain(leftBy: (pid: number) => Promise<readonly string[]>): Promise<boolean> {
    const { last, capturer } = this;
    if (last === null) return false;
    if (last.live === null) {
      this.show(last);
      return true;
    }
    capturer?.close();
    await capturer?.over;
    const paths = capturer?.pid === null || capturer === null ? [] : await leftBy(capturer.pid);
    if (paths.length === 0) throw new TypeError('Nothing was captured that could be opened again.');
    this.open(paths, false);
    return true;
  }

  /** Resolves when what captured live has let go of it. */
  async closeCapture(): Promise<void> {
    const { host } = this;
    const isLive = this.shown?.live !== null;
    this.letGo();
    this.shown = null;
    this.entitle();
    if (isLive) await host?.over;
  }

  use(settings: OpenSettings): void {
    this.settings = settings;
  }

  /** The page listens: what waits comes now. */
  ready(): void {
    this.listening = true;
    if (this.shown === null) return;
    if (this.host === null) this.start(this.shown);
    else if (!this.attended) this.attend(this.host, this.shown);
  }

  notify<Name extends keyof Notices>(name: Name, value: Notices[Name]): void {
    if (!this.browser.isDestroyed()) this.browser.webContents.send(channelOf(name), value);
  }

  /** Lets the host of capture `id` write `path`; answers with the word for it. */
  grant(id: number, path: string): Promise<string> {
    if (this.host?.id !== id) throw new Error('This capture is not open any more.');
    return this.host.grant(path);
  }

  private show(shown: Shown): void {
    this.letGo();
    this.shown = shown;
    this.last = shown;
    this.entitle();
    if (this.listening) this.start(shown);
  }

  private start({ inputs, live, remembered }: Shown): void {
    const id = ++lastId;
    const { port1, port2 } = new MessageChannelMain();
    const host = new HostProcess(
      {
        id,
        program: places.host(),
        inputs,
        live,
        ports: this.settings.ports,
        onOpened: () => {
          if (remembered) this.opened(inputs);
        },
        onGone: (text) => {
          if (this.host === host) this.host = null;
          this.notify('hostGone', { id: host.id, text });
        },
      },
      port1,
    );
    this.host = host;
    if (live !== null) this.capturer = host;
    this.hand(id, { inputs, live }, port2);
  }

  /** A page that was loaded again goes on with what is being captured. */
  private attend(host: HostProcess, shown: Shown): void {
    const id = ++lastId;
    const { port1, port2 } = new MessageChannelMain();
    host.attend(id, port1);
    this.hand(id, shown, port2);
  }

  private hand(id: number, { inputs, live }: Pick<Shown, 'inputs' | 'live'>, port: MessagePortMain): void {
    this.attended = true;
    const capture: DesktopCapture = { id, names: namesOf(inputs, live) };
    this.browser.webContents.postMessage(captureChannel, capture, [port]);
  }

  private deafen(): void {
    this.listening = false;
    this.attended = false;
    // What is captured goes on without anybody who looks.
    if (this.shown?.live === null) this.letGo();
  }

  private letGo(): void {
    this.host?.close();
    this.host = null;
  }

  private entitle(): void {
    const { browser, shown } = this;
    if (browser.isDestroyed()) return;
    const { inputs = [], live = null } = shown ?? {};
    browser.setTitle(windowTitle(live === null ? inputs.map((path) => basename(path)) : [liveName(live.source)]));
    browser.setRepresentedFilename(inputs.length === 1 ? (inputs[0] ?? '') : '');
  }
}

/** For people, without folders. */
function namesOf(inputs: readonly string[], live: LiveOptions | null): readonly string[] {
  return live === null ? inputs.map((path) => plainName(basename(path))) : [plainName(liveName(live.source))];
}
