/** Rows of a long list that are asked for at once. */
export const PAGE = 100;
/** Pages kept; those farthest from what is on the screen go first. */
const MOST_PAGES = 30;

/** The row at a place of the list, where the page has it. */
export function rowAt<Row>(pages: ReadonlyMap<number, readonly Row[]>, at: number): Row | undefined {
  return pages.get(Math.floor(at / PAGE))?.[at % PAGE];
}

/** Forgets the pages farthest from the rows on the screen, where there are too many. */
export function keptPages<Row>(
  pages: Map<number, readonly Row[]>,
  screen: { readonly from: number; readonly to: number },
): Map<number, readonly Row[]> {
  const middle = (screen.from + screen.to) / 2 / PAGE;
  while (pages.size > MOST_PAGES) {
    let farthest = -1;
    for (const page of pages.keys())
      if (farthest < 0 || Math.abs(page - middle) > Math.abs(farthest - middle)) farthest = page;
    pages.delete(farthest);
  }
  return pages;
}

/**
 * How long a list is that grows while its pages come one after the other. A page that was the last one when it was asked
 * for ends it until it has come again (there is news to make it do so), where it is among those `near` the screen; others
 * like that are forgotten. `total`: how long it is by the newest answer.
 */
export function withoutHole<Row>(pages: Map<number, readonly Row[]>, total: number, near: readonly number[]): number {
  let end = total;
  for (const [page, rows] of pages) {
    const last = page * PAGE + rows.length;
    if (rows.length === PAGE || last >= total || rows.length === 0) continue;
    if (near.includes(page)) end = Math.min(end, last);
    else pages.delete(page);
  }
  return end;
}
