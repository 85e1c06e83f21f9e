import type { CallMedia, StreamCourse } from '../../../core/contract/streams.ts';
import type { Side } from './selection.ts';
import { msText } from './words.ts';

/** Something at a moment, drawn through all charts. */
export interface ChartMark {
  /** Epoch seconds. */
  readonly at: number;
  readonly text: string;
  readonly severity: 'bad' | 'idle';
  /** From here to the end is what is wrong. */
  readonly shades: boolean;
  /** Whose it is; null for all. */
  readonly side: Side['key'] | null;
}

/** Marks drawn at most: more would hide the lines. */
const MOST = 24;

/** Where packet times changed, where SDP was exchanged anew, and what else the packets show. */
export function marksOf(
  sides: readonly Side[],
  courses: readonly (StreamCourse | null)[],
  media: CallMedia | null,
): readonly ChartMark[] {
  const marks: ChartMark[] = [];
  for (const [index, { key, stream }] of sides.entries()) {
    if (stream === null) continue;
    const { changes, verdict } = stream.ptime;
    const bad = verdict !== 'agree' && verdict !== 'unknown';
    for (const [at, change] of changes.entries()) {
      if (at === 0) continue;
      const wrong = bad && !fits(change.ms, stream.ptime);
      marks.push({
        at: Number(change.ts),
        text: `packets now ${msText(change.ms)}`,
        severity: wrong ? 'bad' : 'idle',
        shades: wrong && at === changes.length - 1,
        side: key,
      });
    }
    for (const { ts, kind, text } of courses[index]?.fine?.marks ?? []) {
      if (kind !== 'ssrc' && kind !== 'restart' && kind !== 'payload-type') continue;
      marks.push({ at: Number(ts), text, severity: 'idle', shades: false, side: key });
    }
  }
  marks.push(...offersOf(sides, media));
  const sorted = joined(marks.sort((a, b) => a.at - b.at));
  // Those that are wrong stay when there are too many.
  return sorted.length <= MOST
    ? sorted
    : [...sorted]
        .sort((a, b) => Number(b.severity === 'bad') - Number(a.severity === 'bad'))
        .slice(0, MOST)
        .sort((a, b) => a.at - b.at);
}

function fits(ms: number, { wantedMs, maxMs }: NonNullable<Side['stream']>['ptime']): boolean {
  return (maxMs === null || ms <= maxMs + 0.5) && (wantedMs === null || Math.abs(ms - wantedMs) <= 0.5);
}

/** Offers after the first: re-INVITE, UPDATE. */
function offersOf(sides: readonly Side[], media: CallMedia | null): ChartMark[] {
  if (media === null) return [];
  const legs = new Set(sides.flatMap(({ stream }) => stream?.leg ?? []));
  const section = sides.find(({ stream }) => stream !== null)?.stream?.section ?? null;
  const found = new Map<string, ChartMark>();
  for (const { legs: own, section: number } of media.sections) {
    if (number !== section) continue;
    for (const { leg, words, holds } of own) {
      if (!legs.has(leg)) continue;
      const offers = words.filter(({ role }) => role === 'offer');
      for (const { ts, message } of offers.slice(1)) {
        const text = message === 'INVITE' ? 're-INVITE' : message;
        found.set(`${Number(ts).toFixed(1)} ${text}`, {
          at: Number(ts),
          text,
          severity: 'idle',
          shades: false,
          side: null,
        });
      }
      for (const { from, how } of holds)
        found.set(`${Number(from).toFixed(1)} hold`, {
          at: Number(from),
          text: `hold (${how})`,
          severity: 'idle',
          shades: false,
          side: null,
        });
    }
  }
  return [...found.values()];
}

/** A change of packet time right behind an offer is one mark with it: `re-INVITE · packets now 40 ms`. */
function joined(marks: readonly ChartMark[]): ChartMark[] {
  const made: ChartMark[] = [];
  for (const mark of marks) {
    const last = made.at(-1);
    if (last !== undefined && last.side === null && mark.side !== null && mark.at - last.at < 1.5) {
      made[made.length - 1] = { ...mark, text: `${last.text} · ${mark.text}` };
    } else made.push(mark);
  }
  return made;
}

/** Part of the width that the words of a mark take. */
const WORDS = 0.24;
/** Words below each other at most; more lie on each other. */
const MOST_LINES = 3;

/** In which line, from 0, the words of each mark stand so that they don’t lie on those before; `length`: seconds seen. */
export function markLines(marks: readonly ChartMark[], length: number): number[] {
  const ends = Array.from({ length: MOST_LINES }, () => -Infinity);
  return marks.map(({ at }) => {
    const free = ends.findIndex((end) => end <= at);
    const line = free === -1 ? MOST_LINES - 1 : free;
    ends[line] = at + WORDS * length;
    return line;
  });
}
