import type { StreamRow } from '../contract/streams.ts';
import { end } from './table-columns.ts';

/** What rides along and is no codec of its own. */
export const quiet = new Set(['telephone-event', 'cn', 'red', 'ulpfec']);

/** In few words, for a band: `RTP PCMA 20 ms, 812 packets, loss 0 %, MOS 4.4`. */
export function streamLabel(row: StreamRow): string {
  const codec = row.payloadTypes.find(({ codec: name }) => name !== null && !quiet.has(name.toLowerCase()));
  const ms = row.ptime.payloadMs ?? row.ptime.timestampMs;
  const words = [row.protection ?? 'RTP', codec?.codec ?? `type ${row.payloadTypes[0]?.pt ?? '?'}`];
  if (ms !== null) words.push(`${Math.round(ms * 10) / 10} ms`);
  const loss = row.expected > 0 ? (100 * row.missing) / row.expected : 0;
  const mos = row.mos === null ? '' : `, MOS ${row.mos.value.toFixed(1)}`;
  return `${words.join(' ')}, ${row.packets} packets, loss ${Math.round(loss * 10) / 10} %${mos}`;
}

/** `address port` as one writes it. */
export function shown(key: string): string {
  const [address = '', port = ''] = key.split(' ');
  return end(address, Number(port));
}

export function ssrcText(ssrc: number): string {
  return `0x${(ssrc >>> 0).toString(16).padStart(8, '0')}`;
}

/** To the microsecond, where the value is milliseconds. */
export function micro(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
