import type { DispatcherRow } from '../../../core/contract/dispatcher.ts';

/** Strips of one row that are drawn apart; with more, the worst of each stretch stands for it. */
const MOST = 400;

export interface Segment {
  readonly key: string;
  readonly flags: string;
  /** 0 to 1 of what is shown. */
  readonly left: number;
  readonly width: number;
}

/** What of a row's states is to be drawn between `start` and `end` (epoch seconds); `until` is the end of the capture. */
export function segmentsOf(
  { transitions, moreTransitions }: Pick<DispatcherRow, 'transitions' | 'moreTransitions'>,
  start: number,
  end: number,
  until: number,
): readonly Segment[] {
  const span = Math.max(1e-6, end - start);
  const parts: Segment[] = [];
  for (const [at, { ts, to }] of transitions.entries()) {
    // What came behind the last one that was kept is not known here.
    const last = transitions[at + 1]?.ts ?? (moreTransitions > 0 ? ts : String(until));
    const from = Math.max(start, Number(ts));
    const right = Math.min(end, Number(last));
    if (to !== null && right > from)
      parts.push({ key: `${ts} ${to}`, flags: to, left: (from - start) / span, width: (right - from) / span });
  }
  return parts.length > MOST ? coalesced(parts) : parts;
}

const worse = 'ADTI';

function coalesced(parts: readonly Segment[]): Segment[] {
  const found = new Map<number, string>();
  for (const { flags, left, width } of parts) {
    const last = Math.min(MOST - 1, Math.floor((left + width) * MOST));
    for (let step = Math.floor(left * MOST); step <= last; step++) {
      const before = found.get(step);
      if (before === undefined || worse.indexOf(flags.charAt(0)) > worse.indexOf(before.charAt(0)))
        found.set(step, flags);
    }
  }
  const merged: Segment[] = [];
  for (const [step, flags] of [...found].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    const left = step / MOST;
    if (before?.flags === flags && Math.abs(before.left + before.width - left) < 1e-9)
      merged[merged.length - 1] = { ...before, width: before.width + 1 / MOST };
    else merged.push({ key: `${step} ${flags}`, flags, left, width: 1 / MOST });
  }
  return merged;
}
