import { isIP } from 'node:net';
import { ipText } from '../bytes/ip-text.ts';

const zeros: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0];

/** An IP address as this program writes it (RFC 5952); null for what is none. */
export function ipAddressText(text: string): string | null {
  const kind = isIP(text);
  if (kind === 4) return text;
  if (kind !== 6 || text.includes('%')) return null;
  // The URL parser knows every way of writing one, and leaves one.
  const { hostname } = new URL(`http://[${text}]`);
  const [head = '', tail = null] = hostname.slice(1, -1).split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const first = groups(head);
  const last = tail === null ? [] : groups(tail);
  const all = [...first, ...zeros.slice(first.length + last.length), ...last];
  return ipText(Uint8Array.from(all.flatMap((group) => [group >>> 8, group & 0xff])));
}
