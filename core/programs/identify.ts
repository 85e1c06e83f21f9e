/**
 * Numbers for the identifiers of messages (AssemblyScript): Call-IDs, tags, branches and sent-bys that are equal get equal
 * numbers, from 1 in the order in which they come, as core/analysis/numbering.ts gives them. What that costs are looks
 * into memory, and JavaScript that is not compiled yet; so here all that belongs to a call lies together, and a batch of
 * messages is gone through in one loop, in which the processor looks ahead.
 *
 * A string is a node: its number, its length, for a Call-ID what was seen last with it, and its bytes. Memory is handed
 * over by `more`; `need` says how much a batch may take.
 */

import { CALL_HEAD, HEAD, LENGTH } from './identify-node';

/* A record of core/host/reading/batch.ts: where it has lengths + 1 (0: there is none) and gets numbers; its size; where it gets the offset of what follows the identifiers; and where those begin. */
const CALL_ID: u32 = 80;
const FROM_TAG: u32 = 84;
const TO_TAG: u32 = 88;
const BRANCH: u32 = 92;
const SENT_BY: u32 = 96;
const SIZE: u32 = 116;
const REST: u32 = 124;
const TEXTS: u32 = 128;

/* A node. Of a Call-ID, addresses of the nodes seen last with it: most messages of a call have one of them. */
const LAST_FROM_TAG: u32 = 8;
const LAST_TO_TAG: u32 = 12;
const LAST_BRANCH: u32 = 16;
const BRANCH_BEFORE: u32 = 20;
const LAST_SENT_BY: u32 = 24;
const SENT_BY_BEFORE: u32 = 28;

/* A table: slots of hash and address of a node, open addressing; how many nodes there are, and their addresses by number. */
const SLOTS: u32 = 0;
const MASK: u32 = 4;
const COUNT: u32 = 8;
const NODES: u32 = 12;
const ROOM: u32 = 16;
const TABLE_HEAD: u32 = 20;
const TABLE: u32 = 32;
const TABLES: u32 = 4;
const SLOT: u32 = 8;

const FIRST_SLOTS: u32 = 1024;
const FIRST_NODES: u32 = 1024;

const tables = u32(memory.data(128, 8));
const calls = tables;
const tags = tables + TABLE;
const branches = tables + 2 * TABLE;
const sentBys = tables + 3 * TABLE;
/** What stands for the Call-ID of messages that have none; its number is 0. */
const nobody = u32(memory.data(32, 8));

let free: u32 = 0;
let end: u32 = 0;
let lastCall: u32 = nobody;
/** Chosen at random, so that nobody can make up strings that collide. */
let seedA: u32 = 0;
let seedB: u32 = 0;

/** Free memory, of zeros; what is left of the one before is left. */
export function more(at: u32, bytes: u32): void {
  free = at;
  end = at + bytes;
}

/** Makes empty tables, in the memory that was handed over. */
export function begin(a: u32, b: u32): void {
  seedA = a;
  seedB = b;
  for (let table = tables; table < tables + TABLES * TABLE; table += TABLE) {
    store<u32>(table, take(FIRST_SLOTS * SLOT), SLOTS);
    store<u32>(table, FIRST_SLOTS - 1, MASK);
    store<u32>(table, 1, COUNT);
    store<u32>(table, take(FIRST_NODES * 4), NODES);
    store<u32>(table, FIRST_NODES, ROOM);
    store<u32>(table, table == calls ? CALL_HEAD : HEAD, TABLE_HEAD);
  }
}

/** Bytes that so many messages of so many bytes may take at most, beyond what is left. */
export function need(count: u32, bytes: u32): u32 {
  let most: u32 = bytes + count * (CALL_HEAD + 4 * HEAD + 5 * 8);
  for (let table = tables; table < tables + TABLES * TABLE; table += TABLE) {
    // Both tags of a message go into one table.
    const strings = load<u32>(table, COUNT) + (table == tags ? 2 * count : count);
    for (let slots = load<u32>(table, MASK) + 1; strings * 4 > slots * 3; slots *= 2) most += 2 * slots * SLOT + 8;
    for (let room = load<u32>(table, ROOM); strings >= room; room *= 2) most += 2 * room * 4 + 8;
  }
  const left = end - free;
  return most > left ? most : 0;
}

/** Gives numbers to the identifiers of `count` messages, whose records begin at `at`. */
export function identify(at: u32, count: u32): void {
  for (; count > 0; count--) {
    let text = at + TEXTS;
    let call = nobody;
    let length = load<u32>(at, CALL_ID);
    if (length != 0) {
      call = callOf(text, --length);
      text += length;
    }
    store<u32>(at, load<u32>(call), CALL_ID);
    length = load<u32>(at, FROM_TAG);
    if (length != 0) {
      store<u32>(at, tagOf(call + LAST_FROM_TAG, call + LAST_TO_TAG, text, --length), FROM_TAG);
      text += length;
    }
    length = load<u32>(at, TO_TAG);
    if (length != 0) {
      store<u32>(at, tagOf(call + LAST_TO_TAG, call + LAST_FROM_TAG, text, --length), TO_TAG);
      text += length;
    }
    store<u32>(at, viaOf(call, at, text) - at, REST);
    at += load<u32>(at, SIZE);
  }
}

/** How many numbers a table (0 to 3) has given out, and 1 for none. */
export function size(table: u32): u32 {
  return load<u32>(tables + table * TABLE, COUNT);
}

/** Where the addresses of the nodes of a table are, by number. What is there stays there, also when there are more elsewhere. */
export function nodes(table: u32): u32 {
  return load<u32>(tables + table * TABLE, NODES);
}

/** Messages of one call often follow each other: the last one is looked at first. */
function callOf(text: u32, length: u32): u32 {
  if (lastCall == nobody || !is(lastCall, CALL_HEAD, text, length)) lastCall = nodeOf(calls, text, length);
  return lastCall;
}

/** The number of a tag: it is the usual one, or where the request went the other way the other one, or it is looked up. */
function tagOf(usual: u32, other: u32, text: u32, length: u32): u32 {
  let node = load<u32>(usual);
  if (node != 0 && is(node, HEAD, text, length)) return load<u32>(node);
  node = load<u32>(other);
  if (node != 0 && is(node, HEAD, text, length)) return load<u32>(node);
  node = nodeOf(tags, text, length);
  store<u32>(usual, node);
  return load<u32>(node);
}

/** Branch and sent-by of the top Via, which begin at `text`; returns where they end. What has one branch has one sent-by, too. */
function viaOf(call: u32, at: u32, text: u32): u32 {
  const last = load<u32>(call, LAST_BRANCH);
  const before = load<u32>(call, BRANCH_BEFORE);
  let sentBy = load<u32>(call, LAST_SENT_BY);
  let other = load<u32>(call, SENT_BY_BEFORE);
  let branch: u32 = 0;
  let length = load<u32>(at, BRANCH);
  if (length != 0) {
    length--;
    if (last != 0 && is(last, HEAD, text, length)) branch = last;
    else if (before != 0 && is(before, HEAD, text, length)) {
      branch = before;
      const swapped = sentBy;
      sentBy = other;
      other = swapped;
    } else branch = nodeOf(branches, text, length);
    text += length;
    store<u32>(at, load<u32>(branch), BRANCH);
  }
  length = load<u32>(at, SENT_BY);
  if (length != 0) {
    length--;
    if (sentBy == 0 || !is(sentBy, HEAD, text, length)) {
      sentBy = other;
      if (sentBy == 0 || !is(sentBy, HEAD, text, length)) sentBy = nodeOf(sentBys, text, length);
    }
    text += length;
    store<u32>(at, load<u32>(sentBy), SENT_BY);
  }
  if (branch != last && branch != before) {
    store<u32>(call, last, BRANCH_BEFORE);
    store<u32>(call, load<u32>(call, LAST_SENT_BY), SENT_BY_BEFORE);
    store<u32>(call, branch, LAST_BRANCH);
    store<u32>(call, load<u32>(at, SENT_BY) == 0 ? 0 : sentBy, LAST_SENT_BY);
  }
  return text;
}

/** The node of a string, a new one where there is none. */
function nodeOf(table: u32, text: u32, length: u32): u32 {
  const hash = hashOf(text, length);
  const slot = slotOf(table, text, length, hash);
  const node = load<u32>(slot, 4);
  return node == 0 ? add(table, slot, hash, text, length) : node;
}

/** The slot that holds a string, or the empty one where it belongs. */
function slotOf(table: u32, text: u32, length: u32, hash: u32): u32 {
  const slots = load<u32>(table, SLOTS);
  const mask = load<u32>(table, MASK);
  const head = load<u32>(table, TABLE_HEAD);
  let slot = slots + (hash & mask) * SLOT;
  for (let place = hash; ; slot = slots + (++place & mask) * SLOT) {
    const node = load<u32>(slot, 4);
    if (node == 0 || (load<u32>(slot) == hash && is(node, head, text, length))) break;
  }
  return slot;
}

function add(table: u32, slot: u32, hash: u32, text: u32, length: u32): u32 {
  const head = load<u32>(table, TABLE_HEAD);
  const node = take(head + length);
  const id = load<u32>(table, COUNT);
  store<u32>(node, id);
  store<u32>(node, length, LENGTH);
  // Up to seven bytes more than there are: a node has room for them, and behind a record there is something to read.
  for (let i: u32 = 0; i < length; i += 8) store<u64>(node + head + i, load<u64>(text + i));
  store<u32>(slot, hash);
  store<u32>(slot, node, 4);
  if (id >= load<u32>(table, ROOM)) lengthen(table);
  store<u32>(load<u32>(table, NODES) + id * 4, node);
  store<u32>(table, id + 1, COUNT);
  if ((id + 1) * 4 > (load<u32>(table, MASK) + 1) * 3) widen(table);
  return node;
}

/** Room for the addresses of twice as many nodes. */
function lengthen(table: u32): void {
  const room = load<u32>(table, ROOM);
  const nodes = take(2 * room * 4);
  memory.copy(nodes, load<u32>(table, NODES), room * 4);
  store<u32>(table, nodes, NODES);
  store<u32>(table, 2 * room, ROOM);
}

/** Twice the slots. */
function widen(table: u32): void {
  const old = load<u32>(table, SLOTS);
  const count = load<u32>(table, MASK) + 1;
  const mask = 2 * count - 1;
  const slots = take(2 * count * SLOT);
  for (let from = old; from < old + count * SLOT; from += SLOT) {
    if (load<u32>(from, 4) == 0) continue;
    let place = load<u32>(from) & mask;
    while (load<u32>(slots + place * SLOT, 4) != 0) place = (place + 1) & mask;
    store<u64>(slots + place * SLOT, load<u64>(from));
  }
  store<u32>(table, slots, SLOTS);
  store<u32>(table, mask, MASK);
}

function take(bytes: u32): u32 {
  const at = free;
  free += (bytes + 7) & ~7;
  return at;
}

/** Whether a node is of these bytes. The last ones tell most. */
function is(node: u32, head: u32, text: u32, length: u32): bool {
  if (load<u32>(node, LENGTH) != length) return false;
  const kept = node + head;
  if (length >= 8) {
    const last = length - 8;
    if (load<u64>(kept + last) != load<u64>(text + last)) return false;
    for (let i: u32 = 0; i < last; i += 8) if (load<u64>(kept + i) != load<u64>(text + i)) return false;
    return true;
  }
  for (let i: u32 = 0; i < length; i++) if (load<u8>(kept + i) != load<u8>(text + i)) return false;
  return true;
}

/** Eight bytes a step, the last eight once more where the length is no multiple. */
function hashOf(text: u32, length: u32): u32 {
  let state = (u64(seedB) << 32) | u64(seedA ^ length);
  if (length >= 8) {
    const last = text + length - 8;
    for (; text < last; text += 8) state = mix(state ^ load<u64>(text));
    state = mix(state ^ load<u64>(last));
  } else {
    let word: u64 = 0;
    for (let i: u32 = 0; i < length; i++) word = (word << 8) | load<u8>(text + i);
    state = mix(state ^ word);
  }
  state = mix(state);
  return u32(state) ^ u32(state >> 32);
}

/** The product of both halves, and what would get lost in it. */
function mix(state: u64): u64 {
  const a = u32(state) ^ 0x53c5_ca59;
  const b = u32(state >> 32) ^ 0x7474_3c1b;
  return (u64(a) * u64(b)) ^ ((state << 32) | (state >> 32)) ^ (u64(seedA) << 32) ^ seedB;
}
