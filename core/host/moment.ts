import { ContractError } from '../contract/api.ts';
import type { Session } from './session.ts';

/** A time that was asked for (`ts`: epoch seconds, with or without decimals) as nanoseconds since the session's base. Throws ContractError `bad-request` for what is none. */
export function momentOf({ tally }: Session, text: string): number {
  const [, seconds, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,9})\d*)?$/u.exec(text.trim()) ?? [];
  if (seconds === undefined)
    throw new ContractError('bad-request', 'a moment is given in seconds since 1970, as in “1700000000.5”');
  return (Number(seconds) - (tally.base ?? 0)) * 1e9 + Number(fraction.padEnd(9, '0'));
}
