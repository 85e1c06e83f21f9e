/** IP addresses as people write them (RFC 4291 2.2, RFC 4632), for comparing. */

/** An address (all bits) or the network it stands in: 4 or 16 bytes, and how many leading bits count. */
export interface Network {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** `10.0.0.1`, `10.0.0.0/8`, `2001:db8::1`, `[2001:db8::1]`, `2001:db8::/32`; null for anything else. */
export function parseNetwork(text: string): Network | null {
  const slash = text.indexOf('/');
  const bytes = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (bytes === null) return null;
  if (slash === -1) return { bytes, bits: bytes.length * 8 };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/u.test(digits) || Number(digits) > bytes.length * 8) return null;
  return { bytes, bits: Number(digits) };
}

/** 4 or 16 bytes; null where the text is not an address. */
export function parseAddress(text: string): readonly number[] | null {
  if (text.length > 48) return null;
  if (!text.includes(':')) return v4(text);
  return v6(text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text);
}

/** Whether an address stands in a network. IPv4 is never in an IPv6 network: mapped addresses are addresses of their own. */
export function contains(network: Network, address: readonly number[]): boolean {
  if (network.bytes.length !== address.length) return false;
  let left = network.bits;
  for (let i = 0; left > 0; i++, left -= 8) {
    const mask = left >= 8 ? 0xff : (0xff00 >> left) & 0xff;
    if ((((network.bytes[i] as number) ^ (address[i] as number)) & mask) !== 0) return false;
  }
  return true;
}

/** Whether `address` lies between two addresses of its own family, both included. */
export function between(from: readonly number[], to: readonly number[], address: readonly number[]): boolean {
  return from.length === address.length && compare(from, address) <= 0 && compare(address, to) <= 0;
}

/** Order of two addresses of one family. */
export function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
}

function v4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/u.test(part) && Number(part) < 256)) return null;
  return parts.map(Number);
}

function v6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groups(halves[0] as string);
  const tail = halves.length === 2 ? groups(halves[1] as string) : [];
  if (head === null || tail === null) return null;
  const zeros = 16 - head.length - tail.length;
  if (halves.length === 2 ? zeros < 2 : zeros !== 0) return null;
  return [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
}

/** Bytes of colon-separated groups, the last of which may be an IPv4 address. */
function groups(text: string): readonly number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (part.includes('.') && i === parts.length - 1) {
      const last = v4(part);
      if (last === null) return null;
      bytes.push(...last);
    } else {
      if (!/^[0-9a-f]{1,4}$/iu.test(part)) return null;
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}
