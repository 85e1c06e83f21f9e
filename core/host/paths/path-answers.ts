import { isForked } from '../../analysis/paths/forks.ts';
import { utf8 } from '../../bytes/text.ts';
import {
  ContractError,
  type Methods,
  type PathExport,
  type PathPage,
  type Rows,
  type TableExport,
} from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { Fork, Path, PathList, PathRow } from '../../contract/paths.ts';
import { jsonText } from '../../export/escape.ts';
import { pathSvg } from '../../export/path-svg.ts';
import { visible } from '../../ladder/visible.ts';
import { letterOf } from '../../ladder/words.ts';
import { callsAsked } from '../calls/call-ids.ts';
import type { Exported } from '../export-table.ts';
import { ForkRows } from './fork-rows.ts';
import { Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import { forkCells, forkColumns, pathCells, pathColumns } from './path-columns.ts';
import { PathRows } from './path-rows.ts';
import { pickCalls } from '../calls/picking.ts';

/** Rows that one answer holds at most. */
const MOST_ROWS = 10_000;
/** Paths between two looks at whether somebody else waits. */
const STEP = 1024;

const known = new WeakMap<OpenCapture, PathRows>();

export function pathRows(open: OpenCapture): PathRows {
  let rows = known.get(open);
  if (rows === undefined) {
    rows = new PathRows(open);
    known.set(open, rows);
  }
  return rows;
}

/** Numbers of the paths that are asked for, ascending. */
async function picked(open: OpenCapture, list: PathList, signal: AbortSignal): Promise<Uint32Array> {
  const rows = pathRows(open);
  const { paths } = rows;
  const { messages } = open.session.analysis;
  const calls = await callsWanted(open, list, signal);
  const turns = new Turns(signal);
  const found = new Uint32Array(paths.count);
  let count = 0;
  for (let path = 1; path <= paths.count; path++) {
    if (path % STEP === 0) await turns.next();
    const row = paths.nodes.row[paths.first[path] as number] as number;
    if (calls !== null && calls[messages.callId.get(row)] !== 1) continue;
    if (list.forked === true && !isForked(paths, path)) continue;
    if (list.odd === true && rows.verdict(path) === 'ok') continue;
    found[count++] = path;
  }
  return found.subarray(0, count);
}

/** By call: 1 where it is wanted; null for all. */
async function callsWanted(
  open: OpenCapture,
  { calls, filter, method }: PathList,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  if (calls === undefined && filter === undefined && method === undefined) return null;
  const { analysis } = open.session;
  const wanted = new Uint8Array(analysis.calls.count + 1);
  const named = calls === undefined ? null : new Set(callsAsked(analysis.messages, calls));
  if (filter === undefined && method === undefined) for (const call of named ?? []) wanted[call] = 1;
  else {
    for (const call of await pickCalls(open, filter, method, signal))
      if (named === null || named.has(call)) wanted[call] = 1;
  }
  return wanted;
}

export async function pathPage(open: OpenCapture, page: PathPage, signal: AbortSignal): Promise<Rows<PathRow>> {
  const list = await picked(open, page, signal);
  const rows = pathRows(open);
  const part = list.subarray(page.from, page.from + Math.min(MOST_ROWS, page.count));
  return { rows: Array.from(part, (path) => rows.row(path)), total: list.length };
}

export async function forkPage(open: OpenCapture, page: PathPage, signal: AbortSignal): Promise<Rows<Fork>> {
  const list = await picked(open, { ...page, forked: true }, signal);
  const forks = new ForkRows(open, pathRows(open).paths);
  const part = list.subarray(page.from, page.from + Math.min(MOST_ROWS, page.count));
  return { rows: Array.from(part).flatMap((path) => forks.tree(path) ?? []), total: list.length };
}

/** Throws ContractError `not-found` for a path that there is not. */
export function pathInFull(open: OpenCapture, path: number): Path {
  const rows = pathRows(open);
  if (!Number.isInteger(path) || path < 1 || path > rows.paths.count)
    throw new ContractError('not-found', `there is no path ${path} in this capture`);
  return rows.path(path);
}

/** The path that a message is part of, and which of its hops: of a request, its retransmission, or a response to it. */
export function pathOfRow(open: OpenCapture, row: number): Methods['pathOf']['result'] {
  const { messages, transactions, retransmissions } = open.session.analysis;
  if (!Number.isInteger(row) || row < 0 || row >= messages.count)
    throw new ContractError('not-found', `there is no row ${row}`);
  const { paths } = pathRows(open);
  const first = (retransmissions.retransmissionOf(row) || retransmissions.copyOf(row) || row + 1) - 1;
  const node = paths.nodes.ofTransaction[transactions.of.get(first)] as number;
  const path = node === 0 ? 0 : (paths.of[node] as number);
  if (path === 0) return null;
  const list = paths.nodesOf(path);
  const exact = list.findIndex((one) => paths.nodes.row[one] === first);
  return { path, hop: exact === -1 ? list.indexOf(node) : exact };
}

/** The path of a row, 0 where it has none; at once, however long the path is. */
function pathNumber(open: OpenCapture, row: number): number {
  const { paths } = pathRows(open);
  const node = paths.nodes.ofTransaction[open.session.analysis.transactions.of.get(row)] as number;
  return node === 0 ? 0 : (paths.of[node] as number);
}

export async function pathTable(open: OpenCapture, options: TableExport, signal: AbortSignal): Promise<Exported<Path>> {
  const list = await picked(open, options, signal);
  const rows = pathRows(open);
  const made = function* made(): Generator<Path> {
    for (const path of list) yield rows.path(path);
  };
  return { rows: made(), columns: pathColumns, cells: pathCells };
}

export async function forkTable(open: OpenCapture, options: TableExport, signal: AbortSignal): Promise<Exported<Fork>> {
  const list = await picked(open, { ...options, forked: true }, signal);
  const forks = new ForkRows(open, pathRows(open).paths);
  const made = function* made(): Generator<Fork> {
    for (const path of list) {
      const fork = forks.tree(path);
      if (fork !== null) yield fork;
    }
  };
  return { rows: made(), columns: forkColumns, cells: forkCells };
}

/** Writes a path as a document; answers with the number of its hops. */
export async function exportPath(open: OpenCapture, options: PathExport, answering: Answering): Promise<number> {
  const path = pathInFull(open, options.path);
  const { theme, hosts } = options;
  const text =
    options.format === 'svg'
      ? pathSvg(path, { ...(theme === undefined ? {} : { theme }), ...(hosts === undefined ? {} : { hosts }) })
      : `${jsonText(path, 1)}\n`;
  await answering.chunk(utf8(text));
  return path.hops.length;
}

/** Paths that a document tells of. */
const MOST_WAYS = 40;

/** Which way a request took, in a sentence or more. Safe to show. */
export interface Way {
  readonly text: string;
  /** A fork, a loop, a spiral, or Max-Forwards used up. */
  readonly isOdd: boolean;
}

/** Which ways the requests of some calls took: what begins something, and what is odd. */
export function waysOf(open: OpenCapture, calls: readonly number[]): Way[] {
  const rows = pathRows(open);
  const { paths } = rows;
  const { messages, calls: chained } = open.session.analysis;
  /** With the letter that the call has in a ladder of several. */
  const found = new Map<number, string>();
  for (const [at, call] of calls.entries()) {
    const letter = calls.length > 1 ? `${letterOf(at)}: ` : '';
    for (let row = chained.first(call) + 1; row !== 0 && found.size < MOST_WAYS; row = chained.next.get(row - 1)) {
      const path = pathNumber(open, row - 1);
      if (path === 0 || found.has(path)) continue;
      const method = messages.methods.text(messages.cseqMethod.get(row - 1));
      if (method !== 'ACK' || rows.verdict(path) !== 'ok' || isForked(paths, path)) found.set(path, letter);
    }
  }
  return [...found].map(([path, letter]) => {
    const { cseq, explanation, fork, verdict } = rows.path(path);
    const branches = fork === null ? [] : fork.branches.map(({ said }) => said);
    const text = visible(`${letter}${cseq.method} ${cseq.number}: ${[explanation, ...branches].join(' ')}`);
    return { text, isOdd: fork !== null || verdict !== 'ok' };
  });
}
