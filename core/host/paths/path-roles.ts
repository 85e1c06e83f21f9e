import type { PathHop, PathRole } from '../../contract/paths.ts';
import { hostRoles } from './host-roles.ts';
import type { OpenCapture } from '../open-capture.ts';
import { end } from '../table-columns.ts';

/** What the hosts on a path seem to be, in the order in which the request came to them. */
export function rolesOfPath(open: OpenCapture, hops: readonly PathHop[]): PathRole[] {
  const roles = hostRoles(open);
  const hosts = new Set(hops.flatMap(({ src, sport, dst, dport }) => [end(src, sport), end(dst, dport)]));
  return [...hosts].flatMap((host) => roles.get(host) ?? []);
}
