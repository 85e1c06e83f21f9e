/** `id` of the list of calls. */
export const LIST_ID = 'calls-list';

/** `id` of the row at a place of the list. */
export function rowId(at: number): string {
  return `calls-row-${at}`;
}

/** Whether keys go to the list. */
export function isInList(): boolean {
  return document.activeElement?.id === LIST_ID;
}

/** Keys go to the list from now on. */
export function focusList(): void {
  document.querySelector<HTMLElement>(`#${LIST_ID}`)?.focus({ preventScroll: true });
}
