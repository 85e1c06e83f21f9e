import {
  AT,
  BRIEF,
  CIPHER_BLOCK,
  END,
  GOOD,
  HASH,
  ICV,
  IP,
  IV,
  LOCK,
  LOCK_NUMBER,
  LOCKS,
  MOST_ROWS,
  NO_HASH,
  PIECE,
  PLAIN_AT,
  PLAIN_END,
  RECORDS,
  ROW,
  ROW_BLOCKS,
  ROWS,
  SPAN,
  SPI_MASK,
  SPIS,
  START,
  STOP,
  USED,
  USED_IN,
  WAYS,
} from './places';

/** Bytes of a record of pcap in front of the packet. */
export const RECORD_HEADER: u32 = 16;
/** SPI and sequence number; pad length and next header. */
const HEADER: u32 = 8;
const TRAILER: u32 = 2;
/** Behind a message stand 9 bytes at least. */
const BEHIND: u32 = 9;
/** Bytes of a longer ESP packet that is not taken. */
const LONGEST: u32 = 4096;

export function be16(at: u32): u32 {
  return bswap<u16>(load<u16>(at));
}

/** The place of an SPI in the table, or the empty one where it belongs. */
export function placeOf(spi: u32): u32 {
  let place = (spi * 0x9e3779b1) >>> 19;
  let at: u32 = SPIS + 8 * place;
  while (load<u32>(at + 4) !== 0 && load<u32>(at) !== spi) {
    place = (place + 1) & SPI_MASK;
    at = SPIS + 8 * place;
  }
  return at;
}

/** From now on ESP with this SPI (as it stands in memory) is looked for, and has the key of that number. 1 where it was not known before, else 0. */
export function know(spi: u32, lock: u32): u32 {
  const at = placeOf(spi);
  const isNew: u32 = load<u32>(at, 4) === 0 ? 1 : 0;
  store<u32>(at, spi);
  store<u32>(at, lock + 1, 4);
  return isNew;
}

/** Forgets all SPIs. */
export function forget(): void {
  memory.fill(SPIS, 0, 8 * (SPI_MASK + 1));
}

/** Puts a row down for the ESP packet `[at, end)` in the packet that begins at `start`. */
export function add(row: u32, start: u32, at: u32, end: u32, lock: u32): void {
  const place = ROWS + ROW * row;
  const key = LOCKS + LOCK * lock;
  memory.fill(place, 0, ROW);
  store<u32>(place + START, start);
  store<u32>(place + AT, at);
  store<u32>(place + END, end);
  store<u32>(place + LOCK_NUMBER, lock);
  const length = end - at - load<u32>(key + ICV);
  store<u32>(place + ROW_BLOCKS, load<u32>(key + HASH) === NO_HASH ? 0 : (length + BEHIND + 63) >> 6);
}

/**
 * Looks for ESP with known SPIs in the packets at RECORDS, at the places in WAYS, and puts down a row for each, behind the
 * `rows` there are. `shift` leads from where things stand in the capture to where they do here. Returns how many rows
 * there are; `looked` is how far it came.
 */
export function walk(records: u32, ways: u32, shift: i32, rows: u32, linkType: u32): u32 {
  let count = rows;
  let record = RECORDS;
  looked = 0;
  for (let i: u32 = 0; i < records && count < <u32>MOST_ROWS; i++, record += 8) {
    const start = load<u32>(record);
    const stop = load<u32>(record, 4);
    if (stop + shift > <u32>(PIECE + SPAN)) break;
    looked = stop;
    for (let way: u32 = 0; way < ways; way++) {
      const at = start + load<u32>(WAYS + 8 * way);
      const end = stop - load<u32>(WAYS + 8 * way, 4);
      if (<i32>(end - at) < <i32>HEADER || end - at > LONGEST) continue;
      const place = placeOf(load<u32>(at + shift));
      const known = load<u32>(place, 4);
      if (known === 0) continue;
      const key = LOCKS + LOCK * (known - 1);
      if (end - at < HEADER + load<u32>(key + IV) + TRAILER + load<u32>(key + ICV)) continue;
      add(count, start, at, end, known - 1);
      store<u32>(ROWS + ROW * count + STOP, stop);
      store<u32>(ROWS + ROW * count + IP, headerOf(start, at, end, shift, linkType));
      count += 1;
      break;
    }
  }
  return count;
}

/** How far `walk` came: where the last packet that it looked at ends. */
export let looked: u32 = 0;

const ETHERNET: u32 = 1;
const SLL: u32 = 113;
const SLL2: u32 = 276;
const NETLINK: u32 = 824;
const IPV4: u32 = 0x0800;
const VLAN: u32 = 0x8100;
const ESP: u32 = 50;
/** The lengths of link headers, and of an IPv4 header without options. */
const IP_HEADER: u32 = 20;

/**
 * Where the IPv4 header before ESP begins, where the packet is as usual: Ethernet with one VLAN tag or none, or a cooked
 * capture, IPv4 without options and not in fragments, and ESP fills it. Else 0.
 */
function headerOf(start: u32, at: u32, end: u32, shift: i32, linkType: u32): u32 {
  const ip = at - IP_HEADER;
  const link = start + shift;
  const before = ip - start;
  let isIp = false;
  if (<i32>before < 0) return 0;
  if (linkType === ETHERNET) {
    isIp =
      (before === 14 && be16(link + 12) === IPV4) ||
      (before === 18 && be16(link + 12) === VLAN && be16(link + 16) === IPV4);
  } else if (linkType === SLL) isIp = before === 16 && be16(link + 14) === IPV4 && be16(link + 2) !== NETLINK;
  else if (linkType === SLL2) isIp = before === 20 && be16(link) === IPV4 && be16(link + 8) !== NETLINK;
  const here = ip + shift;
  return isIp &&
    load<u8>(here) === 0x45 &&
    load<u8>(here + 9) === ESP &&
    (be16(here + 6) & 0x3fff) === 0 &&
    be16(here + 2) === end - ip &&
    // Addresses in 0.0.0.0/8 are numbered as they come.
    load<u8>(here + 12) !== 0 &&
    load<u8>(here + 16) !== 0
    ? ip
    : 0;
}

/** Numbers of the keys of the rows to USED, each once; `batch` is a number no batch before had. Returns how many there are. */
export function use(rows: u32, batch: u32): u32 {
  let count: u32 = 0;
  for (let row: u32 = ROWS; row < <u32>(ROWS + ROW * rows); row += ROW) {
    const lock = load<u32>(row + LOCK_NUMBER);
    const key = LOCKS + LOCK * lock;
    if (load<u32>(key + USED_IN) === batch) continue;
    store<u32>(key + USED_IN, batch);
    store<u32>(USED + 4 * count, lock);
    count += 1;
  }
  return count;
}

/**
 * Where packets begin and end to RECORDS, as many as fit: those in the records of pcap from `at` on to `end`. `longest`: bytes of
 * the longest. Returns how many there are.
 */
export function records(at: u32, end: u32, shift: i32, isLittle: bool, longest: u32): u32 {
  let count: u32 = 0;
  let next = at;
  while (count < <u32>MOST_ROWS && end - next >= RECORD_HEADER) {
    const field = load<u32>(next + shift, 8);
    const captured = isLittle ? field : bswap<u32>(field);
    if (captured > longest || end - next - RECORD_HEADER < captured) break;
    next += RECORD_HEADER;
    store<u32>(RECORDS + 8 * count, next);
    next += captured;
    store<u32>(RECORDS + 8 * count, next, 4);
    count += 1;
  }
  return count;
}

/** Bytes that a row’s first and last block take, each behind the block before. */
const BRIEF_LENGTH: u32 = 64;
const AES_BLOCK: u32 = 16;

/**
 * Puts what is encrypted with a key, of each of its rows, one behind the other to `to`, each with its initialisation
 * vector. `isBrief`: only the first and the last block of long ones, and nothing of others; else of rows of which no more
 * than that was decrypted nothing. Returns where that ends.
 */
export function chain(lock: u32, rows: u32, shift: i32, to: u32, isBrief: bool): u32 {
  const key = LOCKS + LOCK * lock;
  const iv = load<u32>(key + IV);
  const block = load<u32>(key + CIPHER_BLOCK);
  let end = to;
  for (let row: u32 = ROWS; row < <u32>(ROWS + ROW * rows); row += ROW) {
    if (load<u32>(row + LOCK_NUMBER) !== lock || load<u32>(row + BRIEF) !== 0) continue;
    const from = load<u32>(row + AT) + HEADER;
    const length = load<u32>(row + END) - load<u32>(key + ICV) - from;
    if (<i32>length < <i32>(iv + block) || length % block !== 0) continue;
    if (isBrief) {
      if (block !== AES_BLOCK || length <= BRIEF_LENGTH || load<u32>(row + GOOD) === 0 || load<u32>(row + IP) === 0) {
        continue;
      }
      store<u32>(row + BRIEF, end);
      memory.copy(end, from + shift, BRIEF_LENGTH / 2);
      memory.copy(end + BRIEF_LENGTH / 2, from + length + shift - BRIEF_LENGTH / 2, BRIEF_LENGTH / 2);
      end += BRIEF_LENGTH;
    } else {
      memory.copy(end, from + shift, length);
      store<u32>(row + PLAIN_AT, end + iv);
      end += length;
      store<u32>(row + PLAIN_END, end);
    }
  }
  return end;
}
