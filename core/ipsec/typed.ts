import type { Secrets } from './lock.ts';

/** A security association that the user knows. Null stands for any. Plain data. */
export interface TypedAssociation extends Secrets {
  /** Number of what was typed, from 0. */
  readonly typed: number;
  /** Addresses as this program writes them (RFC 5952). */
  readonly src: string | null;
  readonly dst: string | null;
  readonly spi: number | null;
}

/** A mistake in what was typed; `column` is from 1. Its message never holds a key. */
export class KeyMistakeError extends Error {
  override readonly name = 'KeyMistakeError';
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}
