import { isFor } from '../../ipsec/ring.ts';
import type { KeyDifference } from './capture-keys.ts';
import type { SecurityAccount } from './security-account.ts';

/**
 * Whether another reading with other keys can say anything else of a capture than the one that `security` is of. Where
 * packets are opened that were not, all behind them may change (streams, calls, the order of rows), so what is read again
 * is read as a whole; but it need not be where no packet would be tried with a key that is new or gone.
 */
export function reaches({ keys, auto }: KeyDifference, security: SecurityAccount): boolean {
  // Without ESP there is nothing that keys could open.
  if (security.associations.length === 0) return false;
  // What the capture holds is not known where it was not to be used; where it was and there was nothing, there still is not.
  if (auto.to && !auto.from) return true;
  if (auto.from && !auto.to && security.pairs.some(({ kind }) => kind !== 'user')) return true;
  // IK and CK are tried on whatever nobody else opens.
  if (keys.some(({ pair }) => pair !== null)) return true;
  const associations = keys.map(({ association }) => association).filter((one) => one !== null);
  if (associations.length > 0 && security.unlisted > 0) return true;
  const spis = new Set(security.associations.map(({ spi }) => spi));
  return associations.some(
    (one) =>
      (one.spi === null || spis.has(one.spi)) &&
      security.associations.some(({ spi, src, dst }) => isFor(one, spi, src, dst)),
  );
}
