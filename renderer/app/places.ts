/** Where the keyboard can be sent. Elements say that they are such a place with `data-place`. */
export const filterPlace = 'filter';
/** `id` of the element around the screen. */
export const screenId = 'screen';

/** Into the filter, all of it selected. False where there is none to type in. */
export function focusFilter(): boolean {
  const field = document.querySelector(`[data-place="${filterPlace}"]`);
  if (!(field instanceof HTMLInputElement) || field.disabled) return false;
  field.focus();
  field.select();
  return true;
}

/** To the list of the screen: what it calls its list, else what can be focused first. */
export function focusScreen(): void {
  const screen = document.querySelector(`#${screenId}`);
  const list =
    screen?.querySelector('[data-place="list"]') ??
    screen?.querySelector(
      '[role="grid"][tabindex], [role="grid"] [tabindex="0"], [tabindex="0"]:not([role="separator"]), button:not(:disabled)',
    );
  if (list instanceof HTMLElement || list instanceof SVGElement) list.focus();
}
