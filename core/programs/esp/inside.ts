import {
  AT,
  END,
  GOOD,
  ICV,
  INSIDE,
  IP,
  IS_PLAIN,
  IV,
  LAST,
  LOCK,
  LOCK_NUMBER,
  LOCKS,
  PLAIN_AT,
  PLAIN_END,
  ROW,
  ROWS,
  UDP_AT,
  UDP_END,
} from './places';
import { be16 } from './walk';

/** SPI and sequence number; a UDP header. */
const HEADER: u32 = 8;
const UDP_HEADER: u32 = 8;
export const UDP: u32 = 17;

/** What is inside: a UDP datagram, one that has the form of RTP or RTCP; else 0, and all layers are asked. */
const DATAGRAM: u32 = 1;
export const MEDIA: u32 = 2;
/** The latter, and all that is to be known of it is that its flow has one more. */
export const COUNTABLE: u32 = 3;

/**
 * Says of each row what is inside, where its ICV is right, its IPv4 header is as usual, and its padding as RFC 4303 2.4
 * says. `shift` leads from where things stand in the capture to where they do here.
 */
export function lookInside(rows: u32, shift: i32): void {
  for (let row: u32 = ROWS; row < <u32>(ROWS + ROW * rows); row += ROW) {
    if (load<u32>(row + GOOD) === 0 || load<u32>(row + IP) === 0) continue;
    const key = LOCKS + LOCK * load<u32>(row + LOCK_NUMBER);
    if (load<u32>(key + IS_PLAIN) !== 0) {
      const at = load<u32>(row + AT) + HEADER + load<u32>(key + IV);
      look(row, at, load<u32>(row + END) - load<u32>(key + ICV), shift);
    } else if (load<u32>(row + PLAIN_AT) !== 0) look(row, load<u32>(row + PLAIN_AT), load<u32>(row + PLAIN_END), 0);
  }
}

/** Looks at `[from, to)`: payload, padding, its length and the next header. */
function look(row: u32, from: u32, to: u32, shift: i32): void {
  if (load<u8>(to + shift - 1) !== UDP) return;
  const padding: u32 = load<u8>(to + shift - 2);
  const last = to - 2 - padding;
  if (<i32>(last - from) < <i32>UDP_HEADER) return;
  for (let count: u32 = 1; count <= padding; count++) if (load<u8>(last + shift + count - 1) !== <u8>count) return;
  const length = be16(from + shift + 4);
  if (length < UDP_HEADER || length > last - from) return;
  const end = from + length;
  store<u32>(row + UDP_AT, from);
  store<u32>(row + UDP_END, end);
  store<u32>(row + LAST, last);
  store<u32>(row + INSIDE, isMedia(from + shift + UDP_HEADER, length - UDP_HEADER) ? MEDIA : DATAGRAM);
}

/** See core/decode/media-form.ts. */
export function isMedia(at: u32, room: u32): bool {
  if (room < 8) return false;
  const first: u32 = load<u8>(at);
  if (first >>> 6 !== 2) return false;
  const second: u32 = load<u8>(at + 1);
  if (second >= 192 && second <= 223) return (be16(at + 2) + 1) * 4 <= room;
  return room >= 12 + (first & 15) * 4;
}
