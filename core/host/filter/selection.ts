import { ContractError } from '../../contract/api.ts';
import type { FilterProblem } from '../../contract/api.ts';
import { parse, select, type Mode } from '../../filter/index.ts';
import type { SessionFilter } from './filter-source.ts';

/** Where a filter is wrong; null where it is one. */
export function filterProblem(filter: string): FilterProblem | null {
  const parsed = parse(filter);
  return parsed.ok ? null : parsed.error;
}

/**
 * Which messages (by row) or calls (by number) a filter selects: 1 for each that matches. Throws ContractError
 * `filter` for one that is wrong, and `cancelled`.
 */
export async function selected(
  source: SessionFilter,
  mode: Mode,
  filter: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const parsed = parse(filter);
  if (!parsed.ok) throw new ContractError('filter', parsed.error.message, parsed.error);
  const selection = await select(parsed.expression, source, mode, {
    cancel: signal,
    pause: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
  });
  if (selection === null) throw new ContractError('cancelled', 'cancelled');
  return selection.mask;
}
