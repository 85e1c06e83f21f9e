import type { KeyPair } from './expand.ts';
import type { Agreement } from './agreement.ts';

/** IK and CK that were learnt or typed, and what tells whose they are. Texts are '' where it is not known. Plain data. */
export interface KnownPair extends KeyPair {
  readonly kind: 'user' | 'sip' | 'diameter';
  /** Packet it came with, 0 for what was typed; nanoseconds since the session's base. */
  readonly frame: number;
  readonly time: number;
  readonly impi: string;
  readonly impu: string;
  readonly callId: string;
  readonly cseq: number;
  /** Of the challenge they came with. */
  readonly nonce: string;
  /** RAND and AUTN, in hexadecimal. */
  readonly challenge: string;
  /** Number of what was typed, from 0; -1 for others. */
  readonly typed: number;
}

/** Pairs that are remembered; later ones are not. */
export const MAX_PAIRS = 1 << 16;
/** Pairs that are found for an agreement. */
const MAX_FOUND = 12;
/** Pairs of others that are tried where none is known to be right, those that came last. */
const MAX_STRANGERS = 4;

/** A pair, and whether something says that it is the one looked for. */
export interface FoundPair {
  readonly number: number;
  readonly pair: KnownPair;
  readonly isMeant: boolean;
}

/** IK and CK of subscribers, found by what is known of a registration. */
export class Pairs {
  readonly all: KnownPair[] = [];
  leftOut = 0;
  private readonly byName = new Map<string, number[]>();
  private readonly general: number[] = [];

  constructor(known: readonly KnownPair[] = []) {
    for (const pair of known) this.add(pair);
  }

  /** True where it is new. */
  add(pair: KnownPair): boolean {
    const names = namesOf(pair);
    for (const name of names) {
      if ((this.byName.get(name) ?? []).some((number) => isSame(this.all[number] as KnownPair, pair))) return false;
    }
    if (this.all.length >= MAX_PAIRS) {
      this.leftOut += 1;
      return false;
    }
    const number = this.all.push(pair) - 1;
    for (const name of names) {
      const others = this.byName.get(name);
      if (others === undefined) this.byName.set(name, [number]);
      else others.push(number);
    }
    if (pair.kind === 'user' && pair.impi === '') this.general.push(number);
    return true;
  }

  /** Pairs that may be an agreement's, the likeliest first: by nonce, by Call-ID, by identity, typed for everybody, and last some of others. */
  of({ nonce, callId, impi, impu }: Agreement): FoundPair[] {
    const numbers = new Set<number>();
    for (const name of [`n ${nonce}`, ...challengeOf(nonce), `c ${callId}`, `i ${bare(impi)}`, `i ${bare(impu)}`]) {
      // The latest first.
      if (name.length > 2) for (const number of (this.byName.get(name) ?? []).toReversed()) numbers.add(number);
    }
    for (const number of this.general) numbers.add(number);
    const meant = numbers.size;
    for (const number of this.latest()) numbers.add(number);
    return [...numbers].slice(0, Math.max(MAX_FOUND, this.general.length)).map((number, place) => ({
      number,
      pair: this.all[number] as KnownPair,
      isMeant: place < meant,
    }));
  }

  /** Pairs to try where no agreement is known. */
  strangers(): FoundPair[] {
    const numbers = new Set([...this.general, ...this.latest()]);
    return [...numbers].map((number) => ({ number, pair: this.all[number] as KnownPair, isMeant: false }));
  }

  private latest(): number[] {
    const from = Math.max(0, this.all.length - MAX_STRANGERS);
    return Array.from({ length: this.all.length - from }, (_, i) => this.all.length - 1 - i);
  }
}

function namesOf({ nonce, challenge, callId, impi, impu }: KnownPair): string[] {
  const names = [`n ${nonce}`, `r ${challenge}`, `c ${callId}`, `i ${bare(impi)}`, `i ${bare(impu)}`];
  return [...new Set(names)].filter((name) => name.length > 2);
}

/** RAND and AUTN, with which the nonce begins (RFC 3310 3.2). */
function challengeOf(nonce: string): string[] {
  const bytes = Buffer.from(nonce, 'base64');
  return bytes.length < 32 ? [] : [`r ${bytes.subarray(0, 32).toString('hex')}`];
}

/** An identity as it is compared: without scheme, parameters and case. */
function bare(identity: string): string {
  return identity
    .trim()
    .toLowerCase()
    .replace(/^(?:sips?|tel):/u, '')
    .replace(/[;?].*$/u, '');
}

function isSame(a: KnownPair, b: KnownPair): boolean {
  return a.kind === b.kind && a.frame === b.frame && a.typed === b.typed && isEqual(a.ik, b.ik) && isEqual(a.ck, b.ck);
}

function isEqual(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : a.length === b.length && a.every((byte, i) => byte === b[i]);
}
