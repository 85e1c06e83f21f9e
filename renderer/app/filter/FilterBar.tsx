import { History, X } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, type JSX, type KeyboardEvent } from 'react';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { filterPlace, focusScreen } from '../places.ts';
import { CallCount } from './CallCount.tsx';
import { applyFilter, followFilter, typeFilter, useFilter } from './filter-state.ts';
import style from './FilterBar.module.css';
import { FilterText } from './FilterText.tsx';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import { useSuggestions, type Suggestion } from './use-suggestions.ts';

/** The filter of the calls: judged, coloured and put in force while it is typed; Enter keeps it and goes to the list. */
export function FilterBar(): JSX.Element {
  const { text, judged, problem } = useFilter();
  const off = useCapture(({ client, phase }) => client === null || phase === 'failed' || phase === 'gone');
  const remembered = useSettings(({ filters }) => filters.length > 0);
  const suggestions = useSuggestions();
  const { shown } = suggestions;
  const field = useRef<HTMLInputElement>(null);
  const painted = useRef<HTMLDivElement>(null);
  const caret = useRef<number | null>(null);
  const list = useId();
  const help = useId();

  const follow = (): void => {
    if (painted.current !== null) painted.current.scrollLeft = field.current?.scrollLeft ?? 0;
  };
  useEffect(followFilter, []);
  // The caret goes behind what was taken, once the field holds it; the colours follow the field's scrolling.
  useLayoutEffect(() => {
    if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
    follow();
  });

  const take = ({ becomes }: Suggestion): void => {
    caret.current = becomes.caret;
    field.current?.focus();
    if (shown?.kind === 'history') {
      suggestions.close();
      void applyFilter(becomes.text);
    } else {
      typeFilter(becomes.text);
      suggestions.complete(becomes.text, becomes.caret);
    }
  };
  const apply = async (): Promise<void> => {
    suggestions.close();
    if (await applyFilter(text)) focusScreen();
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>): void => {
    const active = shown?.list[shown.active];
    const first = shown?.list[0];
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (shown !== null) suggestions.move(event.key === 'ArrowDown' ? 1 : -1);
      else if (event.key === 'ArrowUp' && text === '') suggestions.remember();
      else if (event.key === 'ArrowDown')
        suggestions.complete(text, event.currentTarget.selectionStart ?? text.length, true);
      else return;
    } else if (event.key === ' ' && event.ctrlKey) {
      suggestions.complete(text, event.currentTarget.selectionStart ?? text.length, true);
    } else if (event.key === 'Tab' && !event.shiftKey && shown?.kind === 'completions' && first !== undefined) {
      take(active ?? first);
    } else if (event.key === 'Enter') {
      if (active === undefined) void apply();
      else take(active);
    } else if (event.key === 'Escape') {
      if (shown === null) focusScreen();
      else suggestions.close();
    } else return;
    event.preventDefault();
  };

  const current = judged === text && text.trim() !== '';
  const wrong = current ? problem : null;
  return (
    <search className={style.place}>
      <div
        className={[style.bar, off ? style.off : '', current ? (wrong === null ? style.good : style.bad) : '']
          .filter(Boolean)
          .join(' ')}
      >
        <div className={style.stack}>
          <div ref={painted} className={[style.painted, 'mono'].join(' ')} aria-hidden>
            <FilterText text={text} problem={wrong} />
          </div>
          <input
            ref={field}
            className={[style.field, 'mono'].join(' ')}
            data-place={filterPlace}
            type="text"
            role="combobox"
            aria-label="Filter"
            aria-autocomplete="list"
            aria-expanded={shown !== null}
            aria-controls={list}
            aria-activedescendant={shown === null || shown.active < 0 ? undefined : optionId(list, shown.active)}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : help}
            placeholder={
              off ? 'Filter, once a capture is open' : 'Filter: method:INVITE and status >= 400, or any words'
            }
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={10_000}
            disabled={off}
            value={text}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              typeFilter(typed);
              if (typed.trim() === '') suggestions.close();
              else suggestions.complete(typed, event.currentTarget.selectionStart ?? typed.length);
            }}
            onKeyDown={pressed}
            onScroll={follow}
            onKeyUp={follow}
            onBlur={suggestions.close}
          />
        </div>
        <CallCount />
        {text === '' ? null : (
          <IconButton
            label="Clear the filter"
            icon={X}
            size={14}
            className={style.small}
            onClick={() => {
              void applyFilter('');
              field.current?.focus();
            }}
          />
        )}
        {remembered ? (
          <IconButton
            label="Filters used before"
            icon={History}
            size={14}
            className={style.small}
            disabled={off}
            // The popup belongs to the field, which would close it when it loses the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              field.current?.focus();
              suggestions.remember();
            }}
          />
        ) : null}
      </div>
      {wrong === null && shown === null ? null : (
        <div className={style.below}>
          {wrong === null ? null : (
            <output id={help} className={style.problem}>
              <span className={style.column}>{`Column ${wrong.at + 1}`}</span> {wrong.message}
            </output>
          )}
          {shown === null ? null : <SuggestionList id={list} shown={shown} onTake={take} />}
        </div>
      )}
    </search>
  );
}
