import { create } from 'zustand';
import type { ChartsExport } from '../../../core/contract/charts.ts';
import type { StreamLine } from '../../../core/contract/streams.ts';

/** The charts that the stream view shows, as a document of them is asked for. */
export type ShownCharts = Pick<ChartsExport, 'sides' | 'from' | 'to' | 'marks'>;

/** The streams that the stream view has beside each other; [] while it is not in front. `charts`: null while there are none. */
export const useShownStreams = create<{
  readonly streams: readonly StreamLine[];
  readonly charts: ShownCharts | null;
}>()(() => ({ streams: [], charts: null }));

export function shownStreams(): readonly StreamLine[] {
  return useShownStreams.getState().streams;
}

/** What a document of the charts that are in front is asked for with. */
export function chartsOf(
  sides: readonly { readonly title: string; readonly stream: StreamLine | null }[],
  span: { readonly from: number; readonly to: number } | null,
  marks: NonNullable<ChartsExport['marks']>,
): ShownCharts | null {
  if (sides.every(({ stream }) => stream === null)) return null;
  return {
    sides: sides.map(({ title, stream }) => ({ stream: stream?.id ?? null, title })),
    ...(span === null ? {} : { from: span.from.toFixed(6), to: span.to.toFixed(6) }),
    marks: marks.map(({ at, text, severity, shades }) => ({ at, text, severity, shades })),
  };
}
