import { dirname, extname, resolve } from 'node:path';
import type { LiveOptions } from '../../contract/live.ts';
import { CaptureError } from '../../capture/reader.ts';
import { LiveCapture } from '../../live/live-capture.ts';

export type { LiveCapture } from '../../live/live-capture.ts';

/**
 * Captures into a file of the user's choice: `path` itself, or with `numbered` one after the other, with a number before
 * the ending. Nothing is analysed. Rejects with a CaptureError of one sentence where it cannot begin.
 */
export function recordLive(options: LiveOptions, path: string, numbered: boolean): Promise<LiveCapture> {
  if (dirname(resolve(path)) === resolve(path)) throw new CaptureError(`${path}: is a directory`);
  const ending = extname(path);
  const stem = ending === '' ? path : path.slice(0, -ending.length);
  const pathOf = (number: number): string => (numbered ? `${stem}-${String(number).padStart(5, '0')}${ending}` : path);
  const endless = { ...options, fileBytes: Number.POSITIVE_INFINITY, files: 1 };
  return LiveCapture.start(numbered ? options : endless, { pathOf, carriedPath: `${path}.tmp`, early: false });
}
