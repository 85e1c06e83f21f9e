import type { SecurityDifference } from '../../contract/security.ts';
import type { Mechanism } from '../../decode/security-notes.ts';
import { answered, byPreference, chosen, isIpsec, type Agreement } from '../../ipsec/agreement.ts';
import { authenticationNamed, encryptionNamed } from '../../ipsec/algorithms.ts';
import type { Joined } from './security-answers.ts';

/** What of an agreement does not fit together (RFC 3329 2.3; TS 33.203 7.2): offered, answered, verified, used. */
export function differencesOf(agreement: Agreement, joined: readonly Joined[]): SecurityDifference[] {
  const { client, server, verify, frame, serverFrame, verifyFrame } = agreement;
  const found: SecurityDifference[] = [];
  const add = (text: string, ...frames: readonly number[]): void => {
    found.push({ text, frames: frames.filter((one) => one > 0) });
  };
  const best = chosen(agreement);
  if (client.length > 0 && server.length > 0 && best === null) {
    add('The P-CSCF answered with no algorithms that the phone offered.', frame, serverFrame);
  }
  const [first] = byPreference(answered(agreement));
  if (best !== null && first !== undefined && !isSame(best, first)) {
    add(
      `The P-CSCF prefers ${words(first)}, which the phone did not offer; ${words(best)} is what both have.`,
      frame,
      serverFrame,
    );
  }
  if (server.length > 0 && verifyFrame > 0 && verify.length > 0) {
    for (const one of server.filter(isIpsec)) {
      if (!verify.some((other) => isEqual(one, other))) {
        add(`The phone’s Security-Verify lacks what the P-CSCF answered: ${words(one)}.`, serverFrame, verifyFrame);
      }
    }
    for (const one of verify.filter(isIpsec)) {
      if (!server.some((other) => isEqual(one, other))) {
        add(
          `The phone’s Security-Verify names what the P-CSCF did not answer: ${words(one)}.`,
          serverFrame,
          verifyFrame,
        );
      }
    }
  }
  const own = client.find(isIpsec);
  if (own !== undefined && (own.spiC === own.spiS || own.spiC < 256 || own.spiS < 256)) {
    add('The phone’s SPIs are missing, equal or reserved (below 256).', frame);
  }
  const used = new Set<string>();
  for (const { seen, side } of joined) {
    const key = seen?.key ?? null;
    if (side?.agreement.number !== agreement.number || best === null || key === null || seen === null) continue;
    const isAgreed =
      encryptionNamed(best.ealg)?.name === key.encryption.name &&
      (key.encryption.icv > 0 || authenticationNamed(best.alg)?.name === key.authentication.name);
    const text = `Packets are protected with ${key.authentication.name} and ${key.encryption.name}, agreed was ${words(best)}.`;
    if (!isAgreed && !used.has(text)) add(text, serverFrame, seen.firstFrame);
    used.add(text);
  }
  return found;
}

function words({ alg, ealg, q }: Mechanism): string {
  return `${alg === '' ? 'no alg' : alg} with ${ealg}${q < 0 ? '' : ` (q=${q})`}`;
}

function isSame(a: Mechanism, b: Mechanism): boolean {
  return a.alg === b.alg && a.ealg === b.ealg;
}

function isEqual(a: Mechanism, b: Mechanism): boolean {
  const hasSpis = a.spiC === b.spiC && a.spiS === b.spiS;
  return isIpsec(b) && isSame(a, b) && hasSpis && a.portC === b.portC && a.portS === b.portS;
}
