import { BrowserWindow, dialog, nativeTheme, screen, type WebContents } from 'electron';
import { CaptureWindow } from './capture-window.ts';
import { places } from './places.ts';
import { placed, smallest, type KeptWindowState } from './window-state.ts';

/** A page that ends twice within this many milliseconds is not simply loaded again. */
const TOO_SOON = 10_000;

/** All windows of the program. */
export class Windows {
  private readonly state: KeptWindowState;
  private readonly opened: (paths: readonly string[]) => void;
  private readonly all = new Map<BrowserWindow, CaptureWindow>();

  constructor(state: KeptWindowState, opened: (paths: readonly string[]) => void) {
    this.state = state;
    this.opened = opened;
  }

  /** A new window; with `paths` it shows these files, else the welcome screen. */
  add(paths: readonly string[] = []): CaptureWindow {
    const browser = this.frame();
    const window = new CaptureWindow(browser, this.opened);
    this.all.set(browser, window);
    browser.once('closed', () => this.all.delete(browser));
    browser.on('close', () => this.remember(browser));
    browser.once('ready-to-show', () => browser.show());
    this.revive(browser);
    if (paths.length > 0) window.open(paths);
    void window.load();
    return window;
  }

  /** The window of a page that asks something; null for a stranger. */
  of(contents: WebContents): CaptureWindow | null {
    const browser = BrowserWindow.fromWebContents(contents);
    return browser === null ? null : (this.all.get(browser) ?? null);
  }

  /** The one in front; null where there is none. */
  current(): CaptureWindow | null {
    const browser = BrowserWindow.getFocusedWindow() ?? [...this.all.keys()].at(-1) ?? null;
    return browser === null ? null : (this.all.get(browser) ?? null);
  }

  /** Shows `paths`: in a window that shows nothing yet, else in a new one. Without any, the last window comes to the front. */
  show(paths: readonly string[]): void {
    const current = this.current();
    if (current === null || (paths.length > 0 && !current.isEmpty())) {
      this.add(paths);
      return;
    }
    if (paths.length > 0) current.open(paths);
    if (current.browser.isMinimized()) current.browser.restore();
    current.browser.focus();
  }

  private frame(): BrowserWindow {
    const { bounds, maximized } = this.state.get();
    const main = screen.getPrimaryDisplay();
    const areas = [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
    const taken = [...this.all.keys()].map((browser) => browser.getNormalBounds());
    const browser = new BrowserWindow({
      ...placed(bounds, areas, taken),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Sipglass',
      // Before the page has drawn: the colour it will have.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1216' : '#fbfbfc',
      ...(process.platform === 'linux' ? { icon: places.icon() } : {}),
      webPreferences: {
        preload: places.preload(),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    if (maximized) browser.maximize();
    return browser;
  }

  private remember(browser: BrowserWindow): void {
    this.state.set({ bounds: browser.getNormalBounds(), maximized: browser.isMaximized() });
  }

  /** A page whose process ended is loaded again; where that does not help, the user is asked. */
  private revive(browser: BrowserWindow): void {
    let before = 0;
    browser.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || browser.isDestroyed()) return;
      const now = performance.now();
      const again = before === 0 || now - before > TOO_SOON;
      before = now;
      if (again) browser.webContents.reload();
      else void this.ask(browser, reason);
    });
  }

  private async ask(browser: BrowserWindow, reason: string): Promise<void> {
    const { response } = await dialog.showMessageBox(browser, {
      type: 'error',
      message: 'This window stopped working twice in a row.',
      detail: `The process that draws it ended (${reason}). The capture itself is untouched.`,
      buttons: ['Load again', 'Close the window'],
      cancelId: 1,
      noLink: true,
    });
    if (browser.isDestroyed()) return;
    if (response === 0) browser.webContents.reload();
    else browser.destroy();
  }
}
