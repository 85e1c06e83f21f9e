/** Bytes of one HEP packet at most: its length has two bytes. */
const LONGEST = 65_535;

/** Cuts a stream into HEP3 packets: `HEP3`, the length of all in two bytes, and the rest. */
export class HepFrames {
  /** What came was no HEP3; nothing is taken any more. */
  broken = false;
  private rest: Uint8Array = new Uint8Array(0);

  /** The packets that are whole now. Holds less than one packet back. */
  *push(bytes: Uint8Array): Generator<Uint8Array> {
    if (this.broken) return;
    const all = this.rest.length === 0 ? bytes : joined(this.rest, bytes);
    let at = 0;
    while (all.length - at >= 6) {
      const length = ((all[at + 4] as number) << 8) | (all[at + 5] as number);
      if (!isHep(all, at) || length < 6) {
        this.broken = true;
        this.rest = new Uint8Array(0);
        return;
      }
      if (all.length - at < length) break;
      yield all.subarray(at, at + length);
      at += length;
    }
    this.rest = all.slice(at, at + LONGEST);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** `HEP3` */
function isHep(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x48 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x50 && bytes[at + 3] === 0x33;
}
