import type { EspLock, Icv, Suite } from '../decode/esp-lock.ts';
import type { Authentication, Encryption } from './algorithms.ts';
import { authenticator, type Authenticator } from './authenticators.ts';
import { chained, decryptor, sealed, type Chain, type Decryptor } from './decryptors.ts';
import { BAD, GOOD, UNCHECKED } from './verdict.ts';

/** Keys of a security association, as the algorithms take them: with salt, expanded. Null where one is not known. */
export interface Secrets {
  readonly encryption: Encryption;
  readonly encryptionKey: Uint8Array | null;
  readonly authentication: Authentication;
  readonly authenticationKey: Uint8Array | null;
  /** Upper half of sequence numbers of 64 bits (RFC 4303 2.2.1) to begin with, 0 to 0xffffffff; null where they have 32. */
  readonly esn: number | null;
}

/** Bytes of the half that is not sent. */
const UPPER = 4;

/** Whose keys they are, for who is told about it. */
export interface Origin {
  readonly keySource: Suite['keySource'];
  /** Number of what the user typed, in the order of the options; -1 for others. */
  readonly typed: number;
  /** Number of the IK and CK they were made from, in the order in which the ring learnt them; -1 for others. */
  readonly pair: number;
  /** Number of the agreement that names the algorithms; -1 for others. */
  readonly agreement: number;
}

/** Keys of a security association, ready to open its packets. */
export class Lock implements EspLock {
  readonly encryption: string;
  readonly authentication: string;
  readonly keySource: Suite['keySource'];
  readonly icv: number;
  readonly iv: number;
  readonly encrypted: boolean;
  readonly isWhole: boolean;
  readonly isMeant: boolean;
  readonly secrets: Secrets;
  readonly origin: Origin;

  /** For many packets at once: OpenSSL’s name of the hash of an HMAC, null where there is none that is made so; and the cipher. */
  readonly bulkHash: string | null;
  readonly chain: Chain | null;

  /** Of the packet that was right last, where sequence numbers have 64 bits. */
  private upper: number;
  private readonly upperBytes: Uint8Array;
  private readonly authenticate: Authenticator | null;
  private readonly seal: ReturnType<typeof sealed> | null;
  private readonly open: Decryptor | null;

  constructor(secrets: Secrets, origin: Origin, isMeant: boolean) {
    const { encryption, encryptionKey, authentication, authenticationKey, esn } = secrets;
    this.secrets = secrets;
    this.origin = origin;
    this.isMeant = isMeant;
    this.encryption = encryption.name;
    this.authentication = authentication.name;
    this.keySource = origin.keySource;
    this.icv = encryption.icv > 0 ? encryption.icv : authentication.icv;
    this.iv = encryption.iv;
    this.encrypted = encryption.name !== 'null' && encryption.name !== 'aes-gmac';
    const isSealed = encryption.icv > 0;
    this.isWhole = isSealed;
    this.seal = isSealed && encryptionKey !== null ? sealed(encryption, encryptionKey) : null;
    this.authenticate =
      isSealed || authenticationKey === null ? null : authenticator(authentication, authenticationKey);
    this.upper = esn ?? 0;
    this.upperBytes = new Uint8Array(esn === null ? 0 : UPPER);
    this.bulkHash = isSealed || esn !== null || !isShort(authenticationKey) ? null : authentication.hash;
    this.chain = isSealed || encryptionKey === null ? null : chained(encryption, encryptionKey);
    this.open = isSealed || encryptionKey === null ? null : decryptor(encryption, encryptionKey);
  }

  /** Whether there is anything that costs less for many packets at once. */
  get isBulk(): boolean {
    return this.bulkHash !== null || this.chain !== null;
  }

  check(bytes: Uint8Array, at: number, end: number): Icv {
    if (this.secrets.esn === null) return this.checkOnce(bytes, at, end);
    // The upper half is that of the packet before, or one more where the lower half began again; a late packet has one less.
    const { upper } = this;
    for (const guess of [upper, upper + 1, upper - 1]) {
      if (guess < 0 || guess > 0xffff_ffff) continue;
      new DataView(this.upperBytes.buffer).setUint32(0, guess);
      const icv = this.checkOnce(bytes, at, end);
      if (icv !== BAD) {
        this.upper = guess;
        return icv;
      }
    }
    return BAD;
  }

  private checkOnce(bytes: Uint8Array, at: number, end: number): Icv {
    if (this.seal !== null) return this.seal.check(bytes, at, end, this.upperBytes);
    if (this.authenticate === null) return UNCHECKED;
    return this.authenticate(bytes, at, end, this.upperBytes) ? GOOD : BAD;
  }

  decrypt(bytes: Uint8Array, at: number, end: number): Uint8Array | null {
    if (this.seal !== null) return this.seal.decrypt(bytes, at, end, this.icv);
    return this.open === null ? null : this.open(bytes, at, end, this.icv);
  }
}

/** Whether a key of an HMAC fits into a block of any hash (RFC 2104 2.); longer ones are hashed first. */
function isShort(key: Uint8Array | null): boolean {
  return key !== null && key.length <= 64;
}
