/**
 * Time from `a` to `b`, exactly: both are seconds as text with up to nine decimals, as `ts` in the contract. As many
 * decimals as the longer one has, in groups of three: `0.508 621 s`, `−1.2 s`. Null where one is not such a text.
 */
export function timeBetween(a: string, b: string): string | null {
  const from = partsOf(a);
  const to = partsOf(b);
  if (from === null || to === null) return null;
  const decimals = Math.max(from.decimals, to.decimals);
  const difference = to.ns - from.ns;
  const size = difference < 0n ? -difference : difference;
  const seconds = (size / NS).toLocaleString('en-US');
  const fraction = (size % NS).toString().padStart(9, '0').slice(0, decimals);
  const grouped = fraction.replaceAll(/(\d{3})(?=\d)/gu, '$1 ');
  return `${difference < 0n ? '−' : ''}${seconds}${grouped === '' ? '' : `.${grouped}`} s`;
}

const NS = 1_000_000_000n;

function partsOf(ts: string): { readonly ns: bigint; readonly decimals: number } | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?$/u.exec(ts);
  if (match === null) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const ns = BigInt(whole) * NS + BigInt(fraction.padEnd(9, '0'));
  return { ns: sign === '-' ? -ns : ns, decimals: fraction.length };
}
