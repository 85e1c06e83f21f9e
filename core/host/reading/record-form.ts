import type { ProgramMemory } from '../../bytes/program-memory.ts';
import type { RecordLayout } from '../../capture/reader.ts';
import * as Place from '../../programs/capture/form.ts';

/** Tells the programs that work on a memory what the records of a capture look like (core/programs/capture). */
export class RecordForm {
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  private layout: RecordLayout | null = null;
  private base = Number.NaN;

  constructor(memory: ProgramMemory) {
    this.words = memory.words;
    this.doubles = memory.doubles;
  }

  /** `base`: seconds since 1970 that times are counted from. */
  tell(layout: RecordLayout, base: number): void {
    if (layout === this.layout && base === this.base) return;
    this.layout = layout;
    this.base = base;
    const { blocks, linkType, little, longest, scale } = layout;
    this.setWord(Place.LITTLE, little ? 1 : 0);
    this.setWord(Place.LONGEST, longest);
    this.setWord(Place.LINK_TYPE, linkType);
    this.setWord(Place.IS_BLOCKS, blocks === null ? 0 : 1);
    this.setWord(Place.BLOCK_INTERFACE, blocks?.interface ?? 0);
    this.setWord(Place.INTERFACE, blocks?.number ?? 0);
    // A number of 64 bits, of which the upper ones are 0.
    this.setWord(Place.UNITS, blocks?.units ?? 1);
    this.setWord(Place.UNITS + 4, 0);
    this.doubles[Place.BASE >> 3] = base;
    this.doubles[Place.SCALE >> 3] = scale;
    this.doubles[Place.OFFSET >> 3] = blocks?.offset ?? 0;
  }

  private setWord(place: number, value: number): void {
    this.words[place >> 2] = value;
  }
}
