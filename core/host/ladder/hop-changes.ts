import { diffMessages, type Change } from '../../analysis/diff/diff.ts';
import { Flag } from '../../analysis/messages.ts';
import type { Paths } from '../../analysis/paths/paths.ts';
import { ContractError } from '../../contract/api.ts';
import type { LadderChange, LadderItem } from '../../contract/ladder.ts';
import type { HopChanges } from '../../contract/paths.ts';
import { readMessage } from '../../decode/sip-message.ts';
import { shown } from '../../ladder/visible.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pathsOfCalls } from '../paths/open-paths.ts';

/** Rows that are asked for at once. */
const MOST_ROWS = 1000;
/** Headers that are named on a mark. */
const MOST_NAMED = 6;

/** What every proxy does (RFC 3261 16.6), and what follows from other changes. */
const usual = new Set(['Via', 'Max-Forwards', 'Route', 'Record-Route', 'Content-Length']);

/** What the hops before some messages changed. Throws ContractError `not-found` for a row that there is not. */
export function hopChanges(open: OpenCapture, rows: readonly number[]): HopChanges[] {
  const { messages } = open.session.analysis;
  for (const row of rows) {
    if (!Number.isInteger(row) || row < 0 || row >= messages.count)
      throw new ContractError('not-found', `there is no row ${row}`);
  }
  const some = rows.slice(0, MOST_ROWS);
  const paths = pathsOfCalls(open, callsOf(open, some));
  return some.flatMap((row) => changesAt(open, paths, row) ?? []);
}

function callsOf({ session }: OpenCapture, rows: readonly number[]): number[] {
  const { callId } = session.analysis.messages;
  return [...new Set(rows.map((row) => callId.get(row)))].filter((call) => call !== 0).toSorted((a, b) => a - b);
}

/** Against the same message on the hop before; null where there is none. */
function changesAt(open: OpenCapture, paths: Paths, row: number): HopChanges | null {
  const { analysis, lookBack } = open.session;
  const before = rowBefore(paths, row);
  if (before === -1) return null;
  const read = (at: number): ReturnType<typeof readMessage> => readMessage(Uint8Array.from(lookBack.bytesOf(at)));
  const changes = diffMessages(read(before), read(row));
  return {
    row,
    before: { row: before, frame: analysis.messages.frame.get(before) },
    marked: changes.filter(isMarked).length,
    changes,
  };
}

function isMarked({ header }: Change): boolean {
  return !usual.has(header);
}

/** Row of the same message on the hop before: of a request nearer to the caller, of a response nearer to who made it; -1 where none. */
function rowBefore(paths: Paths, row: number): number {
  const { nodes, links } = paths;
  const { messages, transactions } = nodes.tables;
  if ((messages.flags.get(row) & (Flag.Retransmission | Flag.Copy)) !== 0) return -1;
  const first = nodes.ofTransaction[transactions.of.get(row)] as number;
  if (first === 0 || paths.of[first] === 0) return -1;
  if ((messages.flags.get(row) & Flag.Request) !== 0) {
    const node = nodeOf(paths, first, row);
    const parent = node === 0 ? 0 : (links.parent[node] as number);
    return parent === 0 || nodes.byResponse(parent) ? -1 : (nodes.row[parent] as number);
  }
  // A 100 is for the hop alone (16.7, step 3).
  if (messages.status.get(row) === 100) return -1;
  let found = -1;
  for (const child of paths.childrenOf(first)) {
    for (const other of paths.answersOf(child)) {
      if (messages.status.get(other) !== messages.status.get(row)) continue;
      if (messages.toTag.get(other) !== messages.toTag.get(row)) continue;
      if (messages.time.get(other) > messages.time.get(row)) continue;
      if (found === -1 || messages.time.get(other) > messages.time.get(found)) found = other;
    }
  }
  return found;
}

/** Nodes under one branch that are compared to find the one of a row. */
const MOST_SAME = 512;

/** The node of a request's row: the first of its transaction, or one of those that share its branch. */
function nodeOf({ nodes }: Paths, first: number, row: number): number {
  if (nodes.row[first] === row) return first;
  let left = MOST_SAME;
  for (let node = nodes.last[nodes.group[first] as number] as number; node !== 0 && left > 0; left--) {
    if (nodes.row[node] === row) return node;
    node = nodes.before[node] as number;
  }
  return 0;
}

/** The same items, with marks on the arrows where the hop before changed something. Only these are read: a long ladder is marked part by part. */
export function withChanges(open: OpenCapture, items: readonly LadderItem[]): readonly LadderItem[] {
  const rows = items.flatMap((item) => (item.kind === 'arrow' ? [item.row] : []));
  if (rows.length === 0) return items;
  const paths = pathsOfCalls(open, callsOf(open, rows));
  return items.map((item) => {
    if (item.kind !== 'arrow') return item;
    const changed = markOf(changesAt(open, paths, item.row));
    return changed === null ? item : { ...item, changed };
  });
}

function markOf(found: HopChanges | null): LadderChange | null {
  if (found === null || found.marked === 0) return null;
  const names = [...new Set(found.changes.filter(isMarked).map(({ header }) => shown(header)))];
  const more = names.length - MOST_NAMED;
  const words = names.slice(0, MOST_NAMED).join(', ');
  return { frame: found.before.frame, count: found.marked, words: more > 0 ? `${words} and ${more} more` : words };
}
