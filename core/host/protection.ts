import type { Protection } from '../contract/model.ts';
import { layouts } from '../decode/esp-layouts.ts';
import type { OpenedAssociation } from './account.ts';

/**
 * How messages out of the security association `number` were protected; null for 0. What was found out without keys is
 * only what is there: how many bytes authenticate a packet, neither by which algorithm nor whether they are right.
 */
export function protectionOf(associations: readonly OpenedAssociation[], number: number): Protection | null {
  const association = associations[number - 1];
  if (association === undefined) return null;
  const layout = layouts[association.layout];
  const authenticated = layout?.encryption === 'null' && layout.icv > 0;
  return {
    kind: 'esp',
    spi: `0x${association.spi.toString(16).padStart(8, '0')}`,
    encryption: layout?.encryption ?? 'null',
    authentication: authenticated ? 'unknown' : 'none',
    icv: 'unchecked',
    keySource: 'null-heuristic',
  };
}
