import type { Reliable } from './reliable.ts';
import type { Side } from './sides.ts';
import type { Spoken } from './spoken.ts';
import type { Timer } from './timer.ts';

/** Rows of one use that are named. */
const MOST_ROWS = 10;

export interface Use {
  readonly name: string;
  readonly used: boolean;
  readonly count: number;
  readonly rows: readonly number[];
  readonly explanation: string;
}

/** Methods beyond the basic ones, and what to say of them. */
const methods: Readonly<Record<string, string>> = {
  UPDATE: 'changes the session before or after it is answered (RFC 3311)',
  INFO: 'carries information within the dialog (RFC 6086)',
  REFER: 'asks the other side to go somewhere else: a transfer (RFC 3515)',
  NOTIFY: 'tells about an event (RFC 6665)',
  SUBSCRIBE: 'asks to be told about an event (RFC 6665)',
  PUBLISH: 'publishes a state (RFC 3903)',
  MESSAGE: 'carries a text (RFC 3428)',
};

/** Headers that show that an extension is used, by its option tag or usual name. */
const headers: readonly (readonly [header: string, name: string, what: string])[] = [
  ['Replaces', 'replaces', 'takes the place of another dialog (RFC 3891)'],
  ['Join', 'join', 'joins another dialog (RFC 3911)'],
  ['Path', 'path', 'makes requests to the phone come the same way (RFC 3327)'],
  ['Service-Route', 'service-route', 'tells the phone which way to send (RFC 3608)'],
  ['History-Info', 'histinfo', 'tells where the request went before (RFC 7044)'],
  ['Diversion', 'Diversion', 'tells who diverted the call (RFC 5806)'],
  ['Privacy', 'privacy', 'asks that who calls is hidden (RFC 3323)'],
  ['P-Early-Media', 'P-Early-Media', 'says who may send media before the answer (RFC 5009)'],
  ['Resource-Priority', 'resource-priority', 'asks for precedence (RFC 4412)'],
  ['Session-ID', 'Session-ID', 'names the session across servers (RFC 7989)'],
  ['Security-Verify', 'sec-agree', 'agrees on the protection of the first hop (RFC 3329)'],
  ['Geolocation', 'geolocation', 'tells where the caller is (RFC 6442)'],
  ['Target-Dialog', 'tdialog', 'names the dialog that a request belongs to (RFC 4538)'],
  ['Answer-Mode', 'answermode', 'asks for an automatic answer (RFC 5373)'],
  ['Feature-Caps', 'Feature-Caps', 'tells what servers on the way can do (RFC 6809)'],
];

/** What was used, and what was offered and was not. */
export function usesOf(
  spoken: readonly Spoken[],
  sides: readonly Side[],
  reliable: Reliable | null,
  timer: Timer | null,
): Use[] {
  const uses: Use[] = [];
  const offered = (tag: string): string | null => {
    const by = sides.filter(({ supported, required }) => supported.includes(tag) || required.includes(tag));
    return by.length === 0
      ? null
      : by.map(({ byCaller }) => (byCaller ? 'the caller' : 'the called side')).join(' and ');
  };
  const session = spoken.some(({ method, status }) => method === 'INVITE' && status === 0);
  if (reliable === null)
    notUsed(uses, '100rel', session ? offered('100rel') : null, 'no provisional response was reliable');
  else uses.push(reliableUse(reliable));
  if (timer === null) notUsed(uses, 'timer', session ? offered('timer') : null, 'no session timer was agreed');
  else uses.push(timerUse(timer));
  for (const [method, what] of Object.entries(methods)) {
    const own = spoken.filter((one) => one.status === 0 && one.method === method);
    if (own.length > 0) uses.push(seen(method, own, `${method} ${what}`));
  }
  for (const [header, name, what] of headers) {
    const own = spoken.filter(({ message }) => message.header(header) !== null);
    if (own.length > 0) uses.push(seen(name, own, `${header} ${what}`));
  }
  for (const tag of new Set(sides.flatMap(({ required }) => required))) {
    if (uses.some(({ name }) => name === tag)) continue;
    const own = spoken.filter(({ message }) => message.headerValues('Require').includes(tag));
    const refused = spoken.some(
      ({ message, status }) => status === 420 && message.headerValues('Unsupported').includes(tag),
    );
    if (refused) uses.push({ ...seen(tag, own, `“${tag}” was required, and refused`), used: false });
    else if (own.some(({ status }) => status === 0) || own.length > 0)
      uses.push(seen(tag, own, `“${tag}” was required`));
  }
  return uses;
}

function seen(name: string, own: readonly Spoken[], explanation: string): Use {
  return { name, used: true, count: own.length, rows: own.slice(0, MOST_ROWS).map(({ row }) => row), explanation };
}

function notUsed(uses: Use[], name: string, by: string | null, why: string): void {
  if (by === null) return;
  uses.push({ name, used: false, count: 0, rows: [], explanation: `${name} is supported by ${by}; ${why}` });
}

function reliableUse({ rseq, rows, pracks, unacknowledged }: Reliable): Use {
  const responses = `${rseq.length} reliable provisional response${rseq.length === 1 ? '' : 's'}`;
  const missing =
    unacknowledged.length === 0 ? '' : `; no PRACK for RSeq ${unacknowledged.slice(0, MOST_ROWS).join(', ')}`;
  return {
    name: '100rel',
    used: true,
    count: rseq.length,
    rows: rows.slice(0, MOST_ROWS),
    explanation: `${responses}, ${pracks} PRACK${pracks === 1 ? '' : 's'}${missing} (RFC 3262)`,
  };
}

function timerUse({ expires, refreshedByCaller, refreshes, rows }: Timer): Use {
  const by = refreshedByCaller === null ? 'whoever' : refreshedByCaller ? 'the caller' : 'the called side';
  return {
    name: 'timer',
    used: true,
    count: refreshes + 1,
    rows,
    explanation: `The session ends after ${expires} s without a refresh, which ${by} sends; refreshed ${refreshes} time${refreshes === 1 ? '' : 's'} (RFC 4028)`,
  };
}
