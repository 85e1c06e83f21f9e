import type { AuthVector } from './diameter.ts';
import type { EspAssociation } from './esp-association.ts';
import type { Packet } from './packet.ts';
import type { SecurityNotes } from './security-notes.ts';

/** What a packet's integrity check value says of the key. */
export const Icv = { Unchecked: 0, Good: 1, Bad: 2 } as const;
export type Icv = (typeof Icv)[keyof typeof Icv];

/** Algorithms as `--esp` names them, and whose keys they are. */
export interface Suite {
  readonly encryption: string;
  /** `none` where nothing is authenticated apart from encryption; `unknown` where that is not known. */
  readonly authentication: string;
  readonly keySource: 'user' | 'capture' | 'null-heuristic';
}

/**
 * Algorithms with keys that may be those of a security association (RFC 4301 4.4.2). Ranges are those of the ESP packet:
 * `at` is where its SPI stands, `end` is behind its ICV, with room between for the header, `iv`, `icv` and two bytes.
 */
export interface EspLock extends Suite {
  /** Bytes of ICV, and of the initialisation vector behind the sequence number. */
  readonly icv: number;
  readonly iv: number;
  /** False where the payload stands in the packet as it is. */
  readonly encrypted: boolean;
  /** A good ICV proves all of it: one algorithm authenticates and encrypts. Else it says nothing of how packets are encrypted. */
  readonly isWhole: boolean;
  /** It was said to be this association's key; of others it is just tried whether they are. */
  readonly isMeant: boolean;
  /** Whether the packet's ICV is the key's; `Unchecked` where nothing is authenticated or the key for it is not known. */
  check(bytes: Uint8Array, at: number, end: number): Icv;
  /**
   * Payload, padding and next header in the clear, which stay as they are; null where they can't be: too few bytes, or
   * not a multiple of the cipher's block. Of an `encrypted` lock only.
   */
  decrypt(bytes: Uint8Array, at: number, end: number): Uint8Array | null;
}

/** Who opens packets before it is their turn, many at a time, since that costs less. */
export interface EspAhead {
  /**
   * Whether something is known of the ESP packet `packet.bytes[at, end)`, which stands in the capture as it is, under a key
   * that packets of its association have proven. Then the fields below say what; they are as the key itself would say.
   */
  knows(packet: Packet, lock: EspLock, at: number, end: number): boolean;
  /** `Good`, or `Unchecked` where the key is to be asked. */
  readonly icv: Icv;
  /** What the key’s `decrypt` gives is `bytes[at, end)`; null where it is to be asked. */
  readonly bytes: Uint8Array | null;
  readonly view: DataView;
  readonly at: number;
  readonly end: number;
}

/** Who knows keys: learns from what goes by, and says which may open a packet. */
export interface EspRing {
  /** Becomes another number when something was learnt: what could not be opened before may be opened now. */
  readonly version: number;
  /** Null where packets are opened one by one. */
  readonly ahead: EspAhead | null;
  /** What may open packets of an association, the likeliest first; a bounded number. */
  locksFor(association: EspAssociation): readonly EspLock[];
  /** How packets of an association are authenticated, as was agreed on; null where no agreement was seen. */
  agreedAuthentication(association: EspAssociation): string | null;
  /** A Diameter answer with keys went by. */
  learnVector(packet: Packet, vector: AuthVector): void;
  /** A REGISTER or an answer to one went by, with something in it about keys or security associations. */
  learnNotes(packet: Packet, notes: SecurityNotes): void;
}
