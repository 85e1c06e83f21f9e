import { app, shell, type Session, type WebContents } from 'electron';
import { isOurPage, pageScheme } from './page-address.ts';

/** Where links of our own texts may lead, in the user's browser. */
const linksAllowed = ['https://www.rfc-editor.org/rfc/'];

/** The one thing a page may ask of the system: to put something on the clipboard when the user says so. */
const permission = 'clipboard-sanitized-write';

/** What the page may load: its own files, what it makes itself, and the developer tools. */
const schemes = [`${pageScheme}:`, 'data:', 'blob:', 'devtools:'];

/** Whether a link may be handed to the user's browser. */
export function mayOpen(address: string): boolean {
  return linksAllowed.some((start) => address.startsWith(start));
}

/** Every page that ever comes up stays where it is, and opens nothing. */
export function confinePages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

function confine(contents: WebContents): void {
  const stay = (event: Electron.Event, address: string): void => {
    if (!isOurPage(address)) event.preventDefault();
  };
  contents.on('will-navigate', (event, address) => stay(event, address));
  contents.on('will-redirect', (event, address) => stay(event, address));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpen(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Denies what a page could ask of the system, and all traffic. */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, asked, answer) => answer(asked === permission));
  session.setPermissionCheckHandler((_contents, asked) => asked === permission);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !schemes.some((scheme) => url.startsWith(scheme)) });
  });
}
