/**
 * One pass over a SIP message in memory, as SipHead (core/decode/sip-head.ts) makes it, of the usual forms only: whatever
 * is odd is left to SipHead, which is the one judge of it. What is found lies in the variables below, places in memory,
 * 0 where there is none.
 */
import { comma, lineFeed, semicolon } from './find';
import { methodAt, methodEnd } from './sip-method';
import {
  BRANCH,
  byteAt,
  decimal,
  isBlank,
  isDigit,
  isFold,
  isToken,
  parameter,
  skipBlanks,
  TAG,
  trimEnd,
  valueEnd,
} from './sip-params';
import { CALL_ID, CASE, CONTENT_LENGTH, CONTENT_TYPE, CSEQ, FROM, MAX_FORWARDS, nameOf, TO, VIA } from './sip-name';

/** A number of Method; 0 for a response. */
export let method: i32 = 0;
/** 0 for a request. */
export let status: i32 = 0;
export let callIdAt: i32 = 0;
export let callIdEnd: i32 = 0;
export let fromTagAt: i32 = 0;
export let fromTagEnd: i32 = 0;
export let toTagAt: i32 = 0;
export let toTagEnd: i32 = 0;
/** Of the first Via. */
export let branchAt: i32 = 0;
export let branchEnd: i32 = 0;
export let sentByAt: i32 = 0;
export let sentByEnd: i32 = 0;
export let viaCount: i32 = 0;
export let cseqNumber: i32 = 0;
/** A number of Method. */
export let cseqMethod: i32 = 0;
/** -1 where it is missing. */
export let maxForwards: i32 = -1;
export let contentTypeAt: i32 = 0;
export let contentTypeEnd: i32 = 0;
export let bodyAt: i32 = 0;

/* Only while it is read. */
let contentLength: i32 = -1;
let hasFrom: bool = false;
let hasTo: bool = false;
let tagEnd: i32 = 0;

/* `SIP/`, `2.0/`, `2.0 `, `UDP ` in small letters, and `bran`, `nch=`, as numbers. */
const SIP = 0x2f70_6973;
const SIP_WRITTEN = 0x2f50_4953;
const VERSION_SLASH = 0x2f30_2e32;
const VERSION_SPACE = 0x2030_2e32;
const UDP = 0x2070_6475;
const BRAN = 0x6e61_7262;
const NCH = 0x3d68_636e;

/** Reads the message that fills `[at, end)`. False where it has a fault, or is not of a form that is read here. */
export function scan(at: i32, end: i32): bool {
  method = status = viaCount = cseqMethod = 0;
  callIdAt = callIdEnd = fromTagAt = fromTagEnd = toTagAt = toTagEnd = 0;
  branchAt = branchEnd = sentByAt = sentByEnd = contentTypeAt = contentTypeEnd = bodyAt = 0;
  maxForwards = contentLength = -1;
  hasFrom = hasTo = false;
  let line = startLine(at, end);
  if (line === 0) return false;
  for (;;) {
    if (line >= end) return false;
    const first = byteAt(line);
    if (first === 10) {
      bodyAt = line + 1;
      break;
    }
    if (first === 13 && line + 1 < end && byteAt(line + 1) === 10) {
      bodyAt = line + 2;
      break;
    }
    const stop = lineFeed(line, end);
    // Headers that are not finished, or go on in the next line.
    if (stop + 1 >= end || isFold(byteAt(stop + 1))) return false;
    const name = nameOf(line, stop);
    if (name !== 0 && !header(line + (name >> 4), stop, name & 15)) return false;
    line = stop + 1;
  }
  if (contentLength >= 0 && bodyAt + contentLength !== end) return false;
  return callIdAt !== 0 && hasFrom && hasTo && sentByAt !== 0 && cseqMethod !== 0;
}

/** Where the headers begin; 0 where it is not one of the usual lines. */
function startLine(at: i32, end: i32): i32 {
  const stop = lineFeed(at, end);
  if (stop >= end || stop - at < 12 || byteAt(stop - 1) !== 13) return 0;
  if (load<i32>(at) === SIP_WRITTEN) {
    if (load<i32>(at, 4) !== VERSION_SPACE) return 0;
    const a = byteAt(at + 8) - 0x30;
    const b = byteAt(at + 9) - 0x30;
    const c = byteAt(at + 10) - 0x30;
    const behind = byteAt(at + 11);
    if (a < 1 || a > 6 || u32(b) > 9 || u32(c) > 9 || (behind !== 0x20 && behind !== 13)) return 0;
    status = 100 * a + 10 * b + c;
    return stop + 1;
  }
  method = methodAt(at);
  if (method === 0 || byteAt(methodEnd) !== 0x20) return 0;
  const uri = methodEnd + 1;
  const version = stop - 8;
  if (uri >= version || byteAt(uri) <= 0x20 || byteAt(version - 1) !== 0x20) return 0;
  return load<i32>(version) === SIP_WRITTEN && (load<i32>(version, 4) & 0xff_ffff) === (VERSION_SPACE & 0xff_ffff)
    ? stop + 1
    : 0;
}

/** A header of which the name ends at `at` and the line at `stop`; false where it is odd. */
function header(at: i32, stop: i32, name: i32): bool {
  let from = at;
  while (from < stop && isFold(byteAt(from))) from++;
  if (from >= stop || byteAt(from) !== 0x3a) return true;
  from = skipBlanks(from + 1, stop);
  const to = trimEnd(from, stop);
  switch (name) {
    case VIA:
      return via(from, to);
    case FROM:
      if (hasFrom) return false;
      hasFrom = true;
      fromTagAt = tag(from, to);
      fromTagEnd = tagEnd;
      return true;
    case TO:
      if (hasTo) return false;
      hasTo = true;
      toTagAt = tag(from, to);
      toTagEnd = tagEnd;
      return true;
    case CALL_ID:
      if (callIdAt !== 0) return false;
      callIdAt = from;
      callIdEnd = to;
      return true;
    case CSEQ:
      return cseq(from, to);
    case CONTENT_LENGTH: {
      const length = i32(decimal(from, to, i32.MAX_VALUE));
      if (length < 0 || (contentLength >= 0 && length !== contentLength)) return false;
      contentLength = length;
      return true;
    }
    case CONTENT_TYPE:
      if (contentTypeAt !== 0) return true;
      contentTypeAt = from;
      contentTypeEnd = to;
      return true;
    case MAX_FORWARDS:
      maxForwards = i32(decimal(from, to, 255));
      return maxForwards >= 0;
    default:
      return true;
  }
}

/** A number below 2^31 and a known method, that of the request where it is one. */
function cseq(from: i32, to: i32): bool {
  if (cseqMethod !== 0) return false;
  let next = from;
  let value: i64 = 0;
  while (next < to && isDigit(byteAt(next)) && next - from < 11) {
    value = value * 10 + i64(byteAt(next) - 0x30);
    next++;
  }
  if (next === from || value > i64(i32.MAX_VALUE)) return false;
  cseqNumber = i32(value);
  cseqMethod = methodAt(skipBlanks(next, to));
  if (cseqMethod === 0 || methodEnd !== to) return false;
  return method === 0 || method === cseqMethod;
}

/** Where the tag of a From or To begins, 0 where there is none; its end is left in `tagEnd`. */
function tag(from: i32, to: i32): i32 {
  let next = to - 1;
  while (next > from && isToken(byteAt(next))) next--;
  const close = next - 5;
  if (close >= from && byteAt(next) === 0x3d && byteAt(close) === 0x3e && byteAt(close + 1) === 0x3b) {
    // `tag=` in any case.
    if ((load<i32>(close, 2) | 0x20_2020) === 0x3d67_6174) {
      tagEnd = to;
      return next + 1;
    }
  }
  tagEnd = 0;
  const value = parameter(from, to, TAG, 3);
  if (value < 0) return 0;
  tagEnd = valueEnd(value, to);
  return value;
}

/** One value, over UDP; several in a line are left to SipHead. */
function via(from: i32, to: i32): bool {
  if (comma(from, to) !== to) return false;
  viaCount++;
  if (sentByAt !== 0) return true;
  if (to - from <= 12) return false;
  if ((load<i32>(from) | CASE) !== SIP || load<i32>(from, 4) !== VERSION_SLASH || (load<i32>(from, 8) | CASE) !== UDP) {
    return false;
  }
  sentByAt = skipBlanks(from + 12, to);
  const next = semicolon(sentByAt, to);
  sentByEnd = trimEnd(sentByAt, next);
  if (to - next > 8 && (load<i32>(next, 1) | CASE) === BRAN && (load<i32>(next, 4) | CASE) === NCH) {
    branchAt = next + 8;
    branchEnd = trimEnd(branchAt, semicolon(branchAt, to));
    return true;
  }
  const branch = parameter(next, to, BRANCH, 6);
  if (branch < 0) return true;
  branchAt = branch;
  branchEnd = valueEnd(branch, to);
  return true;
}
