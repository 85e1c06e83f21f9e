import type { Completion } from '../../contract/model.ts';
import { complete } from '../../filter/index.ts';
import type { OpenCapture } from '../open-capture.ts';
import { valuesOf } from './known-values.ts';

/** What could stand at `at` in a filter, the likeliest first; with values that the capture has. */
export function completionsAt(open: OpenCapture, filter: string, at: number): readonly Completion[] {
  return complete(filter, at, { values: (field) => valuesOf(open, field) });
}
