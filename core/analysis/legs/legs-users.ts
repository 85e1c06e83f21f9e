import { isWithin, outcomes, type LegCall, type LinkList } from './leg-links.ts';

/** Calls that came to one host before another began there: so many are compared, the latest first. */
const MOST_CANDIDATES = 64;
/** What is less sure than this by users and times alone is not told. */
const LEAST = 0.6;
/** Two that are as good as each other within this are both dropped. */
const CLEAR = 0.05;
/** A B2BUA that has nothing to ask begins the other leg within this time, nanoseconds. */
const PROMPT = 250e6;
/** Shortest number that counts where one ends with the other. */
const LEAST_DIGITS = 4;

/** The same users, and one call within the other: what is left where a B2BUA hands nothing on. */
export function byUsers(calls: readonly LegCall[], links: LinkList): void {
  const arrived = new Map<number, number[]>();
  const order = calls
    .map((_, at) => at)
    .filter((at) => (calls[at] as LegCall).isSession)
    .sort((a, b) => (calls[a] as LegCall).start - (calls[b] as LegCall).start);
  for (const at of order) {
    const b = calls[at] as LegCall;
    const candidates = arrived.get(b.from) ?? [];
    let likeliest = -1;
    let score = 0;
    let second = 0;
    for (const other of candidates.slice(-MOST_CANDIDATES)) {
      const own = scoreOf(calls[other] as LegCall, b);
      if (own > score) {
        second = score;
        score = own;
        likeliest = other;
      } else if (own > second) second = own;
    }
    if (likeliest !== -1 && score >= LEAST && (score - second >= CLEAR || links.has(likeliest, at))) {
      const a = calls[likeliest] as LegCall;
      links.add(likeliest, at, {
        kind: 'users',
        text: sentence(a, b),
        frames: [a.frame, b.frame],
        confidence: Math.round(score * 100) / 100,
      });
    }
    for (const host of new Set(b.arrivals)) {
      const known = arrived.get(host);
      if (known === undefined) arrived.set(host, [at]);
      else known.push(at);
    }
  }
}

/** How well `b` fits as the leg that whoever got `a` began, 0 to 0.9. */
function scoreOf(a: LegCall, b: LegCall): number {
  if (!isWithin(a, b)) return 0;
  const ends = outcomes(a, b);
  if (ends === 'contradict') return 0;
  const called = closest(a.callees, b.callees);
  const calling = closest(a.callers, b.callers);
  if (called === 0) return 0;
  // Who calls is hidden often, and replaced by a main number: that is no contradiction, but it says nothing either.
  let score = 0.5 * called + 0.2 * calling;
  if (b.start - a.start <= PROMPT) score += 0.1;
  if (ends === 'fit') score += 0.1;
  return score;
}

function closest(one: readonly string[], other: readonly string[]): number {
  let most = 0;
  for (const a of one) for (const b of other) most = Math.max(most, sameUser(a, b));
  return most;
}

const hidden = /^(?:anonymous|unavailable|unknown|restricted|private|)$/iu;

/** 1 for the same user, less where one number ends with the other (a prefix was put on or taken off); 0 for others and hidden ones. */
export function sameUser(a: string, b: string): number {
  if (hidden.test(a) || hidden.test(b)) return 0;
  if (a.toLowerCase() === b.toLowerCase()) return 1;
  const [one, other] = [digits(a), digits(b)];
  if (one === null || other === null) return 0;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= LEAST_DIGITS && long.endsWith(short) ? 0.9 : 0;
}

/** A telephone number without what stands for “here begins another country, or a long way”; null for a name. */
function digits(user: string): string | null {
  const number = user.replaceAll(/[\s().-]/gu, '');
  if (!/^\+?[\d*#]+$/u.test(number)) return null;
  return number.replace(/^\+/u, '').replace(/^0+/u, '');
}

function sentence(a: LegCall, b: LegCall): string {
  const ms = Math.max(0, Math.round((b.start - a.start) / 1e6));
  const ends = outcomes(a, b) === 'fit' ? ', and they end alike' : '';
  const caller = closest(a.callers, b.callers) > 0 ? ', with the same caller' : '';
  return `frame ${b.frame} began where frame ${a.frame} had come to, ${ms} ms later, to the same user (${quoted(a.callees)}, ${quoted(b.callees)})${caller}${ends}`;
}

function quoted([first = '']: readonly string[]): string {
  return `“${first.slice(0, 60)}”`;
}
