import type { Protection } from '../contract/model.ts';
import type { Associations } from '../decode/esp-associations.ts';
import { layouts } from '../decode/esp-layouts.ts';

/**
 * How messages out of the security association `number` were protected; null for 0. What was found out without keys is
 * only what is there: how many bytes authenticate a packet, neither by which algorithm nor whether they are right.
 */
export function protectionOf(associations: Associations, number: number): Protection | null {
  const association = number === 0 ? null : associations.get(number);
  if (association === null) return null;
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
