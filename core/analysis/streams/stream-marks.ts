/** Marks of a kind that are kept; there may be as many as packets. */
export const MAX_MARKS = 200;

/** Something that packets showed. Times are nanoseconds of the session. */
export interface FoundMark {
  readonly kind: 'gap' | 'restart' | 'payload-type' | 'marker';
  readonly time: number;
  readonly frame: number;
  /** Packets missing, sequence number, payload type. */
  readonly value: number;
  /** The payload type before. */
  readonly before?: number;
}

/** Marks in order, as many of each kind as are kept. */
export class MarkList {
  /** Marks that came when there were enough. */
  leftOut = 0;
  private readonly kept: { mark: FoundMark; less: number }[] = [];
  private readonly counts = new Map<string, number>();

  /** Number of the mark, -1 where it is not kept. */
  add(mark: FoundMark): number {
    const count = this.counts.get(mark.kind) ?? 0;
    if (count >= MAX_MARKS) {
      this.leftOut += 1;
      return -1;
    }
    this.counts.set(mark.kind, count + 1);
    return this.kept.push({ mark, less: 0 }) - 1;
  }

  /** One packet less is missing in the gap with this number. */
  lessen(number: number): void {
    const one = this.kept[number];
    if (one !== undefined) one.less += 1;
  }

  /** Gaps that were filled later are none. */
  get list(): readonly FoundMark[] {
    return this.kept.flatMap(({ less, mark }) => {
      if (mark.kind !== 'gap' || less === 0) return [mark];
      return mark.value > less ? [{ ...mark, value: mark.value - less }] : [];
    });
  }
}
