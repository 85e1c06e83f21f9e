import type { JSX } from 'react';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { countOf, countText } from '../words.ts';
import { useFilter } from './filter-state.ts';
import style from './FilterBar.module.css';

/** `38 of 12,480 calls`; with a filter that is wrong, those of the last good one, which the list still shows. */
export function CallCount(): JSX.Element | null {
  const all = useCapture(({ progress }) => progress?.calls ?? null);
  const total = useCalls((state) => state.total);
  const narrowed = useCalls(({ filter, method }) => filter !== '' || method !== null);
  const stale = useFilter(({ text, judged, problem }) => problem !== null && judged === text && text.trim() !== '');
  if (all === null) return null;
  return (
    <output className={style.count} title={stale ? 'The list still shows the filter before this one.' : undefined}>
      {stale ? 'still ' : ''}
      {narrowed && total !== null ? `${countText(total)} of ${countOf(all, 'call')}` : countOf(all, 'call')}
    </output>
  );
}
