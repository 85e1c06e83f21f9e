/** A line of a chart. */
export interface LineSeries {
  readonly key: string;
  readonly title: string;
  /** A CSS colour: a token of ours. */
  readonly colour: string;
  /** What tells it apart besides its colour. */
  readonly stroke: 'plain' | 'dashed';
}

/** Values at a moment (epoch seconds), by `LineSeries.key`; NaN breaks a line, one that is not there doesn’t. */
export type LinePoint = { readonly at: number } & Readonly<Record<string, number | null>>;

/** A dashed line across the chart at a value; what it means stands above the chart, where no line runs through it. */
export interface LineLimit {
  readonly value: number;
  readonly title: string;
}

export interface LinesProps {
  readonly label: string;
  readonly series: readonly LineSeries[];
  /** In the order of time. */
  readonly points: readonly LinePoint[];
  readonly from: number;
  readonly to: number;
  /** Moments that have a line of the grid. */
  readonly ticks: readonly number[];
  /** The axis goes from 0 to here, or from `least`. */
  readonly most: number;
  readonly least?: number;
  /** A value holds until the next one, else it goes there in a straight line. */
  readonly steps?: boolean;
  readonly limits: readonly LineLimit[];
  /** Pixels. */
  readonly height: number;
}

/** Pixels left of the plot, for the figures of the axis, and right of it. */
export const PLOT_LEFT = 44;
export const PLOT_RIGHT = 10;
