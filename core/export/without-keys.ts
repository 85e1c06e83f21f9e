/**
 * A message for a document that is sent on: without the keys that a 401 of the core side carries (`ck` and `ik` of
 * TS 33.203 6.1 in WWW-Authenticate). Whoever wants them has the capture.
 */
export function withoutKeys(message: string): string {
  return message.replaceAll(keys, '$<name>(hidden)');
}

/** `ck="6c61…"`, with or without quotes and `0x`. What is shorter is no part of a key. */
const keys = /(?<name>\b[ci]k[ \t]{0,8}=[ \t]{0,8}"?)(?:0x)?[\da-f]{8,}/giu;
