import type { FileRing } from './file-ring.ts';
import type { Recorder } from './recorder.ts';

/** Packets that come and are put on disk: what an index of live packets needs of whoever brings them. */
export interface Recording {
  readonly ring: FileRing;
  readonly recorder: Recorder;
  /** A file for a moment, beside the others. */
  readonly carriedPath: string;
  /** Ends it, and gives up what was recorded. */
  remove(): Promise<void>;
}
