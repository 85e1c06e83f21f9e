import { Interner } from '../bytes/intern.ts';
import type { Sighting } from './sighting.ts';

/** Bytes of descriptions, and messages, that are noted at most; SDP of the messages beyond is read again when it is asked for. */
export const MAX_BYTES = 8 << 20;
const MAX_NOTES = 1 << 17;

/**
 * Session descriptions, noted while messages are read: in a capture of media messages lie far apart, and to read each of
 * them again would take longer than to understand it. Equal texts are kept once.
 */
export class SdpNotes {
  private readonly texts = new Interner();
  private readonly byRow = new Map<number, number>();
  private held = 0;
  private readonly limit: number;

  /** @param limit bytes of descriptions. */
  constructor(limit = MAX_BYTES) {
    this.limit = limit;
  }

  /** Notes the description that the message of a row is seen with. */
  note(row: number, { bytes, sdpAt, sdpEnd }: Sighting): void {
    if (sdpAt === 0 || this.held >= this.limit || this.byRow.size >= MAX_NOTES) return;
    const { size } = this.texts;
    this.byRow.set(row, this.texts.intern(bytes, sdpAt, sdpEnd));
    if (this.texts.size > size) this.held += sdpEnd - sdpAt;
  }

  /** A number for the description of a row, equal for equal ones; 0 where none was noted. */
  of(row: number): number {
    return this.byRow.get(row) ?? 0;
  }

  /** Its bytes. */
  bytesOf(number: number): Uint8Array {
    return this.texts.bytesOf(number);
  }
}
