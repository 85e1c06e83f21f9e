import type { SipMessage } from '../../decode/sip-message.ts';

/**
 * What a host seems to be, by what it did with one request. Each fact has its reason; what several facts make of a host
 * is for the caller to say.
 */
export interface RoleFact {
  /** `address:port` */
  readonly host: string;
  readonly role:
    | 'user agent'
    | 'stateless proxy'
    | 'stateful proxy'
    | 'proxy'
    | 'registrar'
    | 'redirect server'
    | 'B2BUA'
    | 'P-CSCF'
    | 'I-CSCF'
    | 'S-CSCF';
  /** A clause with the host left out: `sent 100 itself`. */
  readonly why: string;
  readonly frame: number;
}

export interface RoleAnswer {
  readonly frame: number;
  readonly status: number;
  /** It came from the hop behind. */
  readonly passedOn: boolean;
  readonly message: SipMessage;
}

export interface RoleHop {
  readonly frame: number;
  readonly from: string;
  readonly to: string;
  readonly before: number | null;
  readonly sameMessage: boolean;
  readonly byResponse: boolean;
  readonly sendings: number;
  readonly message: SipMessage | null;
  readonly answers: readonly RoleAnswer[];
}

/** What the hops of one path say about the hosts on it, in the order of the way. */
export function roleFacts(hops: readonly RoleHop[]): RoleFact[] {
  const facts: RoleFact[] = [];
  const behind: RoleHop[][] = hops.map(() => []);
  for (const hop of hops) if (hop.before !== null) behind[hop.before]?.push(hop);
  for (const [at, hop] of hops.entries()) {
    if (hop.before === null) sender(hop, facts);
    const on = (behind[at] ?? []).filter(({ sameMessage }) => !sameMessage);
    const again = (behind[at] ?? []).length > on.length;
    if (on.length > 0) forwarder(hop, on, facts);
    else if (!again) receiver(hop, facts);
  }
  return facts;
}

/** Who sent the first request: with one Via it made it. */
function sender({ from, frame, message, byResponse }: RoleHop, facts: RoleFact[]): void {
  if (message === null || byResponse) return;
  if (message.vias.length === 1) facts.push({ host: from, role: 'user agent', why: 'began the request', frame });
  else if (message.vias.length > 1)
    facts.push({
      host: from,
      role: 'proxy',
      why: `sent on a request that had ${message.vias.length - 1} Via already`,
      frame,
    });
}

function forwarder(hop: RoleHop, on: readonly RoleHop[], facts: RoleFact[]): void {
  const host = hop.to;
  const [first, second] = on;
  if (first === undefined) return;
  const keeps = 'stateful proxy';
  const passed100 = hop.answers.find(({ status, passedOn }) => status === 100 && passedOn);
  const own100 = hop.answers.find(({ status, passedOn }) => status === 100 && !passedOn);
  const own = hop.answers.find(({ status, passedOn }) => status >= 200 && !passedOn);
  if (second !== undefined)
    facts.push({ host, role: keeps, why: `sent the request to ${on.length} places`, frame: second.frame });
  else if (own100 !== undefined) facts.push({ host, role: keeps, why: 'sent 100 itself', frame: own100.frame });
  else if (passed100 !== undefined)
    facts.push({
      host,
      role: 'stateless proxy',
      why: 'passed a 100 on, which one that keeps transactions never does',
      frame: passed100.frame,
    });
  else if (first.sendings > hop.sendings)
    facts.push({ host, role: keeps, why: 'sent the request again on its own', frame: first.frame });
  else if (own !== undefined && first.answers.some(({ status }) => status >= 200))
    facts.push({ host, role: keeps, why: `answered ${own.status} where another response had come`, frame: own.frame });
  else facts.push({ host, role: 'proxy', why: 'added its Via and sent the request on', frame: first.frame });
  inIms(hop, first, facts);
}

const cscf: Readonly<Record<string, RoleFact['role']>> = { p: 'P-CSCF', i: 'I-CSCF', s: 'S-CSCF' };

/** 3GPP TS 24.229 5.2 to 5.4: what the CSCFs do with a REGISTER. */
function inIms(hop: RoleHop, on: RoleHop, facts: RoleFact[]): void {
  const before = hop.message;
  const after = on.message;
  if (before === null || after === null || hop.byResponse || on.byResponse) return;
  const host = hop.to;
  // Not the proxy of RFC 3261 alone, but named: Record-Route and Path hold what it calls itself.
  for (const name of ['Record-Route', 'Path'] as const) {
    const own = after.headerValues(name);
    const others = new Set(before.headerValues(name));
    for (const value of own) {
      const found = others.has(value)
        ? undefined
        : /(?:[@:.-]|^)(?<letter>[pis])-?cscf\b/iu.exec(value)?.groups?.letter;
      const role = found === undefined ? undefined : cscf[found.toLowerCase()];
      if (role !== undefined) facts.push({ host, role, why: `calls itself so in ${name}`, frame: on.frame });
    }
  }
  if (before.header('Security-Client') !== null && after.header('Security-Client') === null)
    facts.push({ host, role: 'P-CSCF', why: 'took Security-Client away', frame: on.frame });
  if (after.method === 'REGISTER') {
    const paths = after.headerValues('Path').length - before.headerValues('Path').length;
    const visited = after.header('P-Visited-Network-ID') !== null && before.header('P-Visited-Network-ID') === null;
    if (paths > 0 && (visited || before.vias.length === 1))
      facts.push({
        host,
        role: 'P-CSCF',
        why: `added Path${visited ? ' and P-Visited-Network-ID' : ''} to the REGISTER of a phone`,
        frame: on.frame,
      });
    else if (before.header('P-Visited-Network-ID') !== null)
      facts.push({ host, role: 'I-CSCF', why: 'sent the REGISTER of a P-CSCF on to who answers it', frame: on.frame });
  }
  const kept = on.answers.find(({ status, message }) => status === 401 && hasKeys(message));
  const stripped = hop.answers.find(({ status, message }) => status === 401 && !hasKeys(message));
  if (kept !== undefined && stripped !== undefined)
    facts.push({ host, role: 'P-CSCF', why: 'took ck and ik out of the challenge', frame: stripped.frame });
}

function receiver({ to: host, frame, message, answers }: RoleHop, facts: RoleFact[]): void {
  const method = message?.isRequest === true ? message.method : null;
  const final = answers.find(({ status }) => status >= 200);
  if (final === undefined) return;
  const { status } = final;
  if (method === 'REGISTER' && (status < 300 || status === 401 || status === 407)) {
    const served = answers.find((answer) => answer.status < 300 && answer.message.header('Service-Route') !== null);
    if (served !== undefined)
      facts.push({ host, role: 'S-CSCF', why: 'answered the REGISTER with Service-Route', frame: served.frame });
    const keys = answers.find((answer) => answer.status === 401 && hasKeys(answer.message));
    if (keys !== undefined)
      facts.push({ host, role: 'S-CSCF', why: 'put ck and ik into the challenge', frame: keys.frame });
    facts.push({ host, role: 'registrar', why: `answered the REGISTER with ${status}`, frame: final.frame });
    return;
  }
  if (status >= 300 && status < 400 && final.message.header('Contact') !== null) {
    facts.push({
      host,
      role: 'redirect server',
      why: `answered ${status} with a Contact to try instead`,
      frame: final.frame,
    });
    return;
  }
  facts.push({
    host,
    role: 'user agent',
    why: `answered ${status} itself`,
    frame: final.frame === 0 ? frame : final.frame,
  });
}

function hasKeys(message: SipMessage): boolean {
  return /\bik\s*=/iu.test(message.header('WWW-Authenticate') ?? '');
}
