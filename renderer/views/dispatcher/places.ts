/** Height of a row, pixels. */
export const ROW = 56;

/** `id` of the row at a place of the list. */
export function stripId(at: number): string {
  return `dispatcher-row-${at}`;
}
