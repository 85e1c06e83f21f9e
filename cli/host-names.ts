import type { LadderHost } from '../core/contract/ladder.ts';
import { ipAddress } from '../core/host/ip-address.ts';
import { UsageError } from './complain.ts';

/** `NAME=address[:port][,address…]`, as `--name` takes it; IPv6 with a port in brackets. Throws UsageError for anything else. */
export function hostName(text: string): LadderHost {
  const equals = text.lastIndexOf('=');
  const name = text.slice(0, Math.max(equals, 0)).trim();
  const ends = text
    .slice(equals + 1)
    .split(',')
    .map(endOf);
  if (name === '' || ends.includes(null)) {
    throw new UsageError(`--name is NAME=address[:port][,address…], not “${text}”`);
  }
  return { name, role: null, ends: ends.filter((end) => end !== null) };
}

function endOf(text: string): LadderHost['ends'][number] | null {
  const match = /^(?<address>\[[^\]]*\]|[^:]*)(?::(?<port>\d{1,5}))?$/u.exec(text.trim())?.groups;
  // An IPv6 address without brackets is an address as a whole.
  const address = ipAddress(match?.address ?? text);
  const port = match?.port === undefined ? null : Number(match.port);
  if (address === null || (port !== null && (port < 1 || port > 65_535))) return null;
  return { address, port };
}
