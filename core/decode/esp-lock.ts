import type { AuthVector } from './diameter.ts';
import type { EspAssociation } from './esp-association.ts';
import type { Packet, RecordForm } from './packet.ts';
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

  /** Whether `usual` may be true. */
  readonly isOn: boolean;
  /**
   * Whether the packet at hand is a usual one that was opened: Ethernet with one VLAN tag or none, or a cooked capture, IPv4
   * without options and not in fragments, ESP with a good ICV, and a UDP datagram inside. Then `bytes`, `view`, `at` and `end`
   * are as above (`bytes` null where it is not encrypted), and the fields below say where things stand.
   */
  usual(packet: Packet): boolean;
  /** The key that opens it. */
  readonly lock: EspLock | null;
  /** Its IPv4 header and its ESP, in `packet.bytes`. */
  readonly ip: number;
  readonly espAt: number;
  readonly espEnd: number;
  /** The UDP header and where the datagram ends, in `bytes`, or else in `packet.bytes`; whether it has the form of RTP or RTCP. */
  readonly udpAt: number;
  readonly udpEnd: number;
  readonly isMedia: boolean;

  /**
   * Goes over usual packets of proven associations that come next in a capture whose records are like `layout`, the first
   * at `at` of `packet.bytes`, in order of time and of sequence numbers, and takes note of them in their associations. Times are
   * counted from `base`, in seconds; `latest` is that of the packet before (nanoseconds), `frame` its number. What holds media of
   * flows that `remember` was told of is only counted. Answers true where it stopped at a packet that the sinks have to hear
   * of, whose fields it has filled in as `usual` does; false where what comes next is not such a packet.
   */
  run(packet: Packet, layout: RecordForm, base: number, at: number, latest: number, frame: number): boolean;
  /** Of the last run: where the next record begins, time and number of its last packet and where that begins; bytes on the wire of all; packets that were only counted. */
  readonly next: number;
  readonly latest: number;
  readonly frame: number;
  readonly start: number;
  readonly wire: number;
  readonly counted: number;
  /** Number of the way in which the last packet was opened. */
  readonly number: number;
  /** The flow of the packet that was told of last is one that need only be counted. */
  remember(): void;
  /** Brings associations up to date, in which runs have taken note of packets. */
  settle(): void;
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
