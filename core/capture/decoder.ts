import type { Damage } from './reader.ts';

/** Turns compressed bytes into the bytes they stand for, piece by piece. */
export interface Decoder {
  /** Takes a piece of input, which must not change until `read` gives null. Only when `read` gave null, or at first. */
  write(piece: Uint8Array): void;
  /** Says that there is no more input; likewise. */
  end(): void;
  /**
   * The next bytes that come out, valid until the next call; null where more input is wanted or, after `end`, where all
   * is out. Rejects with DamagedDataError.
   */
  read(): Promise<Uint8Array | null>;
  close(): void;
}

/** Compressed data that cannot be decompressed any further. */
export class DamagedDataError extends Error {
  override readonly name = 'DamagedDataError';
  readonly damage: Damage;

  constructor(code: 'cut-short' | 'bad-data', text: string) {
    super(text);
    this.damage = { code, text };
  }
}

/** A kind of compression in the list of kinds. */
export interface Compression {
  readonly name: string;
  /** How many first bytes `recognises` wants to see. */
  readonly magicLength: number;
  recognises(first: Uint8Array): boolean;
  /** Whether a decoder gives all it can before it rejects; else some of what it made of the last piece is lost. */
  readonly exact: boolean;
  open(): Decoder;
}
