import { UsageError } from './complain.ts';

const units: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** `500M`, `4G`, `0`: a number of bytes, in powers of ten. */
export function byteCount(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)([KMGT]?)B?$/i.exec(text);
  if (match === null) throw new UsageError(`“${text}” is not a size; write 500M or 4G`);
  return Math.round(Number(match[1]) * (units[(match[2] ?? '').toUpperCase()] ?? 1));
}
