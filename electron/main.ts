/** The desktop program: one process for all windows, one for each capture. No packet comes through this one. */
import { app, dialog, nativeTheme, session } from 'electron';
import { answersOf } from './answers.ts';
import { filesAsked } from './files-asked.ts';
import { answerRequests } from './ipc.ts';
import { Desk } from './live-desk.ts';
import { showMenu } from './menu.ts';
import { places } from './places.ts';
import { announceScheme, servePage } from './protocol.ts';
import { Recents } from './recents.ts';
import { confinePages, confineSession } from './security.ts';
import { KeptWindowState } from './window-state.ts';
import { Windows } from './windows.ts';

/** What the next start of the program hands to the one that runs. */
interface Handed {
  readonly files: readonly string[];
}

const files = filesAsked({
  argv: process.argv,
  folder: process.cwd(),
  appFolder: process.defaultApp ? app.getAppPath() : null,
});

// With the switch (tests as root) the two contradict each other, and no process comes up.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
announceScheme();
confinePages();
if (app.requestSingleInstanceLock({ files } satisfies Handed)) run();
else app.quit();

function run(): void {
  /** Files of which macOS tells before the windows can be shown. */
  let early: string[] = [];
  let show = (paths: readonly string[]): void => {
    early = [...early, ...paths];
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    show([path]);
  });
  app.on('second-instance', (_event, _argv, _folder, handed) => show(isHanded(handed) ? handed.files : []));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  void app.whenReady().then(start).catch(stop);

  function start(): void {
    confineSession(session.defaultSession);
    servePage(session.defaultSession, places.page());
    app.setAboutPanelOptions({
      applicationName: 'Sipglass',
      applicationVersion: SIPGLASS_VERSION,
      copyright: 'MIT licence',
      iconPath: places.icon(),
    });
    const state = new KeptWindowState(places.windowState());
    nativeTheme.themeSource = state.get().theme;
    const recents = new Recents(places.recents());
    const windows = new Windows(state, (paths) => {
      if (paths[0] === places.sample()) return;
      recents.add(paths, Date.now());
      for (const path of paths) app.addRecentDocument(path);
      redraw();
    });
    const redraw = (): void => showMenu(windows, recents, redraw);
    const desk = new Desk(places.host());
    answerRequests(answersOf({ recents, desk, state, recentsChanged: redraw }), ({ sender }) => windows.of(sender));
    redraw();
    show = (paths) => windows.show(paths);
    windows.add([...files, ...early]);
    app.on('activate', () => {
      if (windows.current() === null) windows.add();
    });
  }
}

/** A start that failed leaves no program without a window behind. */
function stop(error: unknown): void {
  dialog.showErrorBox(
    'Sipglass could not start',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  app.exit(1);
}

function isHanded(value: unknown): value is Handed {
  return (
    typeof value === 'object' &&
    value !== null &&
    'files' in value &&
    Array.isArray(value.files) &&
    value.files.every((path) => typeof path === 'string')
  );
}
