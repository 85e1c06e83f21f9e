import type { MessageRow } from '../core/contract/model.ts';
import { when } from './when.ts';
import { escapeTerminal } from '../core/host/offers.ts';

/** Text out of a capture, harmless on a terminal; line ends stay where `lines` says so. */
export function forTerminal(text: string, lines = false): string {
  return lines
    ? text
        .split(/\r?\n/)
        .map((line) => escapeTerminal(line))
        .join('\n')
    : escapeTerminal(text);
}

/** `#12 12:01:02.123456 10.0.0.1:5060 → 10.0.0.2:5060 UDP INVITE`. */
export function where(row: MessageRow): string {
  const what = row.method ?? `${row.status ?? ''} ${row.reason ?? ''}`;
  return forTerminal(
    `#${row.frame}  ${when(row.ts)}  ${endpoint(row.src, row.sport)} → ${endpoint(row.dst, row.dport)}  ${row.transport}  ${what.trim()}`,
  );
}

export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
