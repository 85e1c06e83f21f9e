/** IPsec between phone and P-CSCF: what the user knows of keys, and what the capture shows of security associations. */

/**
 * IK and CK of a subscriber, as hexadecimal with or without `0x`; expanded for each algorithm as TS 33.203 Annex I says.
 * Null where it is not known: IK alone checks and opens NULL encryption, CK alone opens without checking.
 */
export interface TypedKeyPair {
  /** Private or public identity (IMPI, IMPU) the keys are for; null: they are tried for every subscriber. */
  readonly subscriber: string | null;
  readonly ik: string | null;
  readonly ck: string | null;
}

/** What the user knows of keys, as it was typed, pasted or read from files. */
export interface TypedKeys {
  readonly pairs?: readonly TypedKeyPair[];
  /** `src,dst,spi,encryption,enc-key,authentication,auth-key` each, as the option `--esp` of the command takes it. */
  readonly associations?: readonly string[];
  /**
   * Texts that hold keys: Wireshark’s file `esp_sa`, output of `ip xfrm state` or `swanctl --list-sas --raw`, strongSwan’s
   * log, lines of our own (`subscriber=… ik=… ck=…`, or one as in `associations`). Which one it is shows in the text.
   * `name` is how mistakes call it.
   */
  readonly texts?: readonly { readonly name: string; readonly text: string }[];
}

/** A mistake in typed keys; never holds a key or a part of one. */
export interface KeyProblem {
  /** Name of the text, or `--esp`, `--ik`, `--ck`. */
  readonly source: string;
  /** From 1; null where it is not a text of lines. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
  readonly message: string;
}

/** What was understood of typed keys. */
export interface KeysRead {
  /** Each text's format: `Wireshark esp_sa`, `ip xfrm state`, …, in the order of the texts. */
  readonly formats: readonly string[];
  readonly pairs: number;
  readonly associations: number;
  readonly problems: readonly KeyProblem[];
}

/** A key that is not shown: how long it is, and 8 hexadecimal digits of a hash that tell it from others. */
export interface MaskedKey {
  readonly bits: number;
  readonly fingerprint: string;
}

/** Something the user typed, and what became of it. */
export interface TypedKeyRow {
  /** Number of the key while the capture is open: for `setKeys.keep`. */
  readonly id: number;
  readonly kind: 'pair' | 'association';
  /** Where it came from: `typed`, or name and line of a text. */
  readonly source: string;
  readonly subscriber: string | null;
  /** Of an association: `0x…`; null for a pair, or where it is for every SPI. */
  readonly spi: string | null;
  /** IK, or the key for authentication; CK, or the key for encryption. */
  readonly authentication: MaskedKey | null;
  readonly encryption: MaskedKey | null;
  /** `used`: opened packets; `wrong`: it was tried, and the packets say that it is not their key; `unused`: nothing to try it on. */
  readonly state: 'used' | 'wrong' | 'unused';
  /** A sentence. */
  readonly reason: string;
}

/** A mechanism of Security-Client, -Server or -Verify (RFC 3329, TS 33.203 Annex H). */
export interface SecurityMechanism {
  /** `ipsec-3gpp`, … as written. */
  readonly name: string;
  /** 0 to 1; null where not written. */
  readonly q: number | null;
  /** As written, or what stands for a parameter that is missing: `null`, `esp`, `trans`. */
  readonly alg: string | null;
  readonly ealg: string;
  readonly prot: string;
  readonly mode: string;
  /** `0x…`. */
  readonly spiC: string | null;
  readonly spiS: string | null;
  readonly portC: number | null;
  readonly portS: number | null;
}

/** What does not fit together in an agreement. */
export interface SecurityDifference {
  readonly text: string;
  readonly frames: readonly number[];
}

/** Where keys came from. */
export interface KeyOrigin {
  /** `user`: typed; `sip`: the 401 of the core side; `diameter`: a Multimedia-Auth-Answer; `guess`: none, NULL encryption was recognised. */
  readonly kind: 'user' | 'sip' | 'diameter' | 'guess';
  /** Packet of the 401 or of the Diameter answer. */
  readonly frame: number | null;
  /** `401 in frame 7`, `typed`, `guessed: NULL`. */
  readonly text: string;
}

/** An agreement on security associations: a REGISTER with Security-Client and its answer. */
export interface SecurityRegistration {
  /** From 1, in the order of the capture. */
  readonly id: number;
  readonly impi: string | null;
  readonly impu: string | null;
  readonly callId: string;
  /** Of the first message of it, as `ts` and frame. */
  readonly frame: number;
  readonly ts: string;
  readonly ue: string;
  readonly pcscf: string;
  readonly offered: readonly SecurityMechanism[];
  readonly answered: readonly SecurityMechanism[];
  readonly verified: readonly SecurityMechanism[];
  /** What is used by q, of what both sides name; null where they have nothing in common. */
  readonly chosen: SecurityMechanism | null;
  readonly differences: readonly SecurityDifference[];
  /** Where IK and CK came from; null where they are not known. */
  readonly keys: KeyOrigin | null;
  /** Numbers of its security associations (`SecurityAssociationRow.id`). */
  readonly associations: readonly number[];
  /** Number of the registration that took its place (re-registration), null where none. */
  readonly replacedBy: number | null;
}

/** One direction between two hosts: destination and SPI (RFC 4301). */
export interface SecurityAssociationRow {
  /** From 1. */
  readonly id: number;
  /** Null where no agreement in the capture names it. */
  readonly registration: number | null;
  /** Whose SPI it is and which way it goes: `UE port-c → P-CSCF port-s`; null without a registration. */
  readonly role: string | null;
  /** `0x…`. */
  readonly spi: string;
  readonly src: string;
  readonly sport: number | null;
  readonly dst: string;
  readonly dport: number | null;
  /** As `--esp` names them; `unknown` where nothing says. */
  readonly encryption: string;
  readonly authentication: string;
  readonly mode: 'transport' | 'tunnel';
  /** Null where the packets stayed closed. */
  readonly keys: KeyOrigin | null;
  readonly encryptionKey: MaskedKey | null;
  readonly authenticationKey: MaskedKey | null;
  /** Packets seen, and how many of them were opened. */
  readonly packets: number;
  readonly opened: number;
  readonly icv: { readonly good: number; readonly bad: number; readonly unchecked: number };
  /** Sequence numbers that came again. */
  readonly replays: number;
  /** First and last packet; null where none was seen. */
  readonly frames: readonly [number, number] | null;
  /**
   * `open`: with a key that the packets prove; `guessed`: NULL encryption recognised without a key; `wrong-key`: what is
   * known is not its key; `closed`: no key; `unseen`: agreed on, no packet in the capture.
   */
  readonly state: 'open' | 'guessed' | 'wrong-key' | 'closed' | 'unseen';
  /** One sentence: why it is not open, or what is to be said of it; '' where nothing. */
  readonly reason: string;
}

export interface SecurityList {
  readonly registrations: readonly SecurityRegistration[];
  /** In the order of their first packets, those of which no packet was seen last. */
  readonly associations: readonly SecurityAssociationRow[];
  readonly typed: readonly TypedKeyRow[];
  /** Keys are taken from the capture as well. */
  readonly autoKeys: boolean;
  /** Associations beyond the limit of the list, which are not in it. */
  readonly leftOut: number;
}

/** Keys of an association, in hexadecimal; '' where it needs none, null where it is not known. */
export interface RevealedKeys {
  readonly encryption: string | null;
  readonly authentication: string | null;
  /** What they were made from, where that is known. */
  readonly ck: string | null;
  readonly ik: string | null;
  /** The line for Wireshark’s table of ESP SAs. */
  readonly wireshark: string | null;
}

/** Which keys are known from now on. */
export interface KeyChange {
  /** Numbers of typed keys that stay (`TypedKeyRow.id`); none without. */
  readonly keep?: readonly number[];
  readonly add?: TypedKeys;
  /** Take keys from the capture as well; as before without. */
  readonly auto?: boolean;
}

/** Questions about security associations, a part of `Methods`. */
export interface SecurityMethods {
  /** Registrations with their security associations, where keys came from and what stayed closed; when all was read. */
  securityAssociations: { params: Record<string, never>; result: SecurityList };
  /**
   * Other keys than before: those of `keep` (`TypedKeyRow.id`) stay, `add` comes, all others go. What that changes is read
   * again; answers when that is done, with whether anything was. Numbers of rows, calls and streams are new then, and the
   * event `reread` was sent. Rejects with `bad-request` where `add` holds a mistake; then nothing has changed.
   */
  setKeys: {
    params: KeyChange;
    result: { readonly reread: boolean };
  };
  /** What is understood of keys, and the mistakes in them; changes nothing. */
  checkKeys: { params: { readonly keys: TypedKeys }; result: KeysRead };
  /** The keys of a security association in full, for who asks to see them (`SecurityAssociationRow.id`). */
  revealKey: { params: { readonly association: number }; result: RevealedKeys };
}
