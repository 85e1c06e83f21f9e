/** Looking for one byte, 16 at a step. All of these look at up to 15 bytes behind the end, which the memory has to have. */

/** The first place in `[at, end)` that holds the byte, or `end`. */
function find(at: i32, end: i32, byte: i32): i32 {
  const sixteen = i8x16.splat(i8(byte));
  for (let next = at; next < end; next += 16) {
    const hits = i8x16.bitmask(i8x16.eq(v128.load(next), sixteen));
    if (hits !== 0) return min(next + ctz(hits), end);
  }
  return end;
}

export function lineFeed(at: i32, end: i32): i32 {
  return find(at, end, 0x0a);
}

export function comma(at: i32, end: i32): i32 {
  return find(at, end, 0x2c);
}

export function semicolon(at: i32, end: i32): i32 {
  return find(at, end, 0x3b);
}

/** Copies `[at, end)` to `to`, and up to 15 bytes behind it along; returns where the copy ends. */
export function copy(at: i32, end: i32, to: i32): i32 {
  for (let offset = 0; offset < end - at; offset += 16) v128.store(to + offset, v128.load(at + offset));
  return to + (end - at);
}
