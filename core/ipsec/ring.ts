import type { AuthVector } from '../decode/diameter.ts';
import type { EspAssociation } from '../decode/esp-association.ts';
import type { EspRing } from '../decode/esp-lock.ts';
import type { Packet } from '../decode/packet.ts';
import type { SecurityNotes } from '../decode/security-notes.ts';
import { Ahead } from './ahead.ts';
import { algorithmsOf, chosen, type Agreement, type Algorithms, type Side } from './agreement.ts';
import { Agreements, type SeenAt } from './agreements.ts';
import { authenticationNamed } from './algorithms.ts';
import { expand } from './expand.ts';
import { readHexKey } from './hex.ts';
import { Lock } from './lock.ts';
import { Pairs, type FoundPair, type KnownPair } from './pairs.ts';
import type { TypedAssociation } from './typed.ts';

/** Locks that are tried on a packet at most. */
const MAX_LOCKS = 48;
/** Algorithms of an agreement that are tried. */
const MAX_KINDS = 8;
/** Associations of which the locks are remembered; beyond, all are worked out anew. */
const MAX_REMEMBERED = 1 << 13;

/** What a ring knows from the start. Plain data. */
export interface Known {
  readonly associations: readonly TypedAssociation[];
  /** Typed, and what another reading of the capture has learnt. */
  readonly pairs: readonly KnownPair[];
  readonly agreements: readonly Agreement[];
  /** Keys in the capture are taken as well. */
  readonly auto: boolean;
}

export const nothingKnown: Known = { associations: [], pairs: [], agreements: [], auto: true };

/** How addresses are written, as far as is asked here. */
type AddressTexts = Pick<Packet['addresses'], 'text'>;

/** Algorithms that IK and CK are for where no agreement says (TS 33.203 Annex I). */
const usual: readonly Algorithms[] = ['null', 'aes-cbc', 'des-ede3-cbc'].flatMap((ealg) => [
  { alg: 'hmac-sha-1-96', ealg },
  { alg: 'hmac-md5-96', ealg },
]);

/** The keys that are known, and for which packets. */
export class Ring implements EspRing {
  version = 0;
  readonly ahead: Ahead;
  readonly agreements: Agreements;
  readonly pairs: Pairs;
  readonly typed: readonly TypedAssociation[];
  /** Numbers of typed keys that were tried on a packet. */
  readonly tried = new Set<number>();
  private readonly addresses: AddressTexts;
  private readonly auto: boolean;
  private readonly impis = new Map<string, string>();
  private readonly locks = new Map<string, Lock | null>();
  private readonly found = new Map<string, { readonly version: number; readonly locks: readonly Lock[] }>();

  constructor(known: Known, addresses: AddressTexts) {
    this.ahead = new Ahead();
    this.addresses = addresses;
    this.auto = known.auto;
    this.typed = known.associations;
    this.pairs = new Pairs(known.pairs);
    this.agreements = new Agreements(known.agreements);
  }

  locksFor({ spi, src, dst }: EspAssociation): readonly Lock[] {
    const key = `${spi} ${src} ${dst}`;
    const before = this.found.get(key);
    if (before?.version === this.version) return before.locks;
    const locks = this.work(spi, this.addresses.text(src), this.addresses.text(dst));
    if (this.found.size >= MAX_REMEMBERED) this.found.clear();
    this.found.set(key, { version: this.version, locks });
    return locks;
  }

  agreedAuthentication({ spi, dst }: EspAssociation): string | null {
    const [side] = this.sidesOf(spi, this.addresses.text(dst));
    const mechanism = side === undefined ? null : chosen(side.agreement);
    return mechanism === null ? null : (authenticationNamed(mechanism.alg)?.name ?? null);
  }

  learnVector(packet: Packet, { impi, impu, challenge, ck, ik }: AuthVector): void {
    if (!this.auto) return;
    const { frame, time } = packet;
    const hex = Buffer.from(challenge).toString('hex');
    const rest = { callId: '', cseq: 0, nonce: '', challenge: hex, typed: -1 };
    if (this.pairs.add({ kind: 'diameter', frame, time, impi, impu, ck, ik, ...rest })) this.version += 1;
  }

  learnNotes(packet: Packet, notes: SecurityNotes): void {
    const { frame, time } = packet;
    const at: SeenAt = { frame, time, src: this.addresses.text(packet.src), dst: this.addresses.text(packet.dst) };
    if (notes.impi !== '') {
      if (this.impis.size >= MAX_REMEMBERED) this.impis.clear();
      this.impis.set(notes.callId, notes.impi);
    }
    if (this.agreements.take(notes, at)) this.version += 1;
    if (!this.auto || notes.isRequest || (notes.ck === '' && notes.ik === '')) return;
    const ck = readHexKey(notes.ck);
    const ik = readHexKey(notes.ik);
    if (ck?.length !== 16 && ik?.length !== 16) return;
    const { callId, cseq, impu, nonce } = notes;
    const impi = this.impis.get(callId) ?? '';
    const known = this.pairs.add({
      kind: 'sip',
      frame,
      time,
      impi,
      impu,
      callId,
      cseq,
      nonce,
      challenge: '',
      typed: -1,
      ck: ck?.length === 16 ? ck : null,
      ik: ik?.length === 16 ? ik : null,
    });
    if (known) this.version += 1;
  }

  /** Security associations of agreements with this SPI: those to this address first, then the latest first. */
  sidesOf(spi: number, dst: string): Side[] {
    const sides = this.agreements.sides(spi);
    return [...sides.filter((side) => side.dst === dst), ...sides.filter((side) => side.dst !== dst)];
  }

  private work(spi: number, src: string, dst: string): Lock[] {
    const locks: Lock[] = [];
    const add = (lock: Lock | null): void => {
      if (lock === null || locks.length >= MAX_LOCKS) return;
      locks.push(lock);
      if (lock.origin.typed >= 0) this.tried.add(lock.origin.typed);
    };
    for (const one of this.typed) if (isFor(one, spi, src, dst)) add(this.ofTyped(one));
    for (const side of this.sidesOf(spi, dst)) {
      const { agreement } = side;
      const kinds = algorithmsOf(agreement).slice(0, MAX_KINDS);
      for (const found of this.pairs.of(agreement)) {
        const isMeant = found.isMeant && side.dst === dst;
        for (const kind of kinds) add(this.ofPair(found, kind, agreement.number, isMeant && kind === kinds[0]));
      }
    }
    if (locks.some(({ isMeant }) => isMeant)) return locks;
    for (const found of this.pairs.strangers()) for (const kind of usual) add(this.ofPair(found, kind, -1, false));
    return locks;
  }

  private ofTyped(one: TypedAssociation): Lock | null {
    return this.lockOf(`t ${one.typed}`, () => {
      const origin = { keySource: 'user', typed: one.typed, pair: -1, agreement: -1 } as const;
      return new Lock(one, origin, one.spi !== null);
    });
  }

  private ofPair({ number, pair }: FoundPair, kind: Algorithms, agreement: number, isMeant: boolean): Lock | null {
    return this.lockOf(`${number} ${kind.alg} ${kind.ealg} ${agreement} ${isMeant}`, () => {
      const secrets = expand(pair, kind.alg, kind.ealg);
      const keySource = pair.kind === 'user' ? 'user' : 'capture';
      return secrets === null
        ? null
        : new Lock(secrets, { keySource, typed: pair.typed, pair: number, agreement }, isMeant);
    });
  }

  private lockOf(name: string, make: () => Lock | null): Lock | null {
    const known = this.locks.get(name);
    if (known !== undefined) return known;
    if (this.locks.size >= MAX_REMEMBERED * 4) this.locks.clear();
    const lock = make();
    this.locks.set(name, lock);
    return lock;
  }
}

/** Whether what the user typed is for packets with this SPI between these addresses. */
export function isFor(one: TypedAssociation, spi: number, src: string, dst: string): boolean {
  return (
    (one.spi === null || one.spi === spi) &&
    (one.src === null || one.src === src) &&
    (one.dst === null || one.dst === dst)
  );
}
