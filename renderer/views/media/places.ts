/** `id` of the list of streams. */
export const STREAMS_ID = 'streams-list';
/** `id` of the stream view. */
export const STREAM_VIEW_ID = 'stream-view';

/** `id` of the row at a place of the list. */
export function streamRowId(at: number): string {
  return `streams-row-${at}`;
}

/** Whether keys go to the list. */
export function isInStreams(): boolean {
  return document.activeElement?.id === STREAMS_ID;
}

/** Keys go to the list from now on. */
export function focusStreams(): void {
  document.querySelector<HTMLElement>(`#${STREAMS_ID}`)?.focus({ preventScroll: true });
}

/** Keys go to the stream view from now on. */
export function focusStreamView(): void {
  document.querySelector<HTMLElement>(`#${STREAM_VIEW_ID}`)?.focus({ preventScroll: true });
}
