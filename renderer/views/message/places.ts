/** Places that keys go to from one pane to the next. */

/** `id` of the message pane. */
export const MESSAGE_PANE = 'message-pane';
/** `id` of the ladder's list of arrows, which takes the keys. */
export const LADDER_ARROWS = 'ladder-arrows';

/** Puts the focus on the tab in front of the message pane. False where there is no message. */
export function focusMessage(): boolean {
  return focus(document.querySelector(`#${MESSAGE_PANE} [role="tab"][data-state="active"]`));
}

/** Puts the focus on the ladder. False where none is shown. */
export function focusLadder(): boolean {
  return focus(document.querySelector(`#${LADDER_ARROWS}`));
}

/** Whether the focus is in the message pane. */
export function isInMessage(): boolean {
  return document.activeElement?.closest(`#${MESSAGE_PANE}`) !== null && document.activeElement !== null;
}

function focus(element: Element | null): boolean {
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) return false;
  // The ladder is higher than its pane: to bring all of it into view would scroll away what is selected.
  element.focus({ preventScroll: true });
  return true;
}

/** Whether the focus is on the ladder's arrows. */
export function isInLadder(): boolean {
  return document.activeElement?.id === LADDER_ARROWS;
}
