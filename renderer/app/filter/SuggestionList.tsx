import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import style from './FilterBar.module.css';
import type { Suggestion, Suggestions } from './use-suggestions.ts';

/** The popup below the filter. The focus stays in the field; keys move `active`. */
export function SuggestionList({
  id,
  shown,
  onTake,
}: {
  readonly id: string;
  readonly shown: Suggestions;
  readonly onTake: (suggestion: Suggestion) => void;
}): JSX.Element {
  return (
    <div
      id={id}
      className={style.list}
      role="listbox"
      tabIndex={-1}
      aria-label={shown.kind === 'history' ? 'Filters used before' : 'Completions'}
    >
      {shown.list.map((suggestion, at) => (
        <div
          key={suggestion.becomes.text}
          id={optionId(id, at)}
          ref={at === shown.active ? intoView : null}
          className={style.option}
          role="option"
          aria-selected={at === shown.active}
          // The field keeps the focus.
          tabIndex={-1}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(suggestion);
          }}
        >
          <span className={[style.what, 'mono'].join(' ')}>{visible(suggestion.text)}</span>
          <span className={style.about}>{visible(suggestion.about)}</span>
        </div>
      ))}
    </div>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

export function optionId(list: string, at: number): string {
  return `${list}-${at}`;
}
