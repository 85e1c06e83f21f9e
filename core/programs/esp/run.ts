import { COUNTABLE, isMedia, MEDIA, UDP } from './inside';
import {
  ASSOCIATION,
  ASSOCIATIONS,
  AT,
  BASE,
  BRIEF,
  COUNTED,
  DESTINATION,
  END,
  FLOW_MASK,
  FLOWS,
  FRAME,
  HIGHEST,
  ICV,
  INSIDE,
  IP,
  IV,
  LAST_FRAME,
  LATEST,
  LITTLE,
  LOCK,
  LOCK_NUMBER,
  LOCKS,
  LONGEST_RECORD,
  NEWEST,
  NEXT,
  OWNED_WITH,
  PLAIN_AT,
  PORTS,
  ROW,
  ROWS,
  RUN_ROW,
  SCALE,
  SEEN,
  SPIS,
  START,
  STOP,
  TAKEN,
  UDP_AT,
  WIRE,
} from './places';
import { be16, placeOf, RECORD_HEADER } from './walk';

/** See core/decode/esp-association.ts. */
const FAR_AHEAD: i32 = 1 << 24;
const WINDOW: i32 = 32;

/** How a run ends: at what is left to others; behind a packet that was taken note of, and is to be told of; before one of an association that is not owned. */
const STOPPED: i32 = 0;
const TOLD: i32 = 1;
const STRANGE: i32 = 2;

/** Where what is known of the association of a row stands. */
export function associationOf(row: u32, shift: i32): u32 {
  const place = placeOf(load<u32>(load<u32>(row + AT) + shift));
  return ASSOCIATIONS + ASSOCIATION * ((place - SPIS) >>> 3);
}

/** The destination of a row, as it stands in the packet. */
export function destinationOf(row: u32, shift: i32): u32 {
  return load<u32>(load<u32>(row + IP) + shift, 16);
}

/**
 * Goes over packets from the one at NEXT on as long as they are those of the rows from `row` to `end`, one behind the
 * other, usual ones, in order of time, and in order in associations that are owned: takes note of them, and counts
 * those that hold media of known flows. Others it takes note of are to be told of, one by one. Returns how it ended.
 */
export function run(row: u32, end: u32, shift: i32): i32 {
  let at = load<u32>(NEXT);
  let latest = load<f64>(LATEST);
  let frame = load<u32>(FRAME);
  let wire: f64 = 0;
  let counted: u32 = 0;
  let how = STOPPED;
  let next = row;
  for (; next < end; next += ROW) {
    if (load<u32>(next + START) !== at + RECORD_HEADER || load<u32>(next + INSIDE) === 0) break;
    const time = timeOf(at + shift, load<u32>(next + STOP) - at - RECORD_HEADER);
    if (!(time >= latest)) break;
    const association = associationOf(next, shift);
    if (
      load<u32>(association + OWNED_WITH) !== load<u32>(next + LOCK_NUMBER) + 1 ||
      load<u32>(association + DESTINATION) !== destinationOf(next, shift)
    ) {
      how = STRANGE;
      break;
    }
    const sequence = bswap<u32>(load<u32>(load<u32>(next + AT) + shift, 4));
    const ahead = <i32>(sequence - load<u32>(association + HIGHEST));
    if (ahead <= 0 || ahead > FAR_AHEAD) break;
    frame += 1;
    store<u32>(association + SEEN, ahead < WINDOW ? (load<u32>(association + SEEN) << ahead) | 1 : 1);
    store<u32>(association + HIGHEST, sequence);
    store<f64>(association + NEWEST, time);
    store<u32>(association + TAKEN, load<u32>(association + TAKEN) + 1);
    store<u32>(association + LAST_FRAME, frame);
    latest = time;
    at = load<u32>(next + STOP);
    wire += <f64>(at - load<u32>(next + START));
    if (load<u32>(next + INSIDE) === COUNTABLE || isKnown(next, shift)) counted += 1;
    else {
      how = TOLD;
      break;
    }
  }
  store<u32>(NEXT, at);
  store<f64>(LATEST, latest);
  store<u32>(FRAME, frame);
  store<f64>(WIRE, wire);
  store<u32>(COUNTED, counted);
  store<u32>(RUN_ROW, next);
  return how;
}

/** The time of the record at `at`, nanoseconds from BASE; NaN where it is not kept whole, not of `length` bytes, or not as usual. */
function timeOf(at: u32, length: u32): f64 {
  let seconds = load<u32>(at);
  let parts = load<u32>(at, 4);
  let captured = load<u32>(at, 8);
  let original = load<u32>(at, 12);
  if (load<u32>(LITTLE) === 0) {
    seconds = bswap<u32>(seconds);
    parts = bswap<u32>(parts);
    captured = bswap<u32>(captured);
    original = bswap<u32>(original);
  }
  const part = <f64>parts * load<f64>(SCALE);
  if (captured !== length || original !== length || length > load<u32>(LONGEST_RECORD) || part >= 1e9) return NaN;
  return (<f64>seconds - load<f64>(BASE)) * 1e9 + part;
}

/** Where the UDP header inside stands. */
function udpOf(row: u32, shift: i32): u32 {
  return load<u32>(row + UDP_AT) + (load<u32>(row + PLAIN_AT) === 0 ? shift : 0);
}

/** Whether a row holds media of a flow that is known, on ports of no decoder. */
function isKnown(row: u32, shift: i32): bool {
  if (load<u32>(row + INSIDE) !== MEDIA) return false;
  return isOfKnownFlow(row, shift, udpOf(row, shift));
}

/** Whether the flow of a row, with a UDP header at `udp`, is known, and its ports are those of no decoder. */
function isOfKnownFlow(row: u32, shift: i32, udp: u32): bool {
  if ((load<u8>(PORTS + be16(udp)) | load<u8>(PORTS + be16(udp + 2))) !== 0) return false;
  return load<u32>(flowOf(row, shift, udp), 12) !== 0;
}

/**
 * Finds out which of the rows that were decrypted in brief hold media of known flows, of which nothing else need be known;
 * the others are to be decrypted whole.
 */
export function skim(rows: u32, shift: i32): void {
  for (let row: u32 = ROWS; row < <u32>(ROWS + ROW * rows); row += ROW) {
    const brief = load<u32>(row + BRIEF);
    if (brief === 0) continue;
    const key = LOCKS + LOCK * load<u32>(row + LOCK_NUMBER);
    const ahead = load<u32>(row + AT) + 8 + load<u32>(key + IV);
    if (isCountable(row, brief, load<u32>(row + END) - load<u32>(key + ICV) - ahead, shift)) {
      store<u32>(row + INSIDE, COUNTABLE);
    } else store<u32>(row + BRIEF, 0);
  }
}

/** Whether the `length` bytes that begin with the block at `brief + 16`, and end with that at `brief + 48`, are padded as is usual and hold media of a known flow. */
function isCountable(row: u32, brief: u32, length: u32, shift: i32): bool {
  const udp = brief + 16;
  const end = brief + 64;
  const padding: u32 = load<u8>(end - 2);
  if (load<u8>(end - 1) !== <u8>UDP || padding > 14) return false;
  for (let count: u32 = 1; count <= padding; count++) {
    if (load<u8>(end - 3 - padding + count) !== <u8>count) return false;
  }
  const size = be16(udp + 4);
  if (size < 8 || size > length - 2 - padding) return false;
  return isMedia(udp + 8, size - 8) && isOfKnownFlow(row, shift, udp);
}

/** The place of the flow of a row in the table, or the empty one where it belongs; `udp` is where its UDP header stands. */
function flowOf(row: u32, shift: i32, udp: u32): u32 {
  const ip = load<u32>(row + IP) + shift;
  const src = load<u32>(ip, 12);
  const dst = load<u32>(ip, 16);
  const ports = load<u32>(udp);
  let hash = src * 0x9e3779b1;
  hash = (hash ^ (hash >>> 15) ^ dst) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13) ^ ports) * 0xc2b2ae35;
  let at: u32 = FLOWS + 16 * ((hash >>> 16) & FLOW_MASK);
  while (load<u32>(at, 12) !== 0 && (load<u32>(at, 8) !== ports || load<u32>(at) !== src || load<u32>(at, 4) !== dst)) {
    at += 16;
    if (at === FLOWS + 16 * (FLOW_MASK + 1)) at = FLOWS;
  }
  return at;
}

/** From now on media of the flow of a row is only counted. 1 where it was not known before, else 0. */
export function rememberFlow(row: u32, shift: i32): u32 {
  const udp = udpOf(row, shift);
  const at = flowOf(row, shift, udp);
  const isNew: u32 = load<u32>(at, 12) === 0 ? 1 : 0;
  const ip = load<u32>(row + IP) + shift;
  store<u32>(at, load<u32>(ip, 12));
  store<u32>(at, load<u32>(ip, 16), 4);
  store<u32>(at, load<u32>(udp), 8);
  store<u32>(at, 1, 12);
  return isNew;
}
