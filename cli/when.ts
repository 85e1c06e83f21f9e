/** Epoch seconds as text, as people read them: `2026-03-12 08:31:05.200000 UTC`, with the decimals that are there. */
export function when(ts: string): string {
  const [whole = '0', fraction = ''] = ts.split('.');
  const date = new Date(Number(whole) * 1000);
  if (Number.isNaN(date.getTime())) return ts;
  const text = date.toISOString().replace('T', ' ').slice(0, -5);
  return `${text}${fraction === '' ? '' : `.${fraction}`} UTC`;
}

/** The time of day of `when`: `08:31:05.200`. */
export function clock(ts: string): string {
  return when(ts).slice(11, 23).replace(' UTC', '');
}
