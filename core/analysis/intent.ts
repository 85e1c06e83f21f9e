/** Bits of what a REGISTER asks for (RFC 3261 10.2). */
export const Intent = {
  /** Has a Contact that is to be bound. */
  Binds: 1 << 0,
  /** Has a Contact that is to be removed: `*`, or an expiry of 0. */
  Removes: 1 << 1,
  /** Answers a challenge: Authorization or Proxy-Authorization with a response in it (an IMS phone sends it empty first, 3GPP TS 24.229). */
  Credentials: 1 << 2,
} as const;

/** What a REGISTER asks for, bits of Intent: looks through the headers in `bytes[at, end)`; `expires` is the value of the Expires header, -1 where there is none. */
export function intentOf(bytes: Uint8Array, at: number, end: number, expires: number): number {
  let intent = 0;
  let line = at;
  while (line < end) {
    let next = line;
    // To the end of the header, over the lines it is folded on (7.3.1).
    do {
      while (next < end && bytes[next] !== 10) next++;
      next++;
    } while (next < end && (bytes[next] === 0x20 || bytes[next] === 9));
    const last = Math.min(next, end);
    if (named(bytes, line, last, 'contact') || named(bytes, line, last, 'm'))
      intent |= contacts(bytes, line, last, expires);
    else if (isAuthorization(bytes, line, last) && answersChallenge(bytes, line, last)) intent |= Intent.Credentials;
    line = next;
  }
  return intent;
}

function isAuthorization(bytes: Uint8Array, at: number, end: number): boolean {
  return named(bytes, at, end, 'authorization') || named(bytes, at, end, 'proxy-authorization');
}

/** Whether the header in `bytes[at, end)` has this name (lower case). */
function named(bytes: Uint8Array, at: number, end: number, name: string): boolean {
  if (!wordAt(bytes, at, end, name)) return false;
  let next = at + name.length;
  while (next < end && (bytes[next] === 0x20 || bytes[next] === 9)) next++;
  return next < end && bytes[next] === 0x3a;
}

function wordAt(bytes: Uint8Array, at: number, end: number, word: string): boolean {
  if (end - at < word.length) return false;
  for (let i = 0; i < word.length; i++) {
    const want = word.charCodeAt(i);
    const byte = bytes[at + i] as number;
    if (byte !== want && (want < 0x61 || (byte | 0x20) !== want)) return false;
  }
  return true;
}

/** Goes over the comma-separated contacts of one header; parameters count outside quotes and angle brackets only (20.10). */
function contacts(bytes: Uint8Array, at: number, end: number, expires: number): number {
  let intent = 0;
  let quoted = false;
  let bracketed = false;
  let own = expires;
  let any = false;
  let next = at;
  while (bytes[next] !== 0x3a) next++;
  next++;
  for (; next < end; next++) {
    const byte = bytes[next] as number;
    if (byte > 0x20) any = true;
    if (quoted) {
      if (byte === 0x5c) next++;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (bracketed) bracketed = byte !== 0x3e;
    else if (byte === 0x3c) bracketed = true;
    else if (byte === 0x3b && wordAt(bytes, next + 1, end, 'expires=')) {
      const digit = bytes[next + 9] as number;
      own = digit === 0x30 && !isDigit(bytes[next + 10] as number) ? 0 : 1;
    } else if (byte === 0x2c) {
      intent |= own === 0 ? Intent.Removes : Intent.Binds;
      own = expires;
    }
  }
  return any ? intent | (own === 0 ? Intent.Removes : Intent.Binds) : intent;
}

/** Whether `response=` has something in its quotes. */
function answersChallenge(bytes: Uint8Array, at: number, end: number): boolean {
  for (let next = at; next < end; next++) {
    if (((bytes[next] as number) | 0x20) !== 0x72 || !wordAt(bytes, next, end, 'response=')) continue;
    return bytes[next + 9] !== 0x22 || bytes[next + 10] !== 0x22;
  }
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
