/**
 * XXH64 with seed 0, of which zstd keeps the lower 32 bits behind a frame. 64-bit numbers are two halves in a typed
 * array, low half first, for BigInt would be fifty times slower. Bytes come in whole blocks, the last 32 at the end.
 */

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const STRIPE = 32;

const P1_HIGH = Number(P1 >> 32n) | 0;
const P1_LOW = Number(P1 & 0xffff_ffffn) | 0;
const P2_HIGH = Number(P2 >> 32n) | 0;
const P2_LOW = Number(P2 & 0xffff_ffffn) | 0;

/** Upper 32 bits of the product of two numbers of 32 bits without sign. */
function upper(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const p01 = Math.imul(a0, b1);
  const p10 = Math.imul(a1, b0);
  const middle = (Math.imul(a0, b0) >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  return (Math.imul(a1, b1) + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16)) | 0;
}

const mask = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, bits: bigint): bigint => mask((value << bits) | (mask(value) >> (64n - bits)));

export class Xxh64 {
  /** Four accumulators. */
  private readonly lanes = new Int32Array(8);
  private readonly tail = new Uint8Array(STRIPE);
  private readonly tailView = new DataView(this.tail.buffer);
  private tailLength = 0;
  private length = 0;

  constructor() {
    this.reset();
  }

  reset(): void {
    [mask(P1 + P2), P2, 0n, mask(-P1)].forEach((value, lane) => {
      this.lanes[lane * 2] = Number(value & 0xffff_ffffn);
      this.lanes[lane * 2 + 1] = Number(value >> 32n);
    });
    this.tailLength = 0;
    this.length = 0;
  }

  update(bytes: Uint8Array): void {
    this.length += bytes.length;
    let at = 0;
    if (this.tailLength > 0) {
      at = Math.min(STRIPE - this.tailLength, bytes.length);
      this.tail.set(bytes.subarray(0, at), this.tailLength);
      this.tailLength += at;
      if (this.tailLength < STRIPE) return;
      this.stripes(this.tailView, 0, STRIPE);
      this.tailLength = 0;
    }
    const whole = at + ((bytes.length - at) & -STRIPE);
    this.stripes(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at, whole);
    this.tail.set(bytes.subarray(whole));
    this.tailLength = bytes.length - whole;
  }

  private stripes(view: DataView, from: number, to: number): void {
    const { lanes } = this;
    for (let at = from; at < to; at += STRIPE) {
      for (let lane = 0; lane < 8; lane += 2) {
        const low = view.getInt32(at + lane * 4, true);
        const high = view.getInt32(at + lane * 4 + 4, true);
        // accumulator + input * P2
        const product = Math.imul(low, P2_LOW);
        const sumLow = ((lanes[lane] as number) + product) | 0;
        const carry = sumLow >>> 0 < product >>> 0 ? 1 : 0;
        const cross = upper(low, P2_LOW) + Math.imul(low, P2_HIGH) + Math.imul(high, P2_LOW);
        const sumHigh = ((lanes[lane + 1] as number) + (cross | 0) + carry) | 0;
        // rotated by 31, times P1
        const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
        const turnedHigh = (sumHigh << 31) | (sumLow >>> 1);
        lanes[lane] = Math.imul(turnedLow, P1_LOW);
        lanes[lane + 1] = upper(turnedLow, P1_LOW) + Math.imul(turnedLow, P1_HIGH) + Math.imul(turnedHigh, P1_LOW);
      }
    }
  }

  /** The lower 32 bits of the hash of all bytes so far. */
  low32(): number {
    const lane = (i: number): bigint =>
      (BigInt((this.lanes[i * 2 + 1] as number) >>> 0) << 32n) | BigInt((this.lanes[i * 2] as number) >>> 0);
    let hash = P5;
    if (this.length >= STRIPE) {
      const all = [lane(0), lane(1), lane(2), lane(3)];
      hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => sum + rotate(all[i] as bigint, bits), 0n);
      for (const value of all) hash = mask((hash ^ mask(rotate(mask(value * P2), 31n) * P1)) * P1 + P4);
    }
    hash = mask(hash + BigInt(this.length));
    let at = 0;
    for (; at + 8 <= this.tailLength; at += 8) {
      const round = mask(rotate(mask(this.tailView.getBigUint64(at, true) * P2), 31n) * P1);
      hash = mask(rotate(hash ^ round, 27n) * P1 + P4);
    }
    for (; at + 4 <= this.tailLength; at += 4) {
      hash = mask(rotate(hash ^ mask(BigInt(this.tailView.getUint32(at, true)) * P1), 23n) * P2 + P3);
    }
    for (; at < this.tailLength; at++) hash = mask(rotate(hash ^ mask(BigInt(this.tail[at] as number) * P5), 11n) * P1);
    hash = mask((hash ^ (hash >> 33n)) * P2);
    hash = mask((hash ^ (hash >> 29n)) * P3);
    return Number((hash ^ (hash >> 32n)) & 0xffff_ffffn);
  }
}
