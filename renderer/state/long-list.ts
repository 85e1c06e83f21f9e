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
