/**
 * Challenges and credentials (RFC 3261 20.7, 20.44; RFC 7616 for digest; TS 33.203 for `ck` and `ik`): WWW-Authenticate,
 * Authorization, Proxy-Authenticate, Proxy-Authorization. Their commas are between parameters, not between values.
 */
import { isBlank, skipBlanks } from './sip-params.ts';
import { fieldText, readParams, type Param } from './sip-values.ts';

export interface Credentials {
  /** As written: `Digest`. */
  readonly scheme: string;
  /** Quoted strings without their quotes and escapes. */
  readonly params: readonly Param[];
}

/** Reads the challenge or credentials that fill `bytes[from, to)`; null where nothing stands there. */
export function readCredentials(bytes: Uint8Array, from = 0, to = bytes.length): Credentials | null {
  const at = skipBlanks(bytes, from, to);
  let next = at;
  while (next < to && !isBlank(bytes[next] as number)) next++;
  if (next === at) return null;
  return { scheme: fieldText(bytes, at, next), params: readParams(bytes, next, to, 0x2c) };
}
