import { MessageChannelMain, type BrowserWindow } from 'electron';
import type { DesktopCapture, OpenSettings } from '../core/contract/desktop.ts';
import { basename } from 'node:path';
import { captureChannel, channelOf, type Notices } from './channels.ts';
import { HostProcess } from './hosts.ts';
import { pageAddress } from './page-address.ts';
import { places } from './places.ts';
import { plainName, windowTitle } from './plain-name.ts';

let lastId = 0;

/** A window, the capture it shows, and that capture's process. */
export class CaptureWindow {
  readonly browser: BrowserWindow;
  private readonly opened: (paths: readonly string[]) => void;
  /** What is shown, or waits until the page listens; empty for the welcome screen. */
  private inputs: readonly string[] = [];
  /** What was shown last, for `again`. */
  private last: readonly string[] = [];
  private host: HostProcess | null = null;
  private settings: OpenSettings = { ports: [] };
  private listening = false;

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
    return this.inputs.length === 0;
  }

  /** Shows these files, merged by time, in place of what is shown. */
  open(paths: readonly string[]): void {
    this.letGo();
    this.inputs = paths;
    this.last = paths;
    this.entitle();
    if (this.listening) this.start();
  }

  /** False where nothing was open. */
  openAgain(): boolean {
    if (this.last.length === 0) return false;
    this.open(this.last);
    return true;
  }

  closeCapture(): void {
    this.letGo();
    this.inputs = [];
    this.entitle();
  }

  use(settings: OpenSettings): void {
    this.settings = settings;
  }

  /** The page listens: what waits comes now. */
  ready(): void {
    this.listening = true;
    if (!this.isEmpty() && this.host === null) this.start();
  }

  notify<Name extends keyof Notices>(name: Name, value: Notices[Name]): void {
    if (!this.browser.isDestroyed()) this.browser.webContents.send(channelOf(name), value);
  }

  /** Lets the host of capture `id` write `path`; answers with the word for it. */
  grant(id: number, path: string): Promise<string> {
    if (this.host?.id !== id) throw new Error('This capture is not open any more.');
    return this.host.grant(path);
  }

  private start(): void {
    const { inputs } = this;
    const id = ++lastId;
    const { port1, port2 } = new MessageChannelMain();
    const host = new HostProcess(
      {
        id,
        program: places.host(),
        inputs,
        ports: this.settings.ports,
        onOpened: () => this.opened(inputs),
        onGone: (text) => {
          if (this.host === host) this.host = null;
          this.notify('hostGone', { id, text });
        },
      },
      port1,
    );
    this.host = host;
    const capture: DesktopCapture = { id, names: inputs.map((path) => plainName(basename(path))) };
    this.browser.webContents.postMessage(captureChannel, capture, [port2]);
  }

  private deafen(): void {
    this.listening = false;
    this.letGo();
  }

  private letGo(): void {
    this.host?.close();
    this.host = null;
  }

  private entitle(): void {
    const { browser, inputs } = this;
    if (browser.isDestroyed()) return;
    browser.setTitle(windowTitle(inputs.map((path) => basename(path))));
    browser.setRepresentedFilename(inputs.length === 1 ? (inputs[0] ?? '') : '');
  }
}
