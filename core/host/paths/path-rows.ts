import { judgePath, type PathJudgement, type Refusal } from '../../analysis/paths/path-verdict.ts';
import type { Paths } from '../../analysis/paths/paths.ts';
import { Link } from '../../analysis/paths/path-links.ts';
import { milliseconds } from '../../bytes/time.ts';
import type { Path, PathHop, PathRow, PathVerdict } from '../../contract/paths.ts';
import { SipHead } from '../../decode/sip-head.ts';
import { Summarizer } from '../../decode/sip-summary.ts';
import { ForkRows } from './fork-rows.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pathsOf } from './open-paths.ts';
import { readHops } from './path-hops.ts';
import { pathWords } from './path-words.ts';
import { rolesOfPath } from './path-roles.ts';

const verdicts: readonly PathVerdict[] = ['ok', 'loop', 'spiral', 'max-forwards'];
/** Responses that say that a request went too far (RFC 3261 21.4.18, 21.4.20). */
const LOOP_DETECTED = 482;
const TOO_MANY_HOPS = 483;

/** The paths of a capture as people and programs see them. */
export class PathRows {
  readonly paths: Paths;
  private readonly open: OpenCapture;
  private readonly head = new SipHead();
  private readonly summarizer = new Summarizer();
  /** By path: index in `verdicts` + 1, 0 where it was not judged yet. */
  private readonly judged: Uint8Array;

  constructor(open: OpenCapture) {
    this.open = open;
    this.paths = pathsOf(open);
    this.judged = new Uint8Array(this.paths.count + 1);
  }

  row(path: number): PathRow {
    const { paths, open } = this;
    const { messages } = paths.nodes.tables;
    const { addresses, lookBack } = open.session;
    const list = paths.nodesOf(path);
    const first = list[0] as number;
    const row = paths.nodes.row[first] as number;
    const { depth, last, ends } = longestWay(paths, list);
    const final = paths.finalOf(first);
    const bytes = lookBack.bytesOf(row);
    this.head.scan(bytes, 0, bytes.length);
    const { from, to } = this.summarizer.summary(bytes, this.head);
    const cseqMethod = messages.methods.text(messages.cseqMethod.get(row)) ?? '';
    const time = messages.time.get(row);
    const call = messages.callId.get(row);
    return {
      id: path,
      call,
      callId: messages.callIds.text(call) ?? '',
      method: cseqMethod,
      cseq: { number: messages.cseqNumber.get(row), method: cseqMethod },
      from,
      to,
      start: open.rows.ts(time),
      src: addresses.text(paths.nodes.src(first)),
      sport: paths.nodes.sport(first),
      dst: addresses.text(paths.nodes.dst(last)),
      dport: paths.nodes.dport(last),
      count: list.length,
      depth,
      ends,
      verdict: this.verdict(path, list),
      finalStatus: final === -1 ? null : messages.status.get(final),
      delayMs: milliseconds(messages.time.get(paths.nodes.row[last] as number) - time),
      answerMs: final === -1 ? null : milliseconds(messages.time.get(final) - time),
    };
  }

  /** A path in full; its messages are read again. */
  path(path: number): Path {
    const { open, paths } = this;
    const read = readHops(open, paths, path);
    const { verdict, why, visits } = this.judge(
      path,
      read.map(({ step }) => step),
    );
    const hops = read.map(({ hop }, at): PathHop => ({ ...hop, visit: visits[at] ?? 1 }));
    const row = this.row(path);
    const fork = new ForkRows(open, paths).tree(path);
    return {
      ...row,
      verdict,
      hops,
      explanation: pathWords({ ...row, verdict }, hops, why, fork),
      roles: rolesOfPath(open, hops),
      fork,
    };
  }

  /** Most paths can be judged without reading a message: no host got the request twice, and nobody refused it for that. */
  verdict(path: number, list = this.paths.nodesOf(path)): PathVerdict {
    const known = this.judged[path] as number;
    if (known !== 0) return verdicts[known - 1] ?? 'ok';
    const verdict = this.needsReading(list)
      ? this.judge(
          path,
          readHops(this.open, this.paths, path).map(({ step }) => step),
        ).verdict
      : 'ok';
    this.judged[path] = verdicts.indexOf(verdict) + 1;
    return verdict;
  }

  private judge(path: number, steps: Parameters<typeof judgePath>[0]): PathJudgement {
    return judgePath(steps, this.refusal(this.paths.nodesOf(path)));
  }

  private needsReading(list: readonly number[]): boolean {
    const { nodes, links } = this.paths;
    const { messages } = nodes.tables;
    if (this.refusal(list) !== null) return true;
    const ends = new Set<number>();
    let most = 0;
    for (const node of list) {
      if (links.link[node] === Link.SameVia) continue;
      // Address and port in one number.
      const host = nodes.dst(node) * 65_536 + nodes.dport(node);
      if (ends.has(host)) return true;
      ends.add(host);
      most = Math.max(most, messages.viaCount.get(nodes.row[node] as number));
    }
    // Hops that the capture does not show are in the Vias.
    return most > longestWay(this.paths, list).depth;
  }

  /** The first 482 or 483 on any hop, in the order of the rows. */
  private refusal(list: readonly number[]): Refusal | null {
    const { paths } = this;
    const { messages } = paths.nodes.tables;
    let found = -1;
    for (const node of list) {
      const final = paths.finalOf(node);
      const status = final === -1 ? 0 : messages.status.get(final);
      if (status !== LOOP_DETECTED && status !== TOO_MANY_HOPS) continue;
      if (found === -1 || final < found) found = final;
    }
    return found === -1 ? null : { status: messages.status.get(found), frame: messages.frame.get(found) };
  }
}

/** How many hops the longest way has, its last node (of equals the one that came first), and how many ways there are. */
function longestWay(
  paths: Paths,
  list: readonly number[],
): { readonly depth: number; readonly last: number; readonly ends: number } {
  const depths = new Map<number, number>();
  let depth = 0;
  let last = list[0] as number;
  let ends = 0;
  for (const node of list) {
    const own = (depths.get(paths.links.parent[node] as number) ?? 0) + 1;
    depths.set(node, own);
    if (paths.child[node] === 0) ends += 1;
    if (own > depth) {
      depth = own;
      last = node;
    }
  }
  return { depth, last, ends };
}
