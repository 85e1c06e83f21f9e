/**
 * Loops and spirals (RFC 3261 16.3, RFC 5393): a host that gets a request again is in a loop where all that decides on the
 * way is as it was (Request-URI, Route); with other routing data it is a spiral, which is legal. What goes round with
 * something new each time until Max-Forwards is used up is a loop as well.
 */

/** A request on a hop, as much of it as the question needs. */
export interface PathStep {
  readonly frame: number;
  /** `address:port` it went to. */
  readonly host: string;
  /** Index of the hop before, null where there is none. */
  readonly before: number | null;
  /** The very message that was seen on the hop before: it did not pass a proxy. */
  readonly sameMessage: boolean;
  /** Null where only a response of this hop was captured. */
  readonly requestUri: string | null;
  readonly route: readonly string[];
  /** `host:port` of the Vias below the topmost and above the lowest: proxies that it passed before. */
  readonly passed: readonly string[];
  readonly maxForwards: number | null;
}

/** The response that shows that it went too far: 482 or 483. */
export interface Refusal {
  readonly status: number;
  readonly frame: number;
}

export interface PathJudgement {
  readonly verdict: 'ok' | 'loop' | 'spiral' | 'max-forwards';
  /** A sentence; '' for `ok`. Quotes the capture. */
  readonly why: string;
  /** By step: which time its host gets the request, from 1. */
  readonly visits: readonly number[];
}

/** Visits of one host from which on a request that ends with 482 or 483 goes round, whatever changes on the way. */
const ROUND = 3;
/** Characters of a Request-URI that are quoted. */
const QUOTED = 80;

export function judgePath(steps: readonly PathStep[], refusal: Refusal | null): PathJudgement {
  const visits: number[] = [];
  /** By step: for each host on the way so far the steps that came to it. Shared along a way, made anew where it forks. */
  let loop: readonly [PathStep, PathStep] | null = null;
  let spiral: readonly [PathStep, PathStep] | null = null;
  let most = 1;
  for (const [at, step] of steps.entries()) {
    let count = 1;
    if (step.sameMessage && step.before !== null) count = visits[step.before] ?? 1;
    else {
      for (const earlier of before(steps, at)) {
        if (earlier.host !== step.host || earlier.sameMessage) continue;
        count += 1;
        if (loop === null && isSameWay(earlier, step)) loop = [earlier, step];
        else spiral ??= [earlier, step];
      }
    }
    visits.push(count);
    most = Math.max(most, count);
  }
  const ended = refusal === null ? '' : `; it ended with ${refusal.status} (frame ${refusal.frame})`;
  if (loop !== null) {
    const [first, again] = loop;
    return {
      verdict: 'loop',
      why: `${again.host} got the request ${times(most)}, again with the same Request-URI ${quoted(again.requestUri)} and the same Route (frames ${first.frame} and ${again.frame}): a loop${ended}.`,
      visits,
    };
  }
  if (spiral !== null) {
    const [first, again] = spiral;
    if (refusal !== null && most >= ROUND)
      return {
        verdict: 'loop',
        why: `${again.host} got the request ${times(most)}, each time with other routing data (frames ${first.frame} and ${again.frame}), until it was refused: it goes round${ended}.`,
        visits,
      };
    const { frame } = first;
    const what =
      first.requestUri === again.requestUri
        ? `another Route (frames ${frame} and ${again.frame})`
        : `another Request-URI (${quoted(first.requestUri)} in frame ${frame}, ${quoted(again.requestUri)} in frame ${again.frame})`;
    return {
      verdict: 'spiral',
      why: `${again.host} got the request ${times(most)}, with ${what}: a spiral, which is legal${ended}.`,
      visits,
    };
  }
  return byVias(steps, refusal, visits, ended);
}

/** What the capture did not see is in the Vias: a proxy that is named twice was passed twice. */
function byVias(
  steps: readonly PathStep[],
  refusal: Refusal | null,
  visits: readonly number[],
  ended: string,
): PathJudgement {
  for (const step of steps) {
    const twice = step.passed.find((host, at) => step.passed.indexOf(host) < at);
    if (twice === undefined) continue;
    const often = step.passed.filter((host) => host === twice).length;
    return {
      verdict: refusal === null ? 'spiral' : 'loop',
      why: `The Vias of frame ${step.frame} name ${twice} ${times(often)}; what it got each time is not in the capture${refusal === null ? ': a spiral, since it went on' : ended}.`,
      visits,
    };
  }
  if (refusal?.status === 483) {
    const last = steps.reduce<number | null>(
      (least, { maxForwards }) => (maxForwards === null ? least : Math.min(least ?? 255, maxForwards)),
      null,
    );
    return {
      verdict: 'max-forwards',
      why: `Max-Forwards was used up${last === null ? '' : ` (${last} on the last hop)`}: 483 in frame ${refusal.frame}, although no host that the capture shows got the request twice.`,
      visits,
    };
  }
  return { verdict: 'ok', why: '', visits };
}

/** Steps on the way to the one at `at`, the nearest first; none twice, whatever `before` says. */
function* before(steps: readonly PathStep[], at: number): Generator<PathStep> {
  let left = steps.length;
  for (let next = steps[at]?.before ?? null; next !== null && left > 0; next = steps[next]?.before ?? null) {
    left -= 1;
    const step = steps[next];
    if (step === undefined) return;
    yield step;
  }
}

function isSameWay(a: PathStep, b: PathStep): boolean {
  return (
    a.requestUri !== null &&
    a.requestUri === b.requestUri &&
    a.route.length === b.route.length &&
    a.route.every((route, at) => route === b.route[at])
  );
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

function quoted(text: string | null): string {
  if (text === null) return 'that is not in the capture';
  return `“${text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}”`;
}
