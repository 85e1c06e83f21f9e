import { diffMessages } from '../../analysis/diff/diff.ts';
import { Link } from '../../analysis/paths/path-links.ts';
import type { PathStep } from '../../analysis/paths/path-verdict.ts';
import type { Paths } from '../../analysis/paths/paths.ts';
import { Field } from '../../analysis/transactions.ts';
import { milliseconds } from '../../bytes/time.ts';
import type { PathAnswer, PathHop, PathLink, PathVia } from '../../contract/paths.ts';
import { readMessage, type SipMessage } from '../../decode/sip-message.ts';
import type { Via } from '../../decode/sip-via.ts';
import type { OpenCapture } from '../open-capture.ts';
import { strayAnswer } from './stray-answer.ts';
import { end } from '../table-columns.ts';

/** Hops of one path that are told; a fork or a loop beyond that says nothing new. */
export const MOST_HOPS = 1000;

/** A hop with the message that it was read from. */
export interface ReadHop {
  readonly node: number;
  readonly hop: Omit<PathHop, 'visit'>;
  readonly step: PathStep;
  readonly message: SipMessage;
}

const linkNames: readonly (PathLink | null)[] = [null, 'via', 'same-via', 'survivors'];

/** The hops of a path with all that is to be told of them, and what its verdict is judged by. */
export function readHops(open: OpenCapture, paths: Paths, path: number): ReadHop[] {
  const { nodes, links } = paths;
  const { messages, transactions } = nodes.tables;
  const { addresses, lookBack } = open.session;
  const list = paths.nodesOf(path).slice(0, MOST_HOPS);
  const places = new Map(list.map((node, at) => [node, at]));
  const found: ReadHop[] = [];
  const finals = new Answers(open, paths);
  for (const node of list) {
    const row = nodes.row[node] as number;
    // A view of the capture holds only until the next look: what is kept is a copy.
    const message = readMessage(Uint8Array.from(lookBack.bytesOf(row)));
    const parent = places.get(links.parent[node] as number) ?? null;
    const before = parent === null ? null : (found[parent] ?? null);
    const { vias } = message;
    const src = addresses.text(nodes.src(node));
    const dst = addresses.text(nodes.dst(node));
    const byResponse = nodes.byResponse(node);
    const maxForwards = byResponse ? null : known(messages.maxForwards.get(row));
    const route = byResponse ? [] : message.headerValues('Route');
    const host = end(dst, nodes.dport(node));
    found.push({
      node,
      message,
      hop: {
        row,
        frame: messages.frame.get(row),
        ts: open.rows.ts(messages.time.get(row)),
        src,
        sport: nodes.sport(node),
        dst,
        dport: nodes.dport(node),
        byResponse,
        before: parent,
        link: linkNames[links.link[node] as number] ?? null,
        hidden: links.hidden[node] as number,
        delayMs:
          before === null || byResponse || before.hop.byResponse
            ? null
            : milliseconds(messages.time.get(row) - messages.time.get(before.hop.row)),
        requestUri: message.requestUri,
        vias: vias.map(plainVia),
        maxForwards,
        route,
        recordRoute: message.headerValues('Record-Route'),
        changes: before === null || byResponse !== before.hop.byResponse ? [] : diffMessages(before.message, message),
        sendings: Math.max(1, transactions.get(nodes.transaction(node), Field.Sendings)),
        answers: finals.of(node, message),
      },
      step: {
        frame: messages.frame.get(row),
        host,
        before: parent,
        sameMessage: links.link[node] === Link.SameVia,
        requestUri: message.requestUri,
        route,
        passed: vias.slice(0, -1).map(viaHost),
        maxForwards,
      },
    });
  }
  return found;
}

function known(maxForwards: number): number | null {
  return maxForwards === 255 ? null : maxForwards;
}

export function plainVia({ host, port, transport, branch, received, rport }: Via): PathVia {
  return { host, port, transport, branch, received, rport };
}

export function viaHost({ host, port, transport }: Via): string {
  return end(host.toLowerCase(), port ?? (/^(?:TLS|WSS)$/iu.test(transport) ? 5061 : 5060));
}

/** The responses on each hop, against those on the hops behind. */
class Answers {
  private readonly open: OpenCapture;
  private readonly paths: Paths;

  constructor(open: OpenCapture, paths: Paths) {
    this.open = open;
    this.paths = paths;
  }

  of(node: number, request: SipMessage): PathAnswer[] {
    const { open, paths } = this;
    const { messages } = paths.nodes.tables;
    const asked = paths.nodes.row[node] as number;
    const behind = paths.childrenOf(node).flatMap((child) => paths.answersOf(child));
    return paths.answersOf(node).map((row): PathAnswer => {
      const response = readMessage(Uint8Array.from(open.session.lookBack.bytesOf(row)));
      const from = this.passedOn(row, behind);
      return {
        row,
        frame: messages.frame.get(row),
        ts: open.rows.ts(messages.time.get(row)),
        status: messages.status.get(row),
        reason: response.reason,
        afterMs: milliseconds(messages.time.get(row) - messages.time.get(asked)) ?? 0,
        delayMs: from === -1 ? null : milliseconds(messages.time.get(row) - messages.time.get(from)),
        stray: strayAnswer(open.session, row, response, paths.nodes.byResponse(node) ? null : request, asked),
      };
    });
  }

  /** The response on a hop behind that became the one in `row`: same status and To tag, the latest before it; -1 where none. */
  private passedOn(row: number, behind: readonly number[]): number {
    const { messages } = this.paths.nodes.tables;
    // A 100 is for the hop alone (16.7, step 3), unless a proxy keeps no state: then it is passed on as others are.
    let found = -1;
    for (const other of behind) {
      if (messages.status.get(other) !== messages.status.get(row)) continue;
      if (messages.toTag.get(other) !== messages.toTag.get(row)) continue;
      if (messages.time.get(other) > messages.time.get(row)) continue;
      if (messages.status.get(row) === 100 && !isSameTrying(this.open, other, row)) continue;
      if (found === -1 || messages.time.get(other) > messages.time.get(found)) found = other;
    }
    return found;
  }
}

/**
 * Whether the 100 in `row` is the one of the hop behind, passed on: it lost one Via on the way, and the rest is the same.
 * One that a proxy made itself tells nothing of the hops behind.
 */
export function isSameTrying(open: OpenCapture, behind: number, row: number): boolean {
  const { messages } = open.session.analysis;
  return messages.viaCount.get(behind) === messages.viaCount.get(row) + 1 && sameTail(open, behind, row);
}

/** Whether what stands behind the Vias is the same in both: no proxy makes the same 100 as the host behind it by chance. */
function sameTail({ session: { lookBack } }: OpenCapture, a: number, b: number): boolean {
  const tail = (row: number): string => {
    const message = readMessage(Uint8Array.from(lookBack.bytesOf(row)));
    return `${message.reason} ${message.header('Server') ?? message.header('User-Agent') ?? ''} ${message.header('To') ?? ''}`;
  };
  return tail(a) === tail(b);
}
