import { refusalsOf } from '../../analysis/extensions/refusals.ts';
import { reliableOf } from '../../analysis/extensions/reliable.ts';
import { sidesOf } from '../../analysis/extensions/sides.ts';
import { conversation } from '../../analysis/extensions/spoken.ts';
import { timerOf } from '../../analysis/extensions/timer.ts';
import { usesOf } from '../../analysis/extensions/uses.ts';
import type { CallChoice, Page, Rows as RowsAnswer, TableExport } from '../../contract/api.ts';
import type { ExtensionSide, ExtensionsRow } from '../../contract/extensions.ts';
import { callsAsked } from '../calls/call-ids.ts';
import { endText } from '../end-text.ts';
import type { Exported } from '../export-table.ts';
import { extensionCells, extensionColumns } from './extension-columns.ts';
import { Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pickCalls } from '../calls/picking.ts';

/** Rows that one answer holds at most: each reads all messages of a call. */
const MOST_ROWS = 1000;

/** Extensions of some calls, by start; each is worked out when it is asked for. */
export async function extensionPage(
  open: OpenCapture,
  page: CallChoice & Page,
  signal: AbortSignal,
): Promise<RowsAnswer<ExtensionsRow>> {
  const calls = await picked(open, page, signal);
  const turns = new Turns(signal);
  const rows: ExtensionsRow[] = [];
  for (const call of calls.slice(page.from, page.from + Math.min(MOST_ROWS, page.count))) {
    rows.push(extensionsOf(open, call));
    await turns.next();
  }
  return { rows, total: calls.length };
}

export async function extensionTable(
  open: OpenCapture,
  options: TableExport,
  signal: AbortSignal,
): Promise<Exported<ExtensionsRow>> {
  const calls = await picked(open, options, signal);
  const made = function* made(): Generator<ExtensionsRow> {
    for (const call of calls) yield extensionsOf(open, call);
  };
  return { rows: made(), columns: extensionColumns, cells: extensionCells };
}

/** Calls whose extensions a document tells. */
const MOST_TOLD = 20;

/** What there is to say about the extensions of some calls, a sentence a line; nothing for those without any. */
export function extensionFacts(
  open: OpenCapture,
  calls: readonly number[],
): readonly { readonly title: string; readonly lines: readonly string[] }[] {
  return calls.slice(0, MOST_TOLD).flatMap((call) => {
    const row = extensionsOf(open, call);
    const lines = [
      ...row.refusals.map(({ status, frame, explanation }) => `${status} in frame ${frame}: ${explanation}`),
      ...row.sides.flatMap(sideLines),
      ...row.used.map(({ used, explanation }) => `${used ? 'Used' : 'Not used'}: ${explanation}`),
    ];
    const which = calls.length > 1 ? ` of ${row.callId}` : '';
    return lines.length === 0 ? [] : [{ title: `Extensions${which}`, lines }];
  });
}

function sideLines({ side, supported, required, proxyRequired, allow }: ExtensionSide): string[] {
  const who = side === 'caller' ? 'The caller' : 'The called side';
  return [
    ...(supported.length === 0 ? [] : [`${who} supports ${supported.join(', ')}`]),
    ...(required.length === 0 ? [] : [`${who} requires ${required.join(', ')}`]),
    ...(proxyRequired.length === 0 ? [] : [`${who} requires of proxies ${proxyRequired.join(', ')}`]),
    ...(allow.length === 0 ? [] : [`${who} allows ${allow.join(', ')}`]),
  ];
}

async function picked(
  open: OpenCapture,
  { calls, filter }: CallChoice,
  signal: AbortSignal,
): Promise<readonly number[] | Uint32Array> {
  const named = calls === undefined ? null : callsAsked(open.session.analysis.messages, calls);
  if (filter === undefined && named !== null) return named;
  const selected = await pickCalls(open, filter, undefined, signal);
  if (named === null) return selected;
  const wanted = new Set(named);
  return selected.filter((call) => wanted.has(call));
}

/** What each side of a call can, demands and refuses. */
export function extensionsOf(open: OpenCapture, call: number): ExtensionsRow {
  const { session } = open;
  const { analysis, lookBack, tally } = session;
  const { messages } = analysis;
  const { spoken } = conversation(analysis, call, (row) => lookBack.bytesOf(row));
  const sides = sidesOf(spoken);
  const reliable = reliableOf(spoken);
  const timer = timerOf(spoken);
  const refusals = refusalsOf(spoken);
  const uses = usesOf(spoken, sides, reliable, timer);
  const { status } = analysis.judge(call);
  const from = (row: number): string =>
    endText(session, messages.src.get(row), messages.sport.get(row), messages.transport.get(row));
  return {
    id: call,
    callId: messages.callIds.text(call) ?? '',
    method: messages.methods.text(analysis.methodOf(call)),
    start: tally.when(messages.time.get(analysis.calls.first(call))) ?? '',
    finalStatus: status === 0 ? null : status,
    sides: sides.map(({ byCaller, row, ...rest }) => ({
      side: byCaller ? 'caller' : 'callee',
      address: from(row),
      ...rest,
    })),
    refusals: refusals.map(({ row, ...rest }) => ({
      ts: tally.when(messages.time.get(row)) ?? '',
      frame: messages.frame.get(row),
      by: from(row),
      ...rest,
    })),
    used: uses.map(({ rows, ...rest }) => ({ ...rest, frames: rows.map((row) => messages.frame.get(row)) })),
    reliable:
      reliable === null
        ? null
        : { rseq: reliable.rseq, pracks: reliable.pracks, unacknowledged: reliable.unacknowledged },
    timer:
      timer === null
        ? null
        : {
            expires: timer.expires,
            minSe: timer.minSe,
            refresher: timer.refreshedByCaller === null ? null : timer.refreshedByCaller ? 'caller' : 'callee',
            refreshes: timer.refreshes,
          },
    summary: [
      ...refusals.map((one) => `${one.status} ${one.names.join(', ')}`.trim()),
      ...uses.filter(({ used }) => used).map(({ name, count }) => (count > 1 ? `${name} ×${count}` : name)),
    ].join(' · '),
  };
}
