import { ContractError } from '../../core/contract/api.ts';

/** Whether a question was given up because a newer one took its place. */
export function isCancelled(error: unknown): boolean {
  return error instanceof ContractError && error.code === 'cancelled';
}

/** What went wrong, as it was said. */
export function saidBy(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
