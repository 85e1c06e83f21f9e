/**
 * What every capture format gives: records out of a buffer. A reader never reads from anywhere; whoever drives it owns
 * the buffer, so the same reader serves files, pipes and live captures in pieces of any size.
 */

/** Why reading ended before the end of the input. The capture up to there is good. */
export interface Damage {
  /** For programs: `cut-short`, `bad-record`, `bad-block`, … */
  readonly code: string;
  /** For people, one sentence, without the file's name. */
  readonly text: string;
}

/** Link type of an interface nobody described (a pcapng packet that names an unknown interface). */
export const UNKNOWN_LINK = -1;

export interface CaptureReader {
  /** `pcap`, `pcapng`. */
  readonly format: string;

  /**
   * Looks at `bytes[at, end)`, whose first byte is the next unread byte of the capture.
   * Returns how many bytes were consumed (more than 0); 0 when more are needed: then `need` says how many bytes from
   * `at` it takes to go on, at least; or -1 when the capture is damaged here: then `damage` says how.
   * After a positive return `packet` says whether a packet was found, and then the fields below describe it.
   */
  next(bytes: Uint8Array, view: DataView, at: number, end: number): number;

  /**
   * Where the packets lie whose records begin at `at` and are whole before `end`: pairs of first byte and end, as many as
   * fit in `into`. Returns how many; nothing is consumed, and it may leave off before anything that is no plain packet. A
   * format need not have it.
   */
  upcoming?(view: DataView, at: number, end: number, into: Int32Array): number;

  readonly need: number;
  readonly damage: Damage | null;

  /** Whether the last consumed record was a packet (and not a header or a statistics block). */
  readonly packet: boolean;
  /** Where in `bytes` the packet's first byte is. */
  readonly dataAt: number;
  /** Bytes of it that were captured; `dataAt + captured` lies within what was consumed. */
  readonly captured: number;
  /** Bytes it had on the wire; where a format does not say, `captured`. Never less than `captured`. */
  readonly original: number;
  /** Time of the packet: whole seconds since 1970 (may be negative), and nanoseconds 0 to 999,999,999. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** LINKTYPE_ number (https://www.tcpdump.org/linktypes.html) or UNKNOWN_LINK. */
  readonly linkType: number;
  /** Number of the interface, counted over all sections of the file, from 0. */
  readonly interfaceId: number;
  /** Decimals of a second the packet's clock has: 6 for µs, 9 for ns. */
  readonly decimals: number;

  /** The form of the record at hand, where it is one that programs know (core/programs/capture): others like it may follow. Null where it is not. */
  readonly layout: RecordLayout | null;

  /** Called where others have read on over records of `layout`, of which the last has this time: a record without one may follow. */
  readonly passed?: (seconds: number, nanoseconds: number) => void;

  /** Called when the input is over with `left` bytes unread: null where that is a clean end. */
  finish(left: number): Damage | null;

  /** Names of addresses found in the capture (pcapng NRB), address text → names; TLS key logs are kept apart. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** Records of 16 bytes (seconds, parts of a second, bytes captured, bytes on the wire, 32 bits each), then the packet; or Enhanced Packet Blocks of one interface. */
export interface RecordLayout {
  readonly little: boolean;
  /** Nanoseconds of a part of a second, or of a tick. */
  readonly scale: number;
  /** A packet, or a block, that claims to be longer is damage. */
  readonly longest: number;
  readonly linkType: number;
  /** Of pcapng: the interface, as its section numbers it and over all sections; its ticks of a second, and seconds that are added. */
  readonly blocks: {
    readonly interface: number;
    readonly number: number;
    readonly units: number;
    readonly offset: number;
  } | null;
}

/** A format in the list of formats. */
export interface CaptureFormat {
  readonly name: string;
  /** How many first bytes `recognises` wants to see. */
  readonly magicLength: number;
  /** Whether a capture that begins with these bytes is of this format. */
  recognises(first: Uint8Array): boolean;
  open(): CaptureReader;
}

/** Bytes in order from somewhere: a file, standard input, a decompressor. */
export interface ByteSource {
  /** What to call it in messages: the file's name as the user typed it, or `standard input`. */
  readonly name: string;
  /** Length in bytes where it is known, for progress. */
  readonly size: number | null;
  /** Fills at most `length` bytes of `target` from `offset` on and says how many; 0 at the end. Rejects with CaptureError. */
  read(target: Uint8Array, offset: number, length: number): Promise<number>;
  /** After the end: why it came too early, where the source can tell (damaged compressed data). */
  readonly damage?: Damage | null;
  /** May be called while a read is under way, which then ends. */
  close(): Promise<void>;
}

/** A source at the beginning of the chain; `consumed` counts the bytes it gave, for progress. */
export interface RawSource extends ByteSource {
  readonly consumed: number;
}

/** Bytes by position, for looking at a packet again. */
export interface RandomAccess {
  /** Up to `length` bytes from `position` on; fewer only at the end of the input. Throws CaptureError when the file changed or went away. */
  readAt(position: number, length: number): Uint8Array;
  /** As `readAt`, into a place of the caller's; returns how many bytes there were. For who goes through much of it. */
  readInto(position: number, target: Uint8Array): number;
}

/** Something about the input that the user has to know; the message is one sentence. Not for damage within a capture. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
}
