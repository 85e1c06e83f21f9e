import { browserShell } from './browser.ts';
import { desktopShell } from './desktop.ts';
import type { Shell } from './shell.ts';

/** The surroundings that this page finds itself in. */
export const shell: Shell = 'sipglassDesktop' in window ? desktopShell() : browserShell();
