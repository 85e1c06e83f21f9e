import type { RegistrationsView } from '../../../core/contract/registrations.ts';
import { useRegistrations } from '../../state/registrations.ts';
import { useStep } from '../../state/live.ts';
import { useAnswer, type Answer } from '../message/answer.ts';

/** Rows that are asked for at once: what is on a screen, and some around it. */
export const PAGE = 100;
/** Milliseconds between two questions while one types or scrolls. */
const SPACING = 40;

/** A page of the list that holds the rows from `from` on; the host answers when all was read. */
export function usePage(from: number): Answer<RegistrationsView> {
  const search = useRegistrations((set) => set.search.trim());
  const state = useRegistrations((set) => set.state);
  const step = useStep();
  const query = {
    from,
    count: PAGE,
    ...(search === '' ? {} : { search }),
    ...(state === null ? {} : { states: [state] }),
  };
  return useAnswer(
    JSON.stringify({ ...query, step }),
    (client, signal) => client.ask('registrations', query, { signal }),
    SPACING,
  );
}

/** Place of the first row of the page that a question was about; 0 for none. */
export function pageOf(key: string | null): number {
  const asked: unknown = key === null ? null : JSON.parse(key);
  return typeof asked === 'object' && asked !== null && 'from' in asked && typeof asked.from === 'number'
    ? asked.from
    : 0;
}
