import { Interner } from '../bytes/intern.ts';
import { ipText } from '../bytes/ip-text.ts';

/** Numbers below are those of the interner; from here on the number is the IPv4 address. */
const FIRST_V4 = 0x0100_0000;
/** Addresses that are remembered at most, beside those of IPv4; about 90 MB. What comes after them has no number. */
export const MAX_INTERNED = 1 << 21;

/**
 * IP addresses as numbers of 32 bits: equal addresses have equal numbers, 0 is none. An IPv4 address is its own number, which
 * takes neither time nor memory; those of IPv6 are numbered as they come, and so are those in 0.0.0.0/8, which nobody
 * has. An IPv4 address and its IPv4-mapped IPv6 form are two addresses, as on the wire.
 */
export class Addresses {
  /** Times an address had no number because there were too many. */
  unnumbered = 0;
  private readonly interner = new Interner();
  private readonly texts = new Map<number, string>();
  private readonly limit: number;

  /** @param limit addresses that are remembered. */
  constructor(limit = MAX_INTERNED) {
    this.limit = limit;
  }

  /** The number of the IPv4 address at `at`. */
  v4(bytes: Uint8Array, view: DataView, at: number): number {
    const address = view.getUint32(at);
    return address >= FIRST_V4 ? address : this.intern(bytes, at, at + 4);
  }

  /** The number of the IPv6 address at `at`. */
  v6(bytes: Uint8Array, at: number): number {
    return this.intern(bytes, at, at + 16);
  }

  /** Addresses that were numbered as they came have numbers below this one. */
  get nextNumber(): number {
    return this.interner.size;
  }

  /** Gives the next number to an address of 4 or 16 bytes that has none: so another reader's numbers become known here. */
  learn(bytes: Uint8Array): void {
    this.interner.intern(bytes, 0, bytes.length);
  }

  /** 4, 6 or 0 (no address). */
  family(number: number): number {
    if (number >= FIRST_V4) return 4;
    const { length } = this.interner.bytesOf(number);
    if (length === 4) return 4;
    return length === 16 ? 6 : 0;
  }

  /** `192.0.2.1` or `2001:db8::1` (RFC 5952); `?` for 0. */
  text(number: number): string {
    const known = this.texts.get(number);
    if (known !== undefined) return known;
    const text = ipText(this.bytesOf(number));
    this.texts.set(number, text);
    return text;
  }

  /** The 4 or 16 bytes of an address; none for 0. */
  bytesOf(number: number): Uint8Array {
    if (number < FIRST_V4) return this.interner.bytesOf(number);
    return Uint8Array.of(number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff);
  }

  private intern(bytes: Uint8Array, at: number, end: number): number {
    if (this.interner.size < this.limit) return this.interner.intern(bytes, at, end);
    const known = this.interner.find(bytes, at, end);
    if (known === 0) this.unnumbered += 1;
    return known;
  }
}
