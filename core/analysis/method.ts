import { utf8 } from '../bytes/text.ts';

/** Numbers of the methods in `Messages.methods`; others get the numbers behind, as they come. */
export const Method = {
  INVITE: 1,
  ACK: 2,
  BYE: 3,
  CANCEL: 4,
  OPTIONS: 5,
  REGISTER: 6,
  PRACK: 7,
  SUBSCRIBE: 8,
  NOTIFY: 9,
  PUBLISH: 10,
  INFO: 11,
  REFER: 12,
  MESSAGE: 13,
  UPDATE: 14,
  KDMQ: 15,
} as const;

/** Letters of the methods by number. */
const letters = [new Uint8Array(0), ...Object.keys(Method).map((name) => utf8(name))];
/** By first letter: the methods that begin with it, and 16 times the second one where there are two. */
const byFirst = new Uint8Array(256);
for (const number of Object.values(Method)) {
  const first = letters[number]?.[0] ?? 0;
  byFirst[first] = ((byFirst[first] as number) << 4) | number;
}

/** The number in Method of the method in `bytes[at, end)`, 0 where it is another one. Case counts (RFC 3261 7.1). */
export function knownMethod(bytes: Uint8Array, at: number, end: number): number {
  const numbers = at < end ? (byFirst[bytes[at] as number] as number) : 0;
  if (is(numbers & 15, bytes, at, end)) return numbers & 15;
  return is(numbers >> 4, bytes, at, end) ? numbers >> 4 : 0;
}

function is(number: number, bytes: Uint8Array, at: number, end: number): boolean {
  const name = letters[number] as Uint8Array;
  if (name.length !== end - at) return false;
  for (let i = 1; i < name.length; i++) if (bytes[at + i] !== name[i]) return false;
  return true;
}
