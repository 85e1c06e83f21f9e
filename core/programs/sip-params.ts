/** The small grammar that SIP header values share, as core/decode/sip-params.ts and sip-start.ts have it; `[from, to)` are places in memory. */

export function byteAt(at: i32): i32 {
  return i32(load<u8>(at));
}

/** Space, tab, CR, LF. */
export function isBlank(byte: i32): bool {
  return byte === 0x20 || byte === 9 || byte === 13 || byte === 10;
}

/** Space and tab. */
export function isFold(byte: i32): bool {
  return byte === 0x20 || byte === 9;
}

export function isDigit(byte: i32): bool {
  return u32(byte - 0x30) < 10;
}

/* A bit for each byte below 64, and for each from there to 127: `token` of RFC 3261 25.1. */
const LOW: u64 = u64(0x03ff_6ca2) << 32;
const HIGH: u64 = (u64(0x47ff_ffff) << 32) | u64(0x87ff_fffe);

export function isToken(byte: i32): bool {
  return byte < 128 && ((select(HIGH, LOW, byte >= 64) >> u64(byte & 63)) & 1) !== 0;
}

export function skipBlanks(from: i32, to: i32): i32 {
  let next = from;
  while (next < to && isBlank(byteAt(next))) next++;
  return next;
}

export function trimEnd(from: i32, to: i32): i32 {
  let last = to;
  while (last > from && isBlank(byteAt(last - 1))) last--;
  return last;
}

/** Up to ten decimal digits that fill the range, at most `limit`; -1 for anything else. */
export function decimal(from: i32, to: i32, limit: i64): i64 {
  if (from >= to || to - from > 10) return -1;
  let value: i64 = 0;
  for (let at = from; at < to; at++) {
    const byte = byteAt(at);
    if (!isDigit(byte)) return -1;
    value = value * 10 + i64(byte - 0x30);
  }
  return value > limit ? -1 : value;
}

/** Behind the quote that closes the quoted string which opens at `from`; -1 where none does. */
function quotedEnd(from: i32, to: i32): i32 {
  let next = from + 1;
  while (next < to) {
    const byte = byteAt(next);
    if (byte === 0x22) return next + 1;
    next += byte === 0x5c ? 2 : 1;
  }
  return -1;
}

/** Behind the `>` that closes the bracket which opens at `from`; -1 where none does. */
function bracketEnd(from: i32, to: i32): i32 {
  for (let next = from + 1; next < to; next++) if (byteAt(next) === 0x3e) return next + 1;
  return -1;
}

/* Names of parameters, up to six small letters, the first one lowest. */
export const TAG: i64 = 0x67_6174;
export const BRANCH: i64 = 0x6863_6e61_7262;
const SMALL: i64 = 0x2020_2020_2020;

/** Where the value of the parameter of this name, of `length` letters, begins, outside quoted strings and `<…>`; -1 where it is not there or has no `=`. */
export function parameter(from: i32, to: i32, name: i64, length: i32): i32 {
  const mask = ((1 as i64) << i64(8 * length)) - 1;
  let next = from;
  let quotes = true;
  let brackets = true;
  while (next < to) {
    const byte = byteAt(next);
    if (byte === 0x3b) {
      next = skipBlanks(next + 1, to);
      if (to - next <= length || ((load<i64>(next) | SMALL) & mask) !== name) continue;
      const equals = skipBlanks(next + length, to);
      if (equals < to && byteAt(equals) === 0x3d) return skipBlanks(equals + 1, to);
      continue;
    }
    let close = -1;
    if (byte === 0x22 && quotes) {
      close = quotedEnd(next, to);
      quotes = close >= 0;
    } else if (byte === 0x3c && brackets) {
      close = bracketEnd(next, to);
      brackets = close >= 0;
    }
    next = close < 0 ? next + 1 : close;
  }
  return -1;
}

/** Where the value of a parameter (token, host or quoted string) ends. */
export function valueEnd(from: i32, to: i32): i32 {
  if (from < to && byteAt(from) === 0x22) {
    const close = quotedEnd(from, to);
    if (close >= 0) return close;
  }
  let next = from;
  while (next < to) {
    const byte = byteAt(next);
    if (byte === 0x3b || byte === 0x2c || byte === 0x3e || byte === 0x3f || isBlank(byte)) break;
    next++;
  }
  return next;
}
