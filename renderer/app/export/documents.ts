import type { Document } from '../../../core/contract/api.ts';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { ladderQuery, useLadder } from '../../state/ladder.ts';
import { legChoices } from '../../state/legs.ts';
import { useSettings } from '../../state/settings.ts';
import { streamList } from '../../views/media/pages.ts';
import { exportTheme } from './choice.ts';
import { captureTitle, fileName } from './file-name.ts';
import { ladderFormats, type LadderFormat } from './formats.ts';

/** What can be written, and how its file is called unless the user says otherwise. */
export interface Named<Kind extends Document = Document> {
  readonly name: string;
  readonly document: Kind;
}

type LadderDocument = Extract<Document, { readonly method: 'exportLadder' }>;
type TableDocument = Extract<Document, { readonly method: 'exportTable' }>;
type PacketDocument = Extract<Document, { readonly method: 'extract' }>;

/** The ladder that is on the screen, as it is there. Null where no call is meant. */
export function ladderDocument(
  format: LadderFormat,
  theme: 'light' | 'dark' = exportTheme(format),
): Named<LadderDocument> | null {
  const calls = meantCalls(useCalls.getState());
  const words = ladderFormats.find(({ name }) => name === format);
  if (calls.length === 0 || words === undefined) return null;
  const colours = words.kind === 'drawing' ? { theme } : {};
  return {
    name: fileName([...capturePart(), callsPart(calls)], words.extension),
    document: { method: 'exportLadder', params: { ...ladderQuery(calls), ...colours, format } },
  };
}

/** The calls as they are listed, or those ticked; sorted and with the columns as on the screen. */
export function tableDocument(format: 'csv' | 'json', which: 'listed' | 'ticked' = 'listed'): Named<TableDocument> {
  const { filter, method, sort, ticked } = useCalls.getState();
  const chosen =
    which === 'ticked'
      ? { calls: ticked }
      : { ...(filter === '' ? {} : { filter }), ...(method === null ? {} : { method }) };
  const shown = useSettings.getState().columns.flatMap(({ name }) => exportedColumns(name));
  // In a ticket a call is known by its Call-ID, and asked about is why.
  const columns = [...new Set([...shown, 'callId', 'why'])];
  return {
    name: fileName([...capturePart(), which === 'ticked' ? callsPart(ticked) : 'calls'], format),
    document: {
      method: 'exportTable',
      params: { what: 'calls', format, sort, ...chosen, ...(format === 'csv' ? { columns } : {}) },
    },
  };
}

/** The RTP streams as they are listed. */
export function streamDocument(format: 'csv' | 'json'): Named<TableDocument> {
  const { filter, sort } = streamList();
  return {
    name: fileName([...capturePart(), 'streams'], format),
    document: {
      method: 'exportTable',
      params: {
        what: 'streams',
        format,
        ...(filter === undefined ? {} : { filter }),
        ...(sort === undefined ? {} : { streamSort: sort }),
      },
    },
  };
}

/** The packets of the calls that are meant. Null where none is. */
export function packetDocument(media: boolean): Named<PacketDocument> | null {
  const calls = meantCalls(useCalls.getState());
  if (calls.length === 0) return null;
  return {
    name: fileName([...capturePart(), callsPart(calls)], 'pcapng'),
    document: { method: 'extract', params: { calls, media, ...together() } },
  };
}

/** All legs of the calls, where the ladder shows them. */
function together(): Pick<PacketDocument['params'], 'withLegs' | 'legs'> {
  return useLadder.getState().legs ? { withLegs: true, legs: legChoices() } : {};
}

function capturePart(): string[] {
  return [captureTitle(useCapture.getState().names)];
}

function callsPart(calls: readonly number[]): string {
  return calls.length === 1 ? `call ${calls.join('')}` : `${calls.length} calls`;
}

/** Columns of the screen that hold something else than one field of a call, or are drawn. */
const exported: Readonly<Record<string, readonly string[]>> = {
  start: ['startTime'],
  end: ['endTime'],
  state: ['state', 'finalStatus'],
  route: ['src', 'sport', 'dst', 'dport'],
  source: ['src', 'sport'],
  destination: ['dst', 'dport'],
  src: ['src', 'sport'],
  dst: ['dst', 'dport'],
  ringing: ['ringingMs'],
  setup: ['answerMs'],
  talk: ['durationMs'],
  life: [],
};

/** Names of the contract for a column of the screen. */
function exportedColumns(column: string): readonly string[] {
  // Seconds since 1970 where that is what the screen shows.
  if (useSettings.getState().times === 'epoch' && (column === 'start' || column === 'end')) return [column];
  return exported[column] ?? [column];
}
