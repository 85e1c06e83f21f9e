import type { Media } from './arrange.ts';
import type { LadderStream } from './input.ts';

/** More streams of one call from one lane to the other are drawn as one band. */
const MOST_ALONE = 4;
/** More in a ladder, and those of all calls between two lanes are one. */
const MOST_BANDS = 24;
/** More pairs of lanes than that are counted. */
export const MOST_PAIRS = 60;

/** Streams that are drawn as one band. */
export interface MediaGroup {
  readonly from: number;
  readonly to: number;
  /** Index of the call; -1 for several. */
  readonly call: number;
  /** At least one, in order of their start. */
  readonly streams: readonly [LadderStream, ...LadderStream[]];
}

/**
 * Which streams are one band, so that a ladder stays readable however many there are, and how many are left out: of very
 * many pairs of lanes the ones with warnings are drawn first.
 */
export function groupMedia(media: readonly Media[]): { readonly groups: readonly MediaGroup[]; readonly left: number } {
  const apart = grouped(media, ({ stream, from, to }) => `${stream.callIndex} ${from} ${to}`);
  const single = apart.flatMap((group) => (group.streams.length > MOST_ALONE ? [group] : alone(group)));
  if (single.length <= MOST_BANDS) return { groups: inOrder(single), left: 0 };
  const pairs = grouped(media, ({ from, to }) => `${from} ${to}`);
  if (pairs.length <= MOST_PAIRS) return { groups: inOrder(pairs), left: 0 };
  const warned = (group: MediaGroup): number =>
    group.streams.some(({ media: { warning } }) => warning !== null) ? 0 : 1;
  const ranked = pairs.toSorted((a, b) => warned(a) - warned(b));
  const left = ranked.slice(MOST_PAIRS).reduce((sum, { streams }) => sum + streams.length, 0);
  return { groups: inOrder(ranked.slice(0, MOST_PAIRS)), left };
}

function grouped(media: readonly Media[], keyOf: (one: Media) => string): MediaGroup[] {
  const groups = new Map<
    string,
    { from: number; to: number; call: number; streams: [LadderStream, ...LadderStream[]] }
  >();
  for (const one of media) {
    const { stream, from, to } = one;
    const key = keyOf(one);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { from, to, call: stream.callIndex, streams: [stream] });
    else {
      known.streams.push(stream);
      if (known.call !== stream.callIndex) known.call = -1;
    }
  }
  return [...groups.values()];
}

function alone({ from, to, call, streams }: MediaGroup): MediaGroup[] {
  return streams.map((stream) => ({ from, to, call, streams: [stream] }));
}

function inOrder(groups: readonly MediaGroup[]): readonly MediaGroup[] {
  return groups.toSorted((a, b) => a.streams[0].startNs - b.streams[0].startNs);
}
