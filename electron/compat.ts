import * as electron from 'electron';

/** Electron 32 took `File.path` away and gave `webUtils` instead, which 29 has already. */
interface Either {
  readonly webUtils?: { getPathForFile(file: File): string };
}

/** Where a file that was dropped or picked is on disk; empty for one that only exists in memory. */
export function pathOfFile(file: File): string {
  const { webUtils } = electron as Either;
  if (webUtils !== undefined) return webUtils.getPathForFile(file);
  const { path } = file as { readonly path?: unknown };
  return typeof path === 'string' ? path : '';
}
