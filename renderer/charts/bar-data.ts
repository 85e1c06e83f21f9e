/** One kind of what is counted, a layer of each bar. */
export interface BarSeries {
  readonly key: string;
  readonly title: string;
  /** A CSS colour: a token of ours. */
  readonly colour: string;
  /** What tells it apart besides its colour. */
  readonly fill: 'plain' | 'hatched' | 'hollow';
}

/** One bar. */
export interface BarStep {
  /** On the axis; different for each. */
  readonly label: string;
  /** In the tooltip: the whole step. */
  readonly about: string;
  /** By `BarSeries.key`; what is missing is 0. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface BarsProps {
  /** What is shown, in a sentence or two, for those who can't see it. */
  readonly label: string;
  readonly series: readonly BarSeries[];
  readonly steps: readonly BarStep[];
  /** Pixels. */
  readonly height: number;
  /** A click on the step with this index. */
  readonly onStep?: (at: number) => void;
}
