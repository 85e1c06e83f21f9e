import { names } from './sides.ts';
import type { Spoken } from './spoken.ts';

/** Refusals of one call that are told. */
const MOST = 50;

export interface Refusal {
  readonly row: number;
  readonly status: number;
  readonly method: string;
  readonly names: readonly string[];
  readonly explanation: string;
}

/** Responses that say that an extension is missing, unwanted or not understood (RFC 3261 21.4.15, 21.4.16; RFC 4028, 6665). */
export function refusalsOf(spoken: readonly Spoken[]): Refusal[] {
  const found: Refusal[] = [];
  for (const one of spoken) {
    if (found.length >= MOST) break;
    const told = refusal(one, spoken);
    if (told !== null) found.push({ row: one.row, status: one.status, method: one.method, ...told });
  }
  return found;
}

function refusal(one: Spoken, spoken: readonly Spoken[]): { names: readonly string[]; explanation: string } | null {
  const request = spoken.find(
    ({ status, cseq, method, byCaller }) =>
      status === 0 && cseq === one.cseq && method === one.method && byCaller !== one.byCaller,
  );
  const list = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(', ');
  switch (one.status) {
    case 420: {
      const unsupported = names([one], 'Unsupported');
      const asked = request === undefined ? [] : [...names([request], 'Require'), ...names([request], 'Proxy-Require')];
      const by = request !== undefined && names([request], 'Proxy-Require').some((name) => unsupported.includes(name));
      return {
        names: unsupported,
        explanation:
          unsupported.length === 0
            ? `${one.method} was refused because of what it requires (${list(asked)}); which of it, Unsupported does not say`
            : `${one.method} requires ${list(unsupported)}${by ? ' of proxies (Proxy-Require)' : ''}, which is not understood: leave it out, or use another server`,
      };
    }
    case 421: {
      const wanted = names([one], 'Require');
      return {
        names: wanted,
        explanation: `${one.method} was refused because it does not support ${list(wanted)}, which is demanded`,
      };
    }
    case 422: {
      const least = one.message.header('Min-SE') ?? '';
      const asked = request?.message.header('Session-Expires') ?? '';
      return {
        names: least === '' ? [] : [least.slice(0, 20)],
        explanation: `The session interval of ${asked.slice(0, 20) || 'the request'} is too small; at least ${least.slice(0, 20) || 'a longer one'} s is demanded (Min-SE)`,
      };
    }
    case 489: {
      const event = request?.message.header('Event')?.slice(0, 100) ?? '';
      return {
        names: event === '' ? [] : [event],
        explanation: `The event package ${event === '' ? '' : `“${event}” `}is not known there`,
      };
    }
    case 405:
    case 501:
      return {
        names: [one.method],
        explanation: `The method ${one.method} is not ${one.status === 405 ? 'allowed' : 'known'} there; allowed: ${names([one], 'Allow').join(', ') || 'it does not say'}`,
      };
    default:
      return null;
  }
}
