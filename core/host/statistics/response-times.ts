import { responseTimes } from '../../analysis/response-times.ts';
import { milliseconds } from '../../bytes/time.ts';
import type { ResponseTimes } from '../../contract/model.ts';
import { Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import { rowsCounted, type Counted } from './rows-counted.ts';

/** How long requests waited, for each method. Throws ContractError `filter`, `cancelled`. */
export async function responseTimesOf(
  open: OpenCapture,
  query: Counted,
  signal: AbortSignal,
): Promise<readonly ResponseTimes[]> {
  const { analysis } = open.session;
  const waits = await inTurns(responseTimes(analysis, await rowsCounted(open, query, signal)), signal);
  const inMs = (ns: number): number => milliseconds(ns) ?? 0;
  return waits.map(({ method, until, count, unanswered, min, median, p95, p99, max, histogram }) => ({
    method: method === 0 ? '(other)' : (analysis.messages.methods.text(method) ?? ''),
    until,
    count,
    unanswered,
    minMs: inMs(min),
    medianMs: inMs(median),
    p95Ms: inMs(p95),
    p99Ms: inMs(p99),
    maxMs: inMs(max),
    histogram: histogram.map((step) => ({
      fromMs: 2 ** step.power / 1000,
      toMs: 2 ** (step.power + 1) / 1000,
      count: step.count,
    })),
  }));
}

/** Runs a long reckoning that stops now and then, with turns for others in between, and returns what it came to. */
async function inTurns<Result>(work: Generator<void, Result>, signal: AbortSignal): Promise<Result> {
  const turns = new Turns(signal);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await turns.next();
  }
}
