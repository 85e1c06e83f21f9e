import type { Protection } from '../../contract/model.ts';
import { Icv } from '../../decode/esp-lock.ts';
import type { OpenedAssociation } from '../reading/account.ts';

/**
 * How messages out of ESP packets were protected that were opened in the way with this number; null for 0. What was found out
 * without keys is only what is there and what was agreed on: nobody has checked it.
 */
export function protectionOf(associations: readonly OpenedAssociation[], number: number): Protection | null {
  const association = associations[number - 1];
  if (association === undefined) return null;
  const { spi, encryption, authentication, icv, keySource } = association;
  return {
    kind: 'esp',
    spi: spiText(spi),
    encryption,
    authentication,
    icv: icv === Icv.Good ? 'good' : icv === Icv.Bad ? 'bad' : 'unchecked',
    keySource,
  };
}

/** `0x` and eight digits. */
export function spiText(spi: number): string {
  return `0x${spi.toString(16).padStart(8, '0')}`;
}
