import { end } from '../table-columns.ts';

/** What rides along and is no codec of its own. */
export const quiet = new Set(['telephone-event', 'cn', 'red', 'ulpfec']);

/** `address port` as one writes it. */
export function shown(key: string): string {
  const at = key.indexOf(' ');
  return end(key.slice(0, at), Number(key.slice(at + 1)));
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
