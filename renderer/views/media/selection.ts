import type { StreamLine } from '../../../core/contract/streams.ts';
import type { MediaState } from '../../state/media.ts';
import { legLetter } from './words.ts';

/** One of the two places beside each other: who should be heard there, and what is. */
export interface Side {
  readonly key: 'one' | 'other';
  /** `Caller to callee`, `Leg A, caller to callee`. */
  readonly title: string;
  /** Null: nothing came this way. */
  readonly stream: StreamLine | null;
  /** All that came this way, if another SSRC took over: the one with most packets first. */
  readonly others: readonly StreamLine[];
}

/** What there is to choose among, and what is chosen. */
export interface Selection {
  readonly sections: readonly { readonly section: number; readonly media: string }[];
  readonly section: number | null;
  readonly legs: readonly number[];
  readonly leg: number;
  readonly beside: MediaState['beside'];
  readonly sides: readonly Side[];
}

type Choice = Pick<MediaState, 'beside' | 'leg' | 'toCallee' | 'section'>;

/** Two streams beside each other. `meant`: the stream that the view was opened with; null for a whole call. */
export function selectionOf(streams: readonly StreamLine[], meant: number | null, choice: Choice): Selection {
  const known = streams.find(({ id }) => id === meant) ?? null;
  const sections = sectionsOf(streams);
  const section = choice.section ?? known?.section ?? sections[0]?.section ?? null;
  const own = streams.filter((stream) => stream.section === section);
  const legs = [...new Set(own.flatMap(({ leg }) => leg ?? []))].sort((a, b) => a - b);
  if (legs.length === 0) return { ...unbound(streams, known), sections, section };
  const leg = legs.includes(choice.leg) ? choice.leg : (legs[0] ?? 1);
  const side = (key: Side['key'], at: number, toCallee: boolean): Side => {
    const way = own
      .filter((one) => one.leg === at && (one.direction === 'caller-to-callee') === toCallee)
      .toSorted((a, b) => b.packets - a.packets || a.id - b.id);
    const words = toCallee ? 'aller to callee' : 'allee to caller';
    const title = legs.length > 1 ? `Leg ${legLetter(at)}, c${words}` : `C${words}`;
    return { key, title, stream: way.find(({ id }) => id === meant) ?? way[0] ?? null, others: way };
  };
  if (choice.beside === 'directions' || legs.length < 2)
    return {
      sections,
      section,
      legs,
      leg,
      beside: 'directions',
      sides: [side('one', leg, true), side('other', leg, false)],
    };
  // The last leg has none behind it: it is compared with the one before.
  const first = Math.min(legs.indexOf(leg), legs.length - 2);
  const [one = 1, other = 2] = legs.slice(first, first + 2);
  return {
    sections,
    section,
    legs,
    leg: one,
    beside: 'legs',
    sides: [side('one', one, choice.toCallee), side('other', other, choice.toCallee)],
  };
}

/** A stream that belongs to no call, and the one that goes back the same way. */
function unbound(
  streams: readonly StreamLine[],
  meant: StreamLine | null,
): Pick<Selection, 'legs' | 'leg' | 'beside' | 'sides'> {
  const stream = meant ?? streams[0] ?? null;
  const back = streams.find((one) => stream !== null && isBack(stream, one)) ?? null;
  const sides: Side[] = stream === null ? [] : [{ key: 'one', title: 'Stream', stream, others: [stream] }];
  if (back !== null) sides.push({ key: 'other', title: 'Back the same way', stream: back, others: [back] });
  return { legs: [], leg: 1, beside: 'directions', sides };
}

/** Whether `other` goes from where `stream` ends to where it begins, at the same time. */
export function isBack(stream: StreamLine, other: StreamLine): boolean {
  return (
    other.src === stream.dst &&
    other.sport === stream.dport &&
    other.dst === stream.src &&
    other.dport === stream.sport &&
    Number(other.start) <= Number(stream.end) &&
    Number(other.end) >= Number(stream.start)
  );
}

function sectionsOf(streams: readonly StreamLine[]): Selection['sections'] {
  const found = new Map<number, string>();
  for (const { section, media } of streams) if (section !== null) found.set(section, media ?? 'media');
  return [...found].map(([section, media]) => ({ section, media })).sort((a, b) => a.section - b.section);
}
