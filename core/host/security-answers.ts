import { ContractError } from '../contract/api.ts';
import type {
  KeyOrigin,
  MaskedKey,
  RevealedKeys,
  SecurityAssociationRow,
  SecurityList,
  SecurityMechanism,
  SecurityRegistration,
  TypedKeyRow,
} from '../contract/security.ts';
import { epochText } from '../bytes/time.ts';
import type { Mechanism } from '../decode/security-notes.ts';
import { answered, chosen, sidesOf, type Agreement, type Side } from '../ipsec/agreement.ts';
import { authenticationNamed } from '../ipsec/algorithms.ts';
import { hexOf } from '../ipsec/hex.ts';
import { fingerprint } from '../ipsec/fingerprint.ts';
import type { CaptureKeys } from './capture-keys.ts';
import { spiText } from './protection.ts';
import type { AssociationAccount, SecurityAccount } from './security-account.ts';
import { differencesOf } from './security-differences.ts';
import { originOf, reasonOf, stateOf, typedReason } from './security-words.ts';
import type { Session } from './session.ts';
import type { TypedKey } from './typed-keys.ts';
import { wiresharkLine } from './wireshark-table.ts';

/** An association with the agreement that names it, as far as there are these. */
export interface Joined {
  readonly seen: AssociationAccount | null;
  readonly side: Side | null;
}

/** Registrations with their security associations, in the order of the capture. */
export function securityList(session: Session, keys: CaptureKeys): SecurityList {
  const { security } = session.account;
  const joined = join(security);
  const rows = joined.map((one, place) => associationRow(security, one, place + 1));
  const { base, decimals } = session.tally;
  const when = (ns: number): string => epochText(base ?? 0, ns, decimals);
  return {
    registrations: security.agreements.map((agreement) => registration(security, joined, agreement, when)),
    associations: rows,
    typed: keys.typed.map((key): TypedKeyRow => {
      const uses = security.associations.filter((one) => one.key?.typed === key.id);
      const isTried = security.tried.includes(key.id);
      return {
        id: key.id,
        kind: key.pair === null ? 'association' : 'pair',
        source: key.source,
        subscriber: key.pair?.subscriber ?? null,
        spi: typedSpi(key),
        authentication: masked(key.pair?.ik ?? key.association?.authenticationKey ?? null),
        encryption: masked(key.pair?.ck ?? key.association?.encryptionKey ?? null),
        state: uses.length > 0 ? 'used' : isTried ? 'wrong' : 'unused',
        reason: typedReason(
          key,
          uses.length,
          security.associations.find((one) => one.wrong?.typed === key.id) ?? null,
          isTried,
        ),
      };
    }),
    autoKeys: keys.auto,
    leftOut: security.unlisted + security.leftOut,
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

/** IK and CK that came with the agreement's challenge. */
function pairOf({ pairs }: SecurityAccount, side: Side | null): SecurityAccount['pairs'][number] | null {
  if (side === null || side.agreement.nonce === '') return null;
  return pairs.find(({ nonce }) => nonce === side.agreement.nonce) ?? null;
}

/** Associations in the order of their first packets, then those that were agreed on and never seen. */
function join({ associations, agreements }: SecurityAccount): Joined[] {
  const sides = agreements.flatMap(sidesOf);
  const bySpi = new Map<number, Side[]>();
  for (const side of sides) {
    const others = bySpi.get(side.spi);
    if (others === undefined) bySpi.set(side.spi, [side]);
    else others.push(side);
  }
  const used = new Set<Side>();
  const seen = associations.map((one): Joined => {
    const side = sideOf(one, bySpi.get(one.spi) ?? []);
    if (side !== null) used.add(side);
    return { seen: one, side };
  });
  const unseen = sides.filter((side) => !used.has(side) && answered(side.agreement).length > 0);
  return [...seen, ...unseen.map((side): Joined => ({ seen: null, side }))];
}

/** The agreement of the key that opened it; else the last one before its first packet that names its addresses. */
function sideOf({ key, dst, firstFrame }: AssociationAccount, sides: readonly Side[]): Side | null {
  const proven = sides.find(({ agreement }) => agreement.number === key?.agreement);
  if (proven !== undefined) return proven;
  const here = sides.filter((side) => side.dst === dst);
  return here.findLast(({ agreement }) => agreement.frame <= firstFrame) ?? here[0] ?? null;
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

function registration(
  security: SecurityAccount,
  joined: readonly Joined[],
  agreement: Agreement,
  when: (ns: number) => string,
): SecurityRegistration {
  const { number, callId, frame, time, ue, pcscf, impi, impu } = agreement;
  const own = joined.flatMap(({ side }, place) => (side?.agreement.number === number ? [place + 1] : []));
  const opened = joined.find(
    ({ side, seen }) => side?.agreement.number === number && seen !== null && seen.key !== null,
  );
  const pair = pairOf(security, opened?.side ?? { ...noSide, agreement });
  const best = chosen(agreement);
  const next = security.agreements.find(
    (other) =>
      other.number > number && other.ue === ue && (other.callId === callId || (impi !== '' && other.impi === impi)),
  );
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
    differences: differencesOf(agreement, joined),
    keys: opened === undefined ? (pair === null ? null : pairOrigin(pair)) : originOf(security, opened.seen),
    associations: own,
    replacedBy: next === undefined ? null : next.number + 1,
  };
}

const noSide = { role: '', spi: 0, src: '', sport: 0, dst: '', dport: 0 };

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
