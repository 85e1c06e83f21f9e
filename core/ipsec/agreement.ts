import type { Mechanism } from '../decode/security-notes.ts';

/** An agreement on security associations: a REGISTER with Security-Client, its answer, and what verified it. Plain data. */
export interface Agreement {
  /** From 0, in the order in which they were begun. */
  readonly number: number;
  readonly callId: string;
  readonly cseq: number;
  /** Of the message that began it: packet, and nanoseconds since the session's base. */
  readonly frame: number;
  readonly time: number;
  /** Addresses as text. */
  readonly ue: string;
  readonly pcscf: string;
  impi: string;
  impu: string;
  /** Of the challenge; '' until it came. */
  nonce: string;
  client: readonly Mechanism[];
  server: readonly Mechanism[];
  verify: readonly Mechanism[];
  /** Packets of the answer and of the verification; 0 where none was seen. */
  serverFrame: number;
  verifyFrame: number;
}

/** One of the four security associations of an agreement (TS 33.203 7.1). */
export interface Side {
  readonly agreement: Agreement;
  readonly role: string;
  readonly spi: number;
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
}

/** A pair of algorithms. */
export interface Algorithms {
  readonly alg: string;
  readonly ealg: string;
}

/** Mechanisms that set up ESP; others (TLS, digest, IKE) have no SPIs here. */
export function isIpsec({ name, prot }: Mechanism): boolean {
  return name === 'ipsec-3gpp' && prot === 'esp';
}

/** Highest q first, then as written (RFC 3329 2.2); a missing q is 1, as in other headers of preference. */
export function byPreference(mechanisms: readonly Mechanism[]): Mechanism[] {
  return mechanisms.filter(isIpsec).sort((a, b) => preference(b) - preference(a));
}

function preference({ q }: Mechanism): number {
  return q < 0 ? 1 : q;
}

function isSame(a: Algorithms, b: Algorithms): boolean {
  return a.alg === b.alg && a.ealg === b.ealg;
}

/** What the P-CSCF answered, or where that is not known what the UE verified. */
export function answered({ server, verify }: Agreement): readonly Mechanism[] {
  return server.length > 0 ? server : verify;
}

/** The mechanism that is used: the P-CSCF's most preferred one that the UE offered. Null where they have none in common. */
export function chosen(agreement: Agreement): Mechanism | null {
  const theirs = byPreference(answered(agreement));
  const ours = agreement.client.filter(isIpsec);
  return (ours.length === 0 ? theirs[0] : theirs.find((one) => ours.some((other) => isSame(one, other)))) ?? null;
}

/** Algorithms that may be in use, the likeliest first: the chosen ones, the P-CSCF's others, what the UE offered besides. */
export function algorithmsOf(agreement: Agreement): Algorithms[] {
  const first = chosen(agreement);
  const all = [
    ...(first === null ? [] : [first]),
    ...byPreference(answered(agreement)),
    ...byPreference(agreement.client),
  ];
  const kinds: Algorithms[] = [];
  for (const { alg, ealg } of all) {
    if (!kinds.some((kind) => isSame(kind, { alg, ealg }))) kinds.push({ alg, ealg });
  }
  return kinds;
}

/** The security associations of an agreement, as far as both sides have said their SPIs. */
export function sidesOf(agreement: Agreement): Side[] {
  const { ue, pcscf } = agreement;
  const own = agreement.client.find(isIpsec) ?? null;
  const theirs = chosen(agreement) ?? byPreference(answered(agreement))[0] ?? null;
  const uc = own?.portC ?? 0;
  const us = own?.portS ?? 0;
  const pc = theirs?.portC ?? 0;
  const ps = theirs?.portS ?? 0;
  const sides: Side[] = [];
  const add = (role: string, spi: number, src: string, sport: number, dst: string, dport: number): void => {
    if (spi > 0) sides.push({ agreement, role, spi, src, sport: Math.max(0, sport), dst, dport: Math.max(0, dport) });
  };
  add('UE port-c → P-CSCF port-s', theirs?.spiS ?? -1, ue, uc, pcscf, ps);
  add('P-CSCF port-s → UE port-c', own?.spiC ?? -1, pcscf, ps, ue, uc);
  add('P-CSCF port-c → UE port-s', own?.spiS ?? -1, pcscf, pc, ue, us);
  add('UE port-s → P-CSCF port-c', theirs?.spiC ?? -1, ue, us, pcscf, pc);
  return sides;
}
