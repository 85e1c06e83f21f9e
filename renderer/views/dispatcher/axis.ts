/** Steps between marks of a time axis, seconds. */
const steps = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
];
/** Marks of an axis at most. */
const MOST = 8;

export interface AxisMark {
  /** Epoch seconds. */
  readonly ts: string;
  /** 0 to 1 of the axis. */
  readonly place: number;
}

/** Marks at round times, `step` seconds apart; none for an axis without length. */
export function axisMarks(from: string, to: string): { readonly marks: readonly AxisMark[]; readonly step: number } {
  const start = Number(from);
  const span = Number(to) - start;
  if (!(span > 0)) return { marks: [], step: 1 };
  const step = steps.find((one) => span / one <= MOST) ?? span / MOST;
  const marks: AxisMark[] = [];
  for (let at = Math.ceil(start / step) * step; at <= start + span && marks.length <= MOST; at += step)
    marks.push({ ts: at.toFixed(3), place: (at - start) / span });
  return { marks, step };
}
