/** Height of a row, pixels. */
export const ROW = 28;

/** `id` of the row at a place of the list. */
export function registrationId(at: number): string {
  return `registration-row-${at}`;
}
