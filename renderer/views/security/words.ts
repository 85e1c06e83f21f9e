import type {
  SecurityAssociationRow,
  SecurityList,
  SecurityMechanism,
  SecurityRegistration,
  TypedKeyRow,
} from '../../../core/contract/security.ts';
import { endText } from '../../../core/ladder/words.ts';
import { countOf, countText } from '../../app/words.ts';
import type { Severity } from '../../widgets/severity.ts';

interface Look {
  readonly word: string;
  readonly severity: Severity;
}

export const stateLooks: Readonly<Record<SecurityAssociationRow['state'], Look>> = {
  open: { word: 'Open', severity: 'ok' },
  guessed: { word: 'Guessed', severity: 'info' },
  'wrong-key': { word: 'Wrong key', severity: 'bad' },
  closed: { word: 'Closed', severity: 'warn' },
  unseen: { word: 'Not seen', severity: 'idle' },
};

export const typedLooks: Readonly<Record<TypedKeyRow['state'], Look>> = {
  used: { word: 'Used', severity: 'ok' },
  wrong: { word: 'Wrong', severity: 'bad' },
  unused: { word: 'Not used', severity: 'idle' },
};

/** The verdicts on the ICVs of an association: `437 good`, `3 good, 1 bad`; null where no packet was opened. */
export function icvLook({ icv: { good, bad, unchecked } }: SecurityAssociationRow): Look | null {
  const parts = [
    ...(bad > 0 ? [`${countText(bad)} bad`] : []),
    ...(good > 0 ? [`${countText(good)} good`] : []),
    ...(unchecked > 0 ? [`${countText(unchecked)} unchecked`] : []),
  ];
  if (parts.length === 0) return null;
  return { word: parts.join(', '), severity: bad > 0 ? 'bad' : unchecked > 0 ? 'warn' : 'ok' };
}

/** `10.45.0.2:38227`, or the address alone where the port is not known. */
export function hostText(address: string, port: number | null): string {
  return port === null ? address : endText(address, port);
}

/** Which way it goes: `UE 38227 → P-CSCF 6362`, else from address to address. */
export function wayText({ role, src, sport, dst, dport }: SecurityAssociationRow): string {
  if (role === null) return `${hostText(src, sport)} → ${hostText(dst, dport)}`;
  const [from = '', to = ''] = role.split(' → ').map((side) => side.split(' ')[0] ?? '');
  const end = (name: string, port: number | null): string => (port === null ? name : `${name} ${port}`);
  return `${end(from, sport)} → ${end(to, dport)}`;
}

/** Whose the registration is: the private identity, else the public one. */
export function ownerOf({ impi, impu, callId }: SecurityRegistration): string {
  return impi ?? impu ?? callId;
}

/** `hmac-sha-1-96, aes-cbc`. */
export function algorithmsText(mechanism: Pick<SecurityMechanism, 'alg' | 'ealg'>): string {
  return `${mechanism.alg ?? 'no alg'}, ${mechanism.ealg}`;
}

/** `2 registrations, 8 associations: 6 open, 2 not seen`. */
export function summaryOf({ registrations, associations, leftOut }: SecurityList): string {
  const states = (Object.keys(stateLooks) as SecurityAssociationRow['state'][]).flatMap((state) => {
    const count = associations.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${countText(count)} ${stateLooks[state].word.toLowerCase()}`];
  });
  const more = leftOut === 0 ? '' : `; ${countText(leftOut)} more are not listed`;
  return `${countOf(registrations.length, 'registration')}, ${countOf(associations.length, 'association')}: ${states.join(', ')}${more}`;
}
