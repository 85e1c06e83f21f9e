/** The headers that indexing needs, told from the first letters of a line (RFC 3261 7.3.3 for the compact forms). */

export const Name = {
  Via: 1,
  From: 2,
  To: 3,
  CallId: 4,
  CSeq: 5,
  ContentLength: 6,
  ContentType: 7,
  Contact: 8,
  MaxForwards: 9,
  Expires: 10,
} as const;

/* Four letters of a name as a little-endian number; `| CASE` makes letters small and leaves `-` and digits alone. */
export const CASE = 0x2020_2020;
const VIA = 0x61_6976;
const FROM = 0x6d6f_7266;
const TO = 0x6f74;
const CALL = 0x6c6c_6163;
const L_ID = 0x6469_2d6c;
const CSEQ = 0x7165_7363;
const CONT = 0x746e_6f63;
const ENT = 0x2d74_6e65;
const TYPE = 0x6570_7974;
const LENG = 0x676e_656c;
const NGTH = 0x6874_676e;
const ACT = 0x74_6361;
const MAX = 0x2d78_616d;
const FORW = 0x7772_6f66;
const ARDS = 0x7364_7261;
const EXPI = 0x6970_7865;
const IRES = 0x7365_7269;

/**
 * Which of the headers looked for may stand in the line `[at, stop)`: its Name plus 16 times the letters of its name (the
 * caller looks for the colon behind them), 0 for none. Letters are compared four at a time; the lengths asked for keep
 * every read within the line.
 */
export function nameOf(bytes: Uint8Array, view: DataView, at: number, stop: number): number {
  const length = stop - at;
  const word = length < 4 ? (bytes[at] as number) | CASE : view.getInt32(at, true) | CASE;
  switch (word & 0xff) {
    case 0x76:
      return (word & 0xff_ffff) === VIA ? 0x30 | Name.Via : 0x10 | Name.Via;
    case 0x66:
      return word === FROM ? 0x40 | Name.From : 0x10 | Name.From;
    case 0x74:
      return (word & 0xffff) === TO ? 0x20 | Name.To : 0x10 | Name.To;
    case 0x69:
      return 0x10 | Name.CallId;
    case 0x63:
      if (word === CONT) {
        if (length < 8) return 0;
        const second = view.getInt32(at + 4, true) | CASE;
        if (second === ENT) {
          if (length < 14) return 0;
          const third = view.getInt32(at + 8, true) | CASE;
          if (third === TYPE) return 0xc0 | Name.ContentType;
          return third === LENG && (view.getInt32(at + 10, true) | CASE) === NGTH ? 0xe0 | Name.ContentLength : 0;
        }
        return (second & 0xff_ffff) === ACT ? 0x70 | Name.Contact : 0;
      }
      if (word === CALL) return length >= 8 && (view.getInt32(at + 3, true) | CASE) === L_ID ? 0x70 | Name.CallId : 0;
      return word === CSEQ ? 0x40 | Name.CSeq : 0x10 | Name.ContentType;
    case 0x6c:
      return 0x10 | Name.ContentLength;
    case 0x6d:
      if (word !== MAX) return 0x10 | Name.Contact;
      if (length < 12 || (view.getInt32(at + 4, true) | CASE) !== FORW) return 0;
      return (view.getInt32(at + 8, true) | CASE) === ARDS ? 0xc0 | Name.MaxForwards : 0;
    case 0x65:
      return word === EXPI && length >= 8 && (view.getInt32(at + 3, true) | CASE) === IRES ? 0x70 | Name.Expires : 0;
    default:
      return 0;
  }
}
