import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';
import type { Pair } from './pairs.ts';
import { isFirstChoice } from './sent-calls.ts';

/** Calls of a destination that are looked at. */
const MOST_UNPROBED = 8;
const MOST_PROBED = 64;

/** Whom requests are for. */
export interface CallWords {
  /** User of the Request-URI of the request in `row`; '' where there is none or it is not looked at any more. */
  user(row: number): string;
}

/**
 * Which of the unprobed hosts that got calls are destinations, and not phones that calls were for: those that got calls
 * for several numbers, or for a number that went to a probed destination as well, or as the next choice of a call.
 */
export function chosen(tables: Tables, probed: readonly Pair[], unprobed: readonly Pair[], words: CallWords): Pair[] {
  if (unprobed.length === 0) return [];
  const numbers = new Set<string>();
  for (const pair of probed) for (const user of usersOf(tables, pair, words, MOST_PROBED)) numbers.add(user);
  return unprobed.filter((pair) => {
    const users = usersOf(tables, pair, words, MOST_UNPROBED);
    return (
      users.size > 1 ||
      [...users].some((user) => numbers.has(user)) ||
      pair.calls.slice(0, MOST_UNPROBED).some((number) => !isFirstChoice(tables, number))
    );
  });
}

function usersOf({ transactions }: Tables, { calls }: Pair, words: CallWords, most: number): Set<string> {
  const users = new Set<string>();
  for (const number of calls.slice(0, most)) {
    const user = words.user(transactions.get(number, Field.Request) - 1);
    if (user !== '') users.add(user);
  }
  return users;
}
