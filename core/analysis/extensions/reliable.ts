import type { Spoken } from './spoken.ts';

export interface Reliable {
  readonly rseq: readonly number[];
  readonly rows: readonly number[];
  readonly pracks: number;
  readonly unacknowledged: readonly number[];
}

/** Reliable provisional responses and their PRACKs (RFC 3262); null where there were none. */
export function reliableOf(spoken: readonly Spoken[]): Reliable | null {
  const sent = new Map<string, { readonly number: number; readonly row: number }>();
  const acknowledged = new Set<string>();
  let pracks = 0;
  for (const { message, status, method, cseq, row } of spoken) {
    if (status > 100 && status < 200) {
      const number = digits(message.header('RSeq'));
      if (number !== null) sent.set(`${number} ${cseq} ${method}`, { number, row });
    } else if (status === 0 && method === 'PRACK') {
      pracks += 1;
      const [, number, of, what] = /^\s*(\d{1,10})\s+(\d{1,10})\s+(\S+)/u.exec(message.header('RAck') ?? '') ?? [];
      if (number !== undefined) acknowledged.add(`${Number(number)} ${Number(of)} ${what ?? ''}`);
    }
  }
  if (sent.size === 0 && pracks === 0) return null;
  return {
    rseq: [...sent.values()].map(({ number }) => number),
    rows: [...sent.values()].map(({ row }) => row),
    pracks,
    unacknowledged: [...sent].flatMap(([key, { number }]) => (acknowledged.has(key) ? [] : number)),
  };
}

export function digits(text: string | null): number | null {
  const found = /^\s*(\d{1,10})/u.exec(text ?? '')?.[1];
  return found === undefined ? null : Number(found);
}
