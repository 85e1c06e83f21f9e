import { RadioGroup } from 'radix-ui';
import type { ComponentProps, FocusEvent, JSX } from 'react';

/**
 * One of a radio group. An arrow key brings the focus to it and chooses it; the library moves the focus a moment after
 * the key, and chooses only when the key is still held by then, so a quick tap on a busy machine moved the focus alone.
 */
export function Choice({ onFocus, ...rest }: ComponentProps<typeof RadioGroup.Item>): JSX.Element {
  return (
    <RadioGroup.Item
      {...rest}
      onFocus={(event) => {
        onFocus?.(event);
        if (cameFromSibling(event)) event.currentTarget.click();
      }}
    />
  );
}

/** Whether the focus was on another one of the same group: then keys brought it (a click chooses by itself). */
function cameFromSibling({ relatedTarget, currentTarget }: FocusEvent<HTMLButtonElement>): boolean {
  const group = currentTarget.closest('[role="radiogroup"]');
  return (
    relatedTarget instanceof HTMLElement &&
    relatedTarget.getAttribute('role') === 'radio' &&
    group?.contains(relatedTarget) === true
  );
}
