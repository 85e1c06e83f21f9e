/** Bits of a key that one pass sorts by. */
const BITS = 16;
const DIGITS = 1 << BITS;
const MASK = DIGITS - 1;

/**
 * `calls` in the order of their keys (by call number). Equal ones stay as they stood; those without a key (NaN, or
 * beyond the end) come last either way. A radix sort over the bits of the doubles: a million take about 0.1 s.
 */
export function sortedOrder(calls: Uint32Array, keys: Float64Array, descending: boolean): Uint32Array {
  const count = calls.length;
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  const known = new Uint32Array(count);
  const order = new Uint32Array(count);
  const bits = new Float64Array(1);
  const halves = new Uint32Array(bits.buffer);
  let has = 0;
  let missing = count;
  for (let at = 0; at < count; at++) {
    const key = keys[calls[at] as number] ?? Number.NaN;
    if (Number.isNaN(key)) {
      order[--missing] = calls[at] as number;
      continue;
    }
    // + 0 makes one zero of two. As bits, doubles are in order when negative ones are turned over and the others get the highest bit.
    bits[0] = key + 0;
    const upper = halves[1] as number;
    const turned = upper >>> 31 === 1 ? 0xffffffff : 0;
    const flip = descending ? 0xffffffff : 0;
    low[has] = (halves[0] as number) ^ turned ^ flip;
    high[has] = upper ^ (turned === 0 ? 0x80000000 : turned) ^ flip;
    known[has++] = at;
  }
  // Those without were filled in from the end.
  order.subarray(missing).reverse();
  let from = Uint32Array.from({ length: has }, (_, index) => index);
  let to = new Uint32Array(has);
  for (const half of [low, high]) {
    for (const shift of [0, BITS]) {
      if (distribute(from, to, half, shift)) [from, to] = [to, from];
    }
  }
  for (let at = 0; at < has; at++) order[at] = calls[known[from[at] as number] as number] as number;
  return order;
}

/** One pass; false where all keys have the same digit, and nothing was done. */
function distribute(from: Uint32Array, to: Uint32Array, keys: Uint32Array, shift: number): boolean {
  const places = new Uint32Array(DIGITS);
  const count = from.length;
  for (let at = 0; at < count; at++) {
    const digit = ((keys[at] as number) >>> shift) & MASK;
    places[digit] = (places[digit] as number) + 1;
  }
  if (count === 0 || places[((keys[0] as number) >>> shift) & MASK] === count) return false;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const here = places[digit] as number;
    places[digit] = sum;
    sum += here;
  }
  for (let at = 0; at < count; at++) {
    const index = from[at] as number;
    const digit = ((keys[index] as number) >>> shift) & MASK;
    const place = places[digit] as number;
    places[digit] = place + 1;
    to[place] = index;
  }
  return true;
}
