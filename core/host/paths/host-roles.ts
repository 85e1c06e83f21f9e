import { mix } from '../../analysis/hash-index.ts';
import { roleFacts, type RoleFact, type RoleHop } from '../../analysis/paths/host-roles.ts';
import { legLinks } from '../../analysis/legs/legs.ts';
import type { Paths } from '../../analysis/paths/paths.ts';
import { Flag } from '../../analysis/messages.ts';
import { Field } from '../../analysis/transactions.ts';
import type { PathRole } from '../../contract/paths.ts';
import { readMessage, type SipMessage } from '../../decode/sip-message.ts';
import { LegReader } from '../legs/leg-facts.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pathsOf } from './open-paths.ts';
import { isSameTrying } from './path-hops.ts';
import { end } from '../table-columns.ts';

/** Transactions of one kind (method, and the hosts on the way) that are looked at: more say the same again. */
const MOST_ALIKE = 3;
/** Transactions that are looked at in all, and hops and responses of one. */
const MOST_PATHS = 1500;
const MOST_HOPS = 40;
const MOST_ANSWERS = 12;
/** Calls among which those that a B2BUA ties together are looked for. */
const MOST_CALLS = 5000;

const known = new WeakMap<OpenCapture, ReadonlyMap<string, PathRole>>();

/** What each host of a capture seems to be, by `address:port`: found out once, from some transactions of each kind. */
export function hostRoles(open: OpenCapture): ReadonlyMap<string, PathRole> {
  let roles = known.get(open);
  if (roles === undefined) {
    roles = rolesOf([...pathFacts(open), ...betweenCalls(open)]);
    known.set(open, roles);
  }
  return roles;
}

function pathFacts(open: OpenCapture): RoleFact[] {
  const paths = pathsOf(open);
  const { nodes } = paths;
  const { messages } = nodes.tables;
  const facts: RoleFact[] = [];
  const seen = new Map<number, number>();
  const done = new Uint8Array(paths.count + 1);
  let left = MOST_PATHS;
  for (let node = 1; node <= nodes.count && left > 0; node++) {
    const path = paths.of[node] as number;
    if (path !== 0 && done[path] === 1) continue;
    done[path] = path === 0 ? 0 : 1;
    const list = path === 0 ? [node] : paths.nodesOf(path).slice(0, MOST_HOPS);
    const method = messages.cseqMethod.get(nodes.row[node] as number);
    const final = paths.finalOf(list.at(-1) as number);
    const status = final === -1 ? 0 : Math.trunc(messages.status.get(final) / 100);
    // As a number: this is done for all transactions of the capture.
    let kind = mix(method, status);
    for (const one of list) kind = mix(mix(kind, nodes.dst(one)), nodes.dport(one));
    const often = seen.get(kind) ?? 0;
    if (often >= MOST_ALIKE) continue;
    seen.set(kind, often + 1);
    left -= 1;
    facts.push(...roleFacts(readRoleHops(open, paths, list)));
  }
  return facts;
}

function readRoleHops(open: OpenCapture, paths: Paths, list: readonly number[]): RoleHop[] {
  const { nodes, links } = paths;
  const { messages, transactions } = nodes.tables;
  const { addresses, lookBack } = open.session;
  const places = new Map(list.map((node, at) => [node, at]));
  const read = (row: number): SipMessage => readMessage(Uint8Array.from(lookBack.bytesOf(row)));
  const finals = (node: number): readonly number[] => paths.answersOf(node).slice(0, MOST_ANSWERS);
  return list.map((node): RoleHop => {
    const row = nodes.row[node] as number;
    const behind = paths.childrenOf(node).flatMap((child) => finals(child));
    return {
      frame: messages.frame.get(row),
      from: end(addresses.text(nodes.src(node)), nodes.sport(node)),
      to: end(addresses.text(nodes.dst(node)), nodes.dport(node)),
      before: places.get(links.parent[node] as number) ?? null,
      sameMessage: links.link[node] === 2,
      byResponse: (messages.flags.get(row) & Flag.Request) === 0,
      sendings: Math.max(1, transactions.get(nodes.transaction(node), Field.Sendings)),
      message: read(row),
      answers: finals(node).map((answer) => ({
        frame: messages.frame.get(answer),
        status: messages.status.get(answer),
        passedOn: behind.some(
          (other) =>
            messages.status.get(other) === messages.status.get(answer) &&
            messages.toTag.get(other) === messages.toTag.get(answer) &&
            messages.time.get(other) <= messages.time.get(answer) &&
            (messages.status.get(answer) !== 100 || isSameTrying(open, other, answer)),
        ),
        message: read(answer),
      })),
    };
  });
}

/** Who gets a call and begins its other leg is a B2BUA. */
function betweenCalls(open: OpenCapture): RoleFact[] {
  const { analysis, addresses } = open.session;
  const { messages, calls } = analysis;
  const count = Math.min(calls.count, MOST_CALLS);
  const reader = new LegReader(open.session, pathsOf(open), []);
  const read = Array.from({ length: count }, (_, index) => reader.read(index + 1)).filter(({ isSession }) => isSession);
  const facts: RoleFact[] = [];
  for (const { a, b } of legLinks(read)) {
    const [one, other] = [read[a], read[b]];
    if (one === undefined || other === undefined || !one.arrivals.includes(other.from)) continue;
    const host = addresses.text(other.from);
    // On both sides, which are different ports of it often.
    const rows = [calls.first(one.call), calls.first(other.call)] as const;
    const why = `got one call and began another for it (frames ${one.frame} and ${other.frame})`;
    for (const port of new Set([messages.dport.get(rows[0]), messages.sport.get(rows[1])]))
      facts.push({ host: end(host, port), role: 'B2BUA', why, frame: other.frame });
  }
  return facts;
}

type Role = RoleFact['role'];
const named: readonly Role[] = ['P-CSCF', 'I-CSCF', 'S-CSCF'];
const proxies: readonly Role[] = ['proxy', 'stateful proxy', 'stateless proxy', ...named];
/** What says less gives way to what says more. */
const gives: readonly (readonly [Role, readonly Role[]])[] = [
  ['proxy', ['stateful proxy', 'stateless proxy', ...named]],
  ['stateless proxy', ['stateful proxy']],
  ['stateful proxy', named],
  ['registrar', ['S-CSCF']],
  ['user agent', [...proxies, 'registrar', 'redirect server', 'B2BUA']],
];

/** Facts about hosts as roles, by host, in the order in which they were seen. */
export function rolesOf(facts: readonly RoleFact[]): Map<string, PathRole> {
  const hosts = new Map<string, RoleFact[]>();
  for (const fact of facts) {
    const list = hosts.get(fact.host);
    if (list === undefined) hosts.set(fact.host, [fact]);
    // The first frame that shows it is enough.
    else if (!list.some(({ role, why }) => role === fact.role && why === fact.why)) list.push(fact);
  }
  return new Map(
    [...hosts].map(([host, list]) => {
      const names = new Set(list.map(({ role }) => role));
      for (const [less, more] of gives) if (more.some((name) => names.has(name))) names.delete(less);
      const role = [...names].join(' and ');
      const reasons = list.filter((one) => names.has(one.role)).slice(0, MOST_REASONS);
      return [host, { host, role, reasons: reasons.map(({ why, frame }) => reasonText(why, frame)) }];
    }),
  );
}

/** Reasons that are told for one host. */
const MOST_REASONS = 4;

function reasonText(why: string, frame: number): string {
  return why.endsWith(')') ? why : `${why} (frame ${frame})`;
}
