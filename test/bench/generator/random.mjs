/**
 * A small seeded random source (mulberry32): the same seed gives the same capture on every machine,
 * so that two runs of a bench read the same bytes.
 */
export class Random {
  /** @param {number} seed any integer */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** A 32-bit unsigned integer. @returns {number} */
  uint32() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    x ^= x + Math.imul(x ^ (x >>> 7), 61 | x);
    return (x ^ (x >>> 14)) >>> 0;
  }

  /** A number in [0, 1). @returns {number} */
  unit() {
    return this.uint32() / 4294967296;
  }

  /** A number in [low, high). @param {number} low @param {number} high @returns {number} */
  between(low, high) {
    return low + this.unit() * (high - low);
  }

  /** An integer in [0, count). @param {number} count @returns {number} */
  below(count) {
    return Math.floor(this.unit() * count);
  }

  /** Exponentially distributed, as gaps between arrivals are. @param {number} mean @returns {number} */
  exponential(mean) {
    return -mean * Math.log(1 - this.unit());
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[this.below(list.length)];
  }

  /** Hexadecimal digits. @param {number} digits at most 8 per draw are taken @returns {string} */
  hex(digits) {
    let text = '';
    while (text.length < digits) text += this.uint32().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }
}
