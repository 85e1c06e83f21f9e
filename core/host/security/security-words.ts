import type { KeyOrigin, SecurityAssociationRow } from '../../contract/security.ts';
import { Icv } from '../../decode/esp-lock.ts';
import { answered, chosen } from '../../ipsec/agreement.ts';
import { encryptionNamed } from '../../ipsec/algorithms.ts';
import type { AssociationAccount, SecurityAccount, TriedKey } from './security-account.ts';
import type { Joined } from './security-answers.ts';
import type { TypedKey } from './typed-keys.ts';

/** Where the key of an association came from; null where its packets stayed closed. */
export function originOf(security: SecurityAccount, seen: AssociationAccount | null): KeyOrigin | null {
  if (seen === null) return null;
  if (seen.key !== null) return keyOrigin(security, seen.key);
  return seen.guessedIcv >= 0 ? { kind: 'guess', frame: null, text: 'guessed: NULL' } : null;
}

function keyOrigin({ pairs }: SecurityAccount, key: TriedKey): KeyOrigin {
  const pair = key.pair < 0 ? null : (pairs[key.pair] ?? null);
  if (pair === null || pair.kind === 'user') return { kind: 'user', frame: null, text: 'typed' };
  const text = pair.kind === 'sip' ? `401 in frame ${pair.frame}` : `Diameter in frame ${pair.frame}`;
  return { kind: pair.kind, frame: pair.frame, text };
}

export function stateOf(seen: AssociationAccount | null): SecurityAssociationRow['state'] {
  if (seen === null) return 'unseen';
  if (seen.key !== null) return 'open';
  if (seen.wrong !== null) return 'wrong-key';
  return seen.guessedIcv >= 0 ? 'guessed' : 'closed';
}

/** One sentence on an association: why it is not open, or what is to be said of it; '' where nothing is. */
export function reasonOf(security: SecurityAccount, { seen, side }: Joined): string {
  if (seen === null) return 'It was agreed on; the capture has no packet of it.';
  const { key, wrong, guessedIcv, packets, opened } = seen;
  if (key !== null) return openReason(seen, key);
  if (wrong !== null) {
    const whose = `The key (${keyOrigin(security, wrong).text})`;
    if (seen.wrongCipher) {
      return `${whose} is right for authentication and wrong for ${wrong.encryption.name}: ICVs fit, and what comes out is nonsense.`;
    }
    const read = guessedIcv >= 0 ? ' What is inside is not encrypted and is shown; nobody has checked it.' : '';
    return wrong.authenticationKey === null && wrong.encryption.icv === 0
      ? `${whose} is wrong: what comes out of decryption is nonsense.${read}`
      : `${whose} is wrong: it gives other ICVs than the packets have.${read}`;
  }
  if (guessedIcv >= 0) {
    const bits = guessedIcv === 0 ? 'no ICV' : `an ICV of ${guessedIcv * 8} bits that nobody has checked`;
    const some = opened < packets ? ` ${packets - opened} of ${packets} packets could not be read.` : '';
    return `Recognised as not encrypted, with ${bits}: no key is known.${some}`;
  }
  if (side === null) return 'No REGISTER in the capture names this SPI, and no key that is known fits.';
  const mechanism = chosen(side.agreement);
  if (mechanism === null) {
    return answered(side.agreement).length === 0
      ? 'The P-CSCF’s answer, which says the algorithms, is not in the capture.'
      : 'Phone and P-CSCF name no algorithms in common, and no key that is known fits.';
  }
  const encryption = encryptionNamed(mechanism.ealg);
  if (encryption !== null && encryption.salt > 0) {
    return `${mechanism.ealg} needs a salt besides CK, which the capture does not show: enter the association with its full key (--esp).`;
  }
  return `No key is known for ${mechanism.ealg} and ${mechanism.alg === '' ? 'no authentication' : mechanism.alg}: the capture shows no 401 with ck and ik, and none that was typed fits.`;
}

function openReason({ opened, packets, verdicts }: AssociationAccount, key: TriedKey): string {
  const closed = packets - opened;
  const bad = verdicts[Icv.Bad] ?? 0;
  const parts: string[] = [];
  if (key.authenticationKey === null && key.encryption.icv === 0 && key.authentication.icv > 0)
    parts.push('No key for authentication is known: ICVs were not checked.');
  if (bad > 0) parts.push(`${bad === 1 ? 'One packet has' : `${bad} packets have`} an ICV that is wrong.`);
  if (closed > 0) parts.push(`${closed} of ${packets} packets stayed closed.`);
  return parts.join(' ');
}

/** One sentence on what became of something typed. */
export function typedReason(
  { association }: TypedKey,
  uses: number,
  refused: AssociationAccount | null,
  isTried: boolean,
): string {
  if (uses > 0) return `Opens ${uses === 1 ? 'one security association' : `${uses} security associations`}.`;
  if (refused?.wrongCipher === true)
    return 'Wrong for encryption: ICVs fit, and what comes out of decryption is nonsense.';
  if (isTried) return 'Wrong: none of the packets it was tried on is its own.';
  return association === null
    ? 'Not tried: the capture has no closed ESP packets of this subscriber.'
    : 'Not tried: the capture has no ESP packets with this SPI between these addresses.';
}
