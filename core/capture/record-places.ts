/** Records between packets that are remembered; a capture with more is read from its beginning. */
const MOST_HEADERS = 10_000;

/** What another thread found, as plain data. */
export interface PlacesFound {
  readonly headers: readonly { readonly at: number; readonly length: number }[];
  readonly starts: readonly number[];
}

/** Where a capture can be entered again without reading it from the beginning: offsets in one input. */
export class RecordPlaces {
  /** First byte and length of each record that is no packet (file header, sections, interfaces …): what a reader has to know. */
  private headers: { readonly at: number; readonly length: number }[] = [];
  private starts: number[] = [0];
  private full = false;

  header(at: number, length: number): void {
    if (this.headers.length < MOST_HEADERS) this.headers.push({ at, length });
    else this.full = true;
  }

  /** A record begins here, or what was read ends. */
  start(at: number): void {
    if (!this.full && at > (this.starts.at(-1) ?? 0)) this.starts.push(at);
  }

  get found(): PlacesFound {
    return { headers: this.headers, starts: this.starts };
  }

  /** Takes over what was found by whoever read the input instead. */
  take({ headers, starts }: PlacesFound): void {
    this.headers = [...headers];
    this.starts = [...starts];
  }

  /** The last known start of a record at or before an offset, and the headers in front of it. */
  before(offset: number): {
    readonly start: number;
    readonly headers: readonly { readonly at: number; readonly length: number }[];
  } {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    const start = this.starts[low - 1] ?? 0;
    return { start, headers: this.headers.filter(({ at }) => at < start) };
  }
}
