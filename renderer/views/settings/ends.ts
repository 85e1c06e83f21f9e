import type { LadderHost } from '../../../core/contract/ladder.ts';

type End = LadderHost['ends'][number];

/** `10.0.0.1, 10.0.0.2:5060, [2001:db8::1]:5060` → ends; a sentence where one is none. */
export function readEnds(text: string): readonly End[] | string {
  const ends: End[] = [];
  for (const word of text.split(/[\s,;]+/u).filter((one) => one !== '')) {
    const end = readEnd(word);
    if (end === null) return `“${word}” is not an address, or an address and a port.`;
    ends.push(end);
  }
  return ends.length === 0 ? 'An address is missing.' : ends;
}

/** As `readEnds` reads it. */
export function endsText(ends: readonly End[]): string {
  return ends
    .map(({ address, port }) =>
      port === null ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`,
    )
    .join(', ');
}

function readEnd(word: string): End | null {
  const groups = /^(?:\[(?<bracketed>[^\]]+)\]|(?<bare>[^:[\]]+))(?::(?<port>\d{1,5}))?$/u.exec(word)?.groups;
  const address = canonical(groups?.bracketed ?? groups?.bare ?? word);
  const port = groups?.port === undefined ? null : Number(groups.port);
  return address === null || (port !== null && (port < 1 || port > 65_535)) ? null : { address, port };
}

/** An address as captures show it; null for what is none. */
function canonical(address: string): string | null {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/u.test(address)) {
    const bytes = address.split('.').map(Number);
    return bytes.every((byte) => byte <= 255) ? bytes.join('.') : null;
  }
  if (!/^[\da-f:.]*:[\da-f:.]*$/iu.test(address) || !URL.canParse(`http://[${address}]`)) return null;
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
