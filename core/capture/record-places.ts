/** Records between packets that are remembered; a capture with more is read from its beginning. */
const MOST_HEADERS = 10_000;

/** What another thread found, as plain data. */
export interface PlacesFound {
  readonly headers: readonly { readonly at: number; readonly length: number }[];
  readonly starts: readonly number[];
  /** Packets in front of each start. */
  readonly packets: readonly number[];
}

/** Where a capture can be entered again without reading it from the beginning: offsets in one input. */
export class RecordPlaces {
  /** First byte and length of each record that is no packet (file header, sections, interfaces …): what a reader has to know. */
  private headers: { readonly at: number; readonly length: number }[] = [];
  private starts: number[] = [0];
  private packets: number[] = [0];
  private full = false;

  header(at: number, length: number): void {
    if (this.headers.length < MOST_HEADERS) this.headers.push({ at, length });
    else this.full = true;
  }

  /** A record begins here, or what was read ends; `packets` lie in front. */
  start(at: number, packets: number): void {
    if (this.full || at <= (this.starts.at(-1) ?? 0)) return;
    this.starts.push(at);
    this.packets.push(packets);
  }

  get found(): PlacesFound {
    return { headers: this.headers, starts: this.starts, packets: this.packets };
  }

  /** Takes over what was found by whoever read the input instead. */
  take({ headers, starts, packets }: PlacesFound): void {
    this.headers = [...headers];
    this.starts = [...starts];
    this.packets = [...packets];
  }

  /** The last known start of a record at or before an offset, and the headers in front of it. */
  before(offset: number): Place {
    return this.place(lastUpTo(this.starts, offset));
  }

  /**
   * The known start of a record before the last one that has fewer than `packets` packets in front of it: some megabytes
   * more, so that fragments are met whose datagram becomes whole behind.
   */
  ahead(packets: number): Place {
    return this.place(Math.max(0, lastUpTo(this.packets, packets - 1) - 1));
  }

  private place(index: number): Place {
    const start = this.starts[index] ?? 0;
    return { start, packets: this.packets[index] ?? 0, headers: this.headers.filter(({ at }) => at < start) };
  }
}

/** Where a capture can be entered: a record begins at `start`, behind `packets` packets. */
export interface Place {
  readonly start: number;
  readonly packets: number;
  /** What a reader has to know before. */
  readonly headers: readonly { readonly at: number; readonly length: number }[];
}

/** The place of the last of some ascending numbers that is no more than `most`; 0 where none is. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
