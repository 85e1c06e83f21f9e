import { createHash } from 'node:crypto';

/** Eight hexadecimal digits that tell a key from others and say nothing else of it. */
export function fingerprint(key: Uint8Array): string {
  return createHash('sha256').update('sipglass key\0').update(key).digest('hex').slice(0, 8);
}
