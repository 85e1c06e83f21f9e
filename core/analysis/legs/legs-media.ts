import { isWithin, type LegCall, type LinkList } from './leg-links.ts';

/** Calls that announce one place for media, of which each is compared with those before it. */
const MOST_ALIKE = 8;

/**
 * Both calls announce the same place for media, or the same SDP origin: a B2BUA that leaves media alone hands the offer on
 * as it is. Load generators announce one place for all their calls, so a place that several calls have at one time says
 * nothing.
 */
export function byMedia(calls: readonly LegCall[], links: LinkList): void {
  const announced = new Map<string, number[]>();
  for (const [at, call] of calls.entries()) {
    if (!call.isSession) continue;
    const keys = new Set([...call.media, ...(call.origin === null ? [] : [`o=${call.origin}`])]);
    for (const key of keys) {
      const known = announced.get(key);
      if (known === undefined) announced.set(key, [at]);
      else known.push(at);
    }
  }
  for (const [key, list] of announced) {
    for (let next = 1; next < list.length; next++) {
      const at = list[next] as number;
      const b = calls[at] as LegCall;
      const open = list
        .slice(Math.max(0, next - MOST_ALIKE), next)
        .filter((other) => isOpen(calls[other] as LegCall, b));
      const fitting = open.filter((other) => isWithin(calls[other] as LegCall, b));
      const [only] = fitting;
      // Others of the same sender that are open at the same time: the place is everybody's.
      if (only === undefined || fitting.length > 1) continue;
      const a = calls[only] as LegCall;
      if (open.some((other) => other !== only && (calls[other] as LegCall).from === a.from)) continue;
      const what = key.startsWith('o=') ? `the SDP origin ${key.slice(2)}` : `media at ${key.replace(' ', ' port ')}`;
      links.add(only, at, {
        kind: 'media',
        text: `both offer ${what} (frames ${a.frame} and ${b.frame}), and the second began where the first came to`,
        frames: [a.frame, b.frame],
        confidence: 0.9,
      });
    }
  }
}

function isOpen(a: LegCall, b: LegCall): boolean {
  return a.start <= b.start && a.end >= b.start;
}
