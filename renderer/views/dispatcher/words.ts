/** `3 s`, `0.5 s`, `2 min` */
export function secondsText(ms: number): string {
  if (ms >= 120_000 && ms % 60_000 < 500) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 100) / 10} s`;
}

/** Milliseconds with as many figures as one reads: `0.62 ms`, `14 ms`. */
export function millisecondsText(ms: number): string {
  return `${ms < 10 ? Math.round(ms * 100) / 100 : Math.round(ms)} ms`;
}

/** A moment of the capture (0 to 1) as epoch seconds with milliseconds. */
export function momentText(start: string, end: string, moment: number): string {
  const from = Number(start);
  return (from + (Number(end) - from) * moment).toFixed(3);
}

/** Where a moment (epoch seconds) lies in the capture: 0 to 1. */
export function placeOf(start: string, end: string, ts: string): number {
  const from = Number(start);
  const span = Number(end) - from;
  return span > 0 ? Math.min(1, Math.max(0, (Number(ts) - from) / span)) : 0;
}
