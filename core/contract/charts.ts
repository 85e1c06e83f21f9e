/** A moment drawn through all charts, with words above. */
export interface ChartMoment {
  /** Epoch seconds. */
  readonly at: number;
  readonly text: string;
  readonly severity: 'bad' | 'idle';
  /** From here to the end is what is wrong. */
  readonly shades: boolean;
}

/** The charts of one or two streams over time as a drawing: as the screen shows them. */
export interface ChartsExport {
  readonly format: 'svg' | 'png';
  readonly theme?: 'light' | 'dark';
  /** Only for `png`: pixels for each pixel of the drawing, 1 to 4. Default 2. */
  readonly pixelRatio?: number;
  /** Beside each other: `StreamRow.id`, null where a side has no stream, and what the side is called. */
  readonly sides: readonly { readonly stream: number | null; readonly title: string }[];
  /** What they belong to: stands above. */
  readonly title: string;
  /** Epoch seconds as text, of a stretch that is shown alone. */
  readonly from?: string;
  readonly to?: string;
  readonly marks?: readonly ChartMoment[];
}

/** Questions about charts, a part of `Methods`. */
export interface ChartMethods {
  /** Charts as a document; answers in chunks. Rejects with `not-found` for a stream that there is not. */
  exportCharts: { params: ChartsExport; result: { readonly streams: number } };
}
