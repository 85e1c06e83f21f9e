import { ipText } from '../bytes/ip-text.ts';
import { parseAddress } from '../filter/address.ts';

/** An IP address, with or without brackets, as the session writes addresses (RFC 5952); null for what is none. */
export function ipAddress(text: string): string | null {
  const bytes = parseAddress(text.trim());
  return bytes === null ? null : ipText(Uint8Array.from(bytes));
}
