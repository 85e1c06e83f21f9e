/** The headers that are looked at, told from the first letters of a line, as core/decode/sip-name.ts does it. */

export const VIA = 1;
export const FROM = 2;
export const TO = 3;
export const CALL_ID = 4;
export const CSEQ = 5;
export const CONTENT_LENGTH = 6;
export const CONTENT_TYPE = 7;
export const MAX_FORWARDS = 8;

/** `| CASE` makes four letters small. */
export const CASE = 0x2020_2020;

/** Which header may stand in the line `[at, stop)`: its number plus 16 times the letters of its name, 0 for none of them. The colon is looked for behind. */
export function nameOf(at: i32, stop: i32): i32 {
  const length = stop - at;
  const word = (length < 4 ? i32(load<u8>(at)) : load<i32>(at)) | CASE;
  switch (word & 0xff) {
    case 0x76:
      return (word & 0xff_ffff) === 0x61_6976 ? 0x30 | VIA : 0x10 | VIA;
    case 0x66:
      return word === 0x6d6f_7266 ? 0x40 | FROM : 0x10 | FROM;
    case 0x74:
      return (word & 0xffff) === 0x6f74 ? 0x20 | TO : 0x10 | TO;
    case 0x69:
      return 0x10 | CALL_ID;
    case 0x63:
      return nameWithC(word, at, length);
    case 0x6c:
      return 0x10 | CONTENT_LENGTH;
    case 0x6d:
      if (word !== 0x2d78_616d || length < 12) return 0;
      return (load<i32>(at, 4) | CASE) === 0x7772_6f66 && (load<i32>(at, 8) | CASE) === 0x7364_7261
        ? 0xc0 | MAX_FORWARDS
        : 0;
    default:
      return 0;
  }
}

/** Call-ID, CSeq, Content-Type, Content-Length, and `c`. */
function nameWithC(word: i32, at: i32, length: i32): i32 {
  if (word === 0x746e_6f63) {
    if (length < 14 || (load<i32>(at, 4) | CASE) !== 0x2d74_6e65) return 0;
    const third = load<i32>(at, 8) | CASE;
    if (third === 0x6570_7974) return 0xc0 | CONTENT_TYPE;
    return third === 0x676e_656c && (load<i32>(at, 10) | CASE) === 0x6874_676e ? 0xe0 | CONTENT_LENGTH : 0;
  }
  if (word === 0x6c6c_6163) {
    return length >= 8 && (load<i32>(at, 3) | CASE) === 0x6469_2d6c ? 0x70 | CALL_ID : 0;
  }
  return word === 0x7165_7363 ? 0x40 | CSEQ : 0x10 | CONTENT_TYPE;
}
