/** Names longer than this are not compared: the cost grows with the square. */
const LONGEST = 40;

/**
 * The one of `names` that is nearest to what was typed (in any case), or null where none is near: letters left out,
 * added, changed or swapped, one of them in short names, at most three in long ones. The first of equals.
 */
export function nearest(typed: string, names: Iterable<string>): string | null {
  if (typed.length > LONGEST) return null;
  const wanted = typed.toLowerCase();
  let best: string | null = null;
  let least = Math.min(3, Math.ceil(wanted.length / 4)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const distance = edits(wanted, name.toLowerCase());
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** Optimal string alignment distance. */
function edits(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((old[j] as number) + 1, (row[j - 1] as number) + 1, (old[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (older[j - 2] as number) + 1);
      row.push(cost);
    }
    older = old;
    old = row;
  }
  return old[b.length] as number;
}
