/** Height of a row, pixels. */
export const ROW = 28;

/** `id` of the row at a place of the list. */
export function securityRowId(at: number): string {
  return `security-row-${at}`;
}

/** `id` of the field that takes IK, and of the one that takes keys as text. */
export const IK_FIELD = 'security-ik';
export const TEXT_FIELD = 'security-text';
