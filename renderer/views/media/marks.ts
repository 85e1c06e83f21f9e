import type { CallMedia, StreamCourse } from '../../../core/contract/streams.ts';
import type { Side } from './selection.ts';
import { msText } from './words.ts';

/** Something at a moment, drawn through all charts. */
export interface ChartMark {
  /** Epoch seconds. */
  readonly at: number;
  readonly text: string;
  readonly kind: 'change' | 'offer' | 'packets';
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
        kind: 'change',
        severity: wrong ? 'bad' : 'idle',
        shades: wrong && at === changes.length - 1,
        side: key,
      });
    }
    for (const { ts, kind, text } of courses[index]?.fine?.marks ?? []) {
      if (kind !== 'ssrc' && kind !== 'restart' && kind !== 'payload-type') continue;
      marks.push({ at: Number(ts), text, kind: 'packets', severity: 'idle', shades: false, side: key });
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
          kind: 'offer',
          severity: 'idle',
          shades: false,
          side: null,
        });
      }
      for (const { from, how } of holds)
        found.set(`${Number(from).toFixed(1)} hold`, {
          at: Number(from),
          text: `hold (${how})`,
          kind: 'packets',
          severity: 'idle',
          shades: false,
          side: null,
        });
    }
  }
  return [...found.values()];
}

/** What both sides show at about the same time is one mark, of no side. */
const SAME = 0.2;
/** A change of packet time so long behind an offer comes of it: `re-INVITE · packets now 40 ms`. */
const BEHIND = 1.5;

function joined(marks: readonly ChartMark[]): ChartMark[] {
  const made: ChartMark[] = [];
  for (const mark of marks) {
    const twin = made.findIndex(({ at, side, text }) => side !== null && mark.at - at < SAME && text === mark.text);
    const found = made[twin];
    if (found === undefined) made.push(mark);
    else made[twin] = { ...found, side: null, shades: found.shades || mark.shades };
  }
  return made.flatMap((mark, index) => {
    const next = made[index + 1];
    const last = made[index - 1];
    const isOffer = ({ side, kind }: ChartMark): boolean => kind === 'offer' && side === null;
    if (isOffer(mark) && next?.kind === 'change' && next.at - mark.at < BEHIND) return [];
    if (mark.kind === 'change' && last !== undefined && isOffer(last) && mark.at - last.at < BEHIND)
      return [{ ...mark, text: `${last.text} · ${mark.text}` }];
    return [mark];
  });
}
