import { useEffect } from 'react';
import { useLadder } from '../../state/ladder.ts';
import type { Shown } from './scene.ts';

/** Another ladder came: what is selected or marked has to be in it. */
export function useSelection(shown: Shown | null): void {
  useEffect(() => {
    if (shown === null) return;
    const { items, first } = shown;
    const { selected, band, marked } = useLadder.getState();
    const keep = (row: number | null): boolean => row !== null && items.placeOf(row) !== -1;
    if (!keep(selected)) useLadder.setState({ selected: first === -1 ? null : first });
    if (band !== null && items.placeOfBand(band) === -1) useLadder.setState({ band: null });
    if (marked !== null && !keep(marked)) useLadder.setState({ marked: null });
  }, [shown]);
}

/** Marks the selected arrow as the other one of a pair; once more, and it is not. */
export function toggleMark(): void {
  useLadder.setState(({ selected, marked }) => ({ marked: selected === marked ? null : selected }));
}
