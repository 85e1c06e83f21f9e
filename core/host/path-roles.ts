import { roleFacts, type RoleFact } from '../analysis/host-roles.ts';
import type { PathHop, PathRole } from '../contract/paths.ts';
import type { OpenCapture } from './open-capture.ts';
import type { ReadHop } from './path-hops.ts';
import { end } from './table-columns.ts';
import { readMessage } from '../decode/sip-message.ts';

/** Answers of one path that are looked at for what they say of hosts. */
const MOST_ANSWERS = 200;

/** What the hosts on a path seem to be, by what this path shows of them; in the order in which the request came to them. */
export function rolesOfPath(open: OpenCapture, read: readonly ReadHop[], hops: readonly PathHop[]): PathRole[] {
  let left = MOST_ANSWERS;
  const facts = roleFacts(
    hops.map((hop, at) => {
      const answers = hop.answers.slice(0, Math.max(0, left));
      left -= answers.length;
      return {
        frame: hop.frame,
        from: end(hop.src, hop.sport),
        to: end(hop.dst, hop.dport),
        before: hop.before,
        sameMessage: hop.link === 'same-via',
        byResponse: hop.byResponse,
        sendings: hop.sendings,
        message: read[at]?.message ?? null,
        answers: answers.map((answer) => ({
          frame: answer.frame,
          status: answer.status,
          passedOn: answer.delayMs !== null,
          message: readMessage(Uint8Array.from(open.session.lookBack.bytesOf(answer.row))),
        })),
      };
    }),
  );
  return rolesOf(facts);
}

/** Facts about hosts as roles, each host once; what says less gives way to what says more. */
export function rolesOf(facts: readonly RoleFact[]): PathRole[] {
  const hosts = new Map<string, RoleFact[]>();
  for (const fact of facts) {
    const known = hosts.get(fact.host);
    if (known === undefined) hosts.set(fact.host, [fact]);
    else if (!known.some(({ role, why }) => role === fact.role && why === fact.why)) known.push(fact);
  }
  return [...hosts].map(([host, list]) => {
    const names = new Set(list.map(({ role }) => role));
    for (const [less, more] of gives) if (more.some((name) => names.has(name))) names.delete(less);
    return {
      host,
      role: [...names].join(' and '),
      reasons: list.filter(({ role }) => names.has(role)).map(({ why, frame }) => `${why} (frame ${frame})`),
    };
  });
}

type Role = RoleFact['role'];
const proxies: readonly Role[] = ['proxy', 'P-CSCF', 'I-CSCF', 'S-CSCF'];
const gives: readonly (readonly [Role, readonly Role[]])[] = [
  ['stateless proxy', proxies],
  ['proxy', ['P-CSCF', 'I-CSCF', 'S-CSCF']],
  ['registrar', ['S-CSCF']],
  ['user agent', [...proxies, 'stateless proxy', 'registrar', 'redirect server', 'B2BUA']],
];
