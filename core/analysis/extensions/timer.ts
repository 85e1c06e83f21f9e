import { digits } from './reliable.ts';
import type { Spoken } from './spoken.ts';

/** Rows that are named. */
const MOST_ROWS = 10;

export interface Timer {
  readonly expires: number;
  readonly minSe: number | null;
  /** Null where it is not said. */
  readonly refreshedByCaller: boolean | null;
  readonly refreshes: number;
  readonly rows: readonly number[];
}

/** The session timer as agreed last (RFC 4028): what a 2xx to INVITE or UPDATE says. Null without one. */
export function timerOf(spoken: readonly Spoken[]): Timer | null {
  let refreshes = -1;
  const rows: number[] = [];
  let timer: Timer | null = null;
  let minSe: number | null = null;
  for (const { message, status, method, byCaller, row } of spoken) {
    if (method !== 'INVITE' && method !== 'UPDATE') continue;
    minSe = digits(message.header('Min-SE')) ?? minSe;
    if (status < 200 || status >= 300) continue;
    const value = message.header('Session-Expires');
    const expires = digits(value);
    if (expires === null) continue;
    const who = /;\s*refresher\s*=\s*(uac|uas)/iu.exec(value ?? '')?.[1]?.toLowerCase();
    // A 2xx is written by the side that was asked: its uas.
    const refreshedByCaller: boolean | null = who === undefined ? null : who === 'uas' ? byCaller : !byCaller;
    refreshes += 1;
    if (rows.length < MOST_ROWS) rows.push(row);
    timer = { expires, minSe, refreshedByCaller, refreshes, rows };
  }
  return timer;
}
