import type { Drawn } from './across.ts';

/** Some steps in a row that look like those before them: `count` steps from `at`, rounds of `period` each. */
export interface Repeat {
  readonly at: number;
  readonly count: number;
  readonly period: number;
}

/** Fewer stay as they are. */
const LEAST = 6;
/** INVITE and 100 on two hops. */
const LONGEST_PERIOD = 4;

/**
 * Where a loop goes round and round: steps that differ from those before them in nothing but frame and time. The first
 * round is not among them. Nothing is repeated across a pause of `gapNs`, and retransmissions between two lanes never
 * are: when they come is what they tell.
 */
export function repeatsOf(drawn: readonly Drawn[], gapNs: number): Repeat[] {
  const looks = drawn.map(lookOf);
  const repeats: Repeat[] = [];
  for (let from = 0; from < drawn.length;) {
    let best: Repeat | null = null;
    for (let period = 1; period <= LONGEST_PERIOD; period++) {
      const at = from + period;
      const whole = alike(drawn, looks, at, period, gapNs);
      const count = whole - (whole % period);
      if (count >= LEAST && count > (best?.count ?? 0)) best = { at, count, period };
    }
    if (best === null) from++;
    else {
      repeats.push(best);
      from = best.at + best.count;
    }
  }
  return repeats;
}

/** How many steps from `at` on look like the one `period` before. */
function alike(drawn: readonly Drawn[], looks: readonly string[], at: number, period: number, gapNs: number): number {
  let next = at;
  while (next < drawn.length && looks[next] === looks[next - period] && pauseBefore(drawn, next) < gapNs) next++;
  return next - at;
}

function pauseBefore(drawn: readonly Drawn[], at: number): number {
  const [before, here] = [drawn[at - 1], drawn[at]];
  return before === undefined || here === undefined ? 0 : here.step.message.timeNs - before.step.message.timeNs;
}

function lookOf({ step, text, from, to, marks }: Drawn, at: number): string {
  const again = step.message.retransmissionOf !== null;
  if ((again && from !== to) || marks.length > 0) return String(at);
  // The first detail of a retransmission names the frame that it repeats.
  const details = again ? text.details.slice(1) : text.details;
  const words = [text.label, text.cseq, text.badge, text.ink, text.locked, ...details, '', ...text.faults];
  return JSON.stringify([from, to, again, ...words]);
}

/** `22 more like the 2 above, frames 15–78`. */
export function repeatText(drawn: readonly Drawn[], { at, count, period }: Repeat): string {
  const first = drawn[at]?.step.message.frame ?? 0;
  const last = drawn[at + count - 1]?.step.message.frame ?? first;
  return `${count} more like the ${period === 1 ? 'one' : period} above, frames ${first}–${last}`;
}
