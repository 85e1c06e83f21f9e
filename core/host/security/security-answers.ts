import { ContractError } from '../../contract/api.ts';
import type {
  KeyOrigin,
  MaskedKey,
  RevealedKeys,
  SecurityAssociationRow,
  SecurityList,
  SecurityMechanism,
  SecurityRegistration,
  TypedKeyRow,
} from '../../contract/security.ts';
import { epochText } from '../../bytes/time.ts';
import type { Mechanism } from '../../decode/security-notes.ts';
import { answered, chosen, sidesOf, type Agreement, type Side } from '../../ipsec/agreement.ts';
import { authenticationNamed } from '../../ipsec/algorithms.ts';
import { hexOf } from '../../ipsec/hex.ts';
import { fingerprint } from '../../ipsec/fingerprint.ts';
import type { CaptureKeys } from './capture-keys.ts';
import { spiText } from './protection.ts';
import type { AssociationAccount, SecurityAccount } from './security-account.ts';
import { differencesOf } from './security-differences.ts';
import { originOf, reasonOf, stateOf, typedReason } from './security-words.ts';
import type { Session } from '../session.ts';
import type { TypedKey } from './typed-keys.ts';
import { wiresharkLine } from './wireshark-table.ts';

/** An association with the agreement that names it, as far as there are these. */
export interface Joined {
  readonly seen: AssociationAccount | null;
  readonly side: Side | null;
}

/** Registrations of which no packet was seen that are listed besides those with packets: the first ones. */
const MOST_UNSEEN = 2000;

/** Registrations with their security associations, in the order of the capture. */
export function securityList(session: Session, keys: CaptureKeys): SecurityList {
  const { security } = session.account;
  const joined = join(security);
  const own = ownOf(joined);
  const listed = listedOf(security, own);
  const isListed = ({ seen, side }: Joined): boolean =>
    seen !== null || (side !== null && listed.has(side.agreement.number));
  const rows = joined.flatMap((one, place) => (isListed(one) ? [associationRow(security, one, place + 1)] : []));
  const nonces = noncesOf(security);
  const replaced = replacedBy(security);
  const uses = new Map<number, number>();
  const refused = new Map<number, AssociationAccount>();
  for (const one of security.associations) {
    if (one.key !== null) uses.set(one.key.typed, (uses.get(one.key.typed) ?? 0) + 1);
    if (one.wrong !== null && !refused.has(one.wrong.typed)) refused.set(one.wrong.typed, one);
  }
  const tried = new Set(security.tried);
  const { base, decimals } = session.tally;
  const when = (ns: number): string => epochText(base ?? 0, ns, decimals);
  return {
    registrations: security.agreements
      .filter(({ number }) => listed.has(number))
      .map((agreement) => {
        const next = replaced.get(agreement.number) ?? null;
        const pair = nonces.get(agreement.nonce) ?? null;
        return registration(security, own.get(agreement.number) ?? [], { agreement, next, pair }, when);
      }),
    associations: rows,
    typed: keys.typed.map((key): TypedKeyRow => {
      const opens = uses.get(key.id) ?? 0;
      const isTried = tried.has(key.id);
      return {
        id: key.id,
        kind: key.pair === null ? 'association' : 'pair',
        source: key.source,
        subscriber: key.pair?.subscriber ?? null,
        spi: typedSpi(key),
        authentication: masked(key.pair?.ik ?? key.association?.authenticationKey ?? null),
        encryption: masked(key.pair?.ck ?? key.association?.encryptionKey ?? null),
        state: opens > 0 ? 'used' : isTried ? 'wrong' : 'unused',
        reason: typedReason(key, opens, refused.get(key.id) ?? null, isTried),
      };
    }),
    autoKeys: keys.auto,
    leftOut: security.unlisted + security.leftOut + (joined.length - rows.length),
  };
}

/** The associations of `securityList`, with the same numbers. */
export function associationRows({ account: { security } }: Session): SecurityAssociationRow[] {
  return join(security).map((one, place) => associationRow(security, one, place + 1));
}

/** The keys of the association with this number in the list. Throws ContractError `not-found`. */
export function revealKey(session: Session, association: number): RevealedKeys {
  const { security } = session.account;
  const one = join(security)[association - 1];
  if (one === undefined) throw new ContractError('not-found', `there is no security association ${association}`);
  const key = one.seen?.key ?? null;
  const pair = key === null || key.pair < 0 ? pairOf(security, one.side) : (security.pairs[key.pair] ?? null);
  const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : hexOf(bytes));
  return {
    encryption: key === null ? null : hex(key.encryptionKey),
    authentication: key === null ? null : hex(key.authenticationKey ?? new Uint8Array(0)),
    ck: hex(pair?.ck ?? null),
    ik: hex(pair?.ik ?? null),
    wireshark: key === null || one.seen === null ? null : wiresharkLine(one.seen, key),
  };
}

type Pair = SecurityAccount['pairs'][number];

/** IK and CK that came with the agreement’s challenge. */
function pairOf(security: SecurityAccount, side: Side | null): Pair | null {
  return side === null ? null : (noncesOf(security).get(side.agreement.nonce) ?? null);
}

/** Pairs by the nonce of the challenge that they came with. */
function noncesOf({ pairs }: SecurityAccount): ReadonlyMap<string, Pair> {
  const known = new Map<string, Pair>();
  for (const pair of pairs) if (pair.nonce !== '' && !known.has(pair.nonce)) known.set(pair.nonce, pair);
  return known;
}

/** What belongs to each agreement, by its number, with its place among all. */
type Own = ReadonlyMap<number, readonly (Joined & { readonly place: number })[]>;

function ownOf(joined: readonly Joined[]): Own {
  const own = new Map<number, (Joined & { readonly place: number })[]>();
  for (const [place, one] of joined.entries()) {
    const number = one.side?.agreement.number;
    if (number === undefined) continue;
    const others = own.get(number);
    if (others === undefined) own.set(number, [{ ...one, place }]);
    else others.push({ ...one, place });
  }
  return own;
}

/** Numbers of the agreements that are listed: all of which packets were seen, and some of the others. */
function listedOf({ agreements }: SecurityAccount, own: Own): ReadonlySet<number> {
  const listed = new Set<number>();
  let unseen = 0;
  for (const { number } of agreements) {
    const isSeen = own.get(number)?.some(({ seen }) => seen !== null) === true;
    if (!isSeen) unseen += 1;
    if (isSeen || unseen <= MOST_UNSEEN) listed.add(number);
  }
  return listed;
}

/** For each agreement the next one of the same phone: in the same dialog, or by the same identity. */
function replacedBy({ agreements }: SecurityAccount): ReadonlyMap<number, number> {
  const next = new Map<number, number>();
  const latest = new Map<string, number>();
  for (const { number, ue, callId, impi } of agreements.toReversed()) {
    const names = [`${ue}\n${callId}`, ...(impi === '' ? [] : [`${ue}\n\n${impi}`])];
    const found = names.flatMap((name) => latest.get(name) ?? []);
    if (found.length > 0) next.set(number, Math.min(...found));
    for (const name of names) latest.set(name, number);
  }
  return next;
}

/** Associations in the order of their first packets, then those that were agreed on and never seen. */
function join({ associations, agreements }: SecurityAccount): Joined[] {
  const sides = agreements.flatMap(sidesOf);
  const byTarget = new Map<string, Side[]>();
  const byAgreement = new Map<string, Side>();
  for (const side of sides) {
    const { spi, dst, agreement } = side;
    const others = byTarget.get(`${spi} ${dst}`);
    if (others === undefined) byTarget.set(`${spi} ${dst}`, [side]);
    else others.push(side);
    const name = `${spi} ${agreement.number}`;
    if (!byAgreement.has(name)) byAgreement.set(name, side);
  }
  const used = new Set<Side>();
  const seen = associations.map((one): Joined => {
    const proven = one.key === null ? undefined : byAgreement.get(`${one.spi} ${one.key.agreement}`);
    const side = proven ?? sideOf(one, byTarget.get(`${one.spi} ${one.dst}`) ?? []);
    if (side !== null) used.add(side);
    return { seen: one, side };
  });
  const unseen = sides.filter((side) => !used.has(side) && answered(side.agreement).length > 0);
  return [...seen, ...unseen.map((side): Joined => ({ seen: null, side }))];
}

/** Of the agreements that name its SPI and destination the last one before its first packet. */
function sideOf({ firstFrame }: AssociationAccount, sides: readonly Side[]): Side | null {
  return sides.findLast(({ agreement }) => agreement.frame <= firstFrame) ?? sides[0] ?? null;
}

function associationRow(security: SecurityAccount, one: Joined, id: number): SecurityAssociationRow {
  const { seen, side } = one;
  const mechanism = side === null ? null : chosen(side.agreement);
  const key = seen?.key ?? null;
  const [unchecked = 0, good = 0, bad = 0] = seen?.verdicts ?? [];
  return {
    id,
    registration: side === null ? null : side.agreement.number + 1,
    role: side?.role ?? null,
    spi: spiText(seen?.spi ?? side?.spi ?? 0),
    src: seen?.src ?? side?.src ?? '?',
    sport: port(seen?.sport, side?.sport),
    dst: seen?.dst ?? side?.dst ?? '?',
    dport: port(seen?.dport, side?.dport),
    encryption:
      key?.encryption.name ?? (seen !== null && seen.guessedIcv >= 0 ? 'null' : (mechanism?.ealg ?? 'unknown')),
    authentication:
      key?.authentication.name ??
      (mechanism === null ? 'unknown' : (authenticationNamed(mechanism.alg)?.name ?? mechanism.alg)),
    mode: seen?.isTunnel === true || mechanism?.mode === 'tun' ? 'tunnel' : 'transport',
    keys: originOf(security, seen),
    encryptionKey: masked(key?.encryptionKey ?? null),
    authenticationKey: masked(key?.authenticationKey ?? null),
    packets: seen?.packets ?? 0,
    opened: seen?.opened ?? 0,
    icv: { good, bad, unchecked },
    replays: seen?.replays ?? 0,
    frames: seen === null ? null : [seen.firstFrame, seen.lastFrame],
    state: stateOf(seen),
    reason: reasonOf(security, one),
  };
}

/** As its packets have it, else as was agreed; null where it is not known, which is 0 in both. */
function port(seen = 0, agreed = 0): number | null {
  if (seen > 0) return seen;
  return agreed > 0 ? agreed : null;
}

function typedSpi({ association }: TypedKey): string | null {
  const spi = association?.spi ?? null;
  return spi === null ? null : spiText(spi);
}

interface Known {
  readonly agreement: Agreement;
  /** Number of the agreement that took its place, null for none. */
  readonly next: number | null;
  /** IK and CK that came with its challenge. */
  readonly pair: Pair | null;
}

/** @param own associations of this agreement. */
function registration(
  security: SecurityAccount,
  own: readonly (Joined & { readonly place: number })[],
  { agreement, next, pair }: Known,
  when: (ns: number) => string,
): SecurityRegistration {
  const { number, callId, frame, time, ue, pcscf, impi, impu } = agreement;
  const opened = own.find(({ seen }) => seen !== null && seen.key !== null);
  const best = chosen(agreement);
  return {
    id: number + 1,
    impi: impi === '' ? null : impi,
    impu: impu === '' ? null : impu,
    callId,
    frame,
    ts: when(time),
    ue,
    pcscf,
    offered: agreement.client.map(mechanismOf),
    answered: agreement.server.map(mechanismOf),
    verified: agreement.verify.map(mechanismOf),
    chosen: best === null ? null : mechanismOf(best),
    differences: differencesOf(agreement, own),
    keys: opened === undefined ? (pair === null ? null : pairOrigin(pair)) : originOf(security, opened.seen),
    associations: own.map(({ place }) => place + 1),
    replacedBy: next === null ? null : next + 1,
  };
}

function pairOrigin({ kind, frame }: SecurityAccount['pairs'][number]): KeyOrigin {
  if (kind === 'user') return { kind, frame: null, text: 'typed' };
  return { kind, frame, text: kind === 'sip' ? `401 in frame ${frame}` : `Diameter in frame ${frame}` };
}

function masked(key: Uint8Array | null): MaskedKey | null {
  return key === null || key.length === 0 ? null : { bits: key.length * 8, fingerprint: fingerprint(key) };
}

function mechanismOf({ name, q, alg, ealg, prot, mode, spiC, spiS, portC, portS }: Mechanism): SecurityMechanism {
  const known = (number: number): number | null => (number < 0 ? null : number);
  const spi = (number: number): string | null => (number < 0 ? null : spiText(number));
  return {
    name,
    q: known(q),
    alg: alg === '' ? null : alg,
    ealg,
    prot,
    mode,
    spiC: spi(spiC),
    spiS: spi(spiS),
    portC: known(portC),
    portS: known(portS),
  };
}
