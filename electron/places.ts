import { app } from 'electron';
import { join } from 'node:path';

/** Where things of the application are: beside each other in its folder, or in an installed one's archive. */
export const places = {
  page: (): string => join(app.getAppPath(), 'dist', 'page'),
  preload: (): string => join(app.getAppPath(), 'dist', 'desktop', 'preload.cjs'),
  host: (): string => join(app.getAppPath(), 'dist', 'host.cjs'),
  /** Files are read by position, which an archive does not allow: in an installed application it lies outside. */
  sample: (): string =>
    app.isPackaged && !process.defaultApp
      ? join(process.resourcesPath, 'sample-day.pcapng')
      : join(app.getAppPath(), 'fixtures', 'sample-day.pcapng'),
  icon: (): string => join(app.getAppPath(), 'packaging', 'icons', '256x256.png'),
  recents: (): string => join(app.getPath('userData'), 'recent.json'),
  windowState: (): string => join(app.getPath('userData'), 'window.json'),
};
