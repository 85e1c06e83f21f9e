import { visible } from '../../../core/ladder/visible.ts';

/** What a stretch of a message's text is, for whoever colours it. */
export type Mark = 'plain' | 'name' | 'tag' | 'branch' | 'id' | 'place';

export interface Piece {
  readonly text: string;
  readonly mark: Mark;
}

/** Lines of a message as they stand on the wire, without their ends. */
export function wireLines(raw: string): string[] {
  const lines = raw.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

const headerName = /^([^\s:]+)([ \t]*:)/u;
/** Parameters that tell dialogs, transactions and hops apart. */
const parameter = /([;?][ \t]*)(tag|branch|received|rport)([ \t]*=[ \t]*)([^;,>\s]+)/giu;
const markOf: Readonly<Record<string, Mark>> = { tag: 'tag', branch: 'branch', received: 'place', rport: 'place' };

/** A line of a head in pieces; each text is safe to show. `name`: of the header that a folded line goes on with. */
export function headerPieces(line: string, name: string): Piece[] {
  const match = headerName.exec(line);
  const pieces: Piece[] = [];
  let rest = line;
  let header = name;
  if (match !== null && !/^[ \t]/u.test(line)) {
    header = (match[1] ?? '').toLowerCase();
    pieces.push({ text: visible(match[0]), mark: 'name' });
    rest = line.slice(match[0].length);
  }
  if (header === 'call-id' || header === 'i') return [...pieces, { text: visible(rest), mark: 'id' }];
  let at = 0;
  for (const found of rest.matchAll(parameter)) {
    const [, separator = '', key = '', equals = '', value = ''] = found;
    const valueAt = found.index + separator.length + key.length + equals.length;
    push(pieces, rest.slice(at, valueAt), 'plain');
    push(pieces, value, markOf[key.toLowerCase()] ?? 'plain');
    at = valueAt + value.length;
  }
  push(pieces, rest.slice(at), 'plain');
  return pieces;
}

/** The header that a line begins, in lower case; `before` where it goes on with that one. */
export function headerOf(line: string, before: string): string {
  if (/^[ \t]/u.test(line)) return before;
  return headerName.exec(line)?.[1]?.toLowerCase() ?? '';
}

/** A line of a body in pieces: of SDP, the letter apart. */
export function bodyPieces(line: string): Piece[] {
  const match = /^[a-z]=/u.exec(line);
  if (match === null) return [{ text: visible(line), mark: 'plain' }];
  return [
    { text: match[0], mark: 'name' },
    { text: visible(line.slice(match[0].length)), mark: 'plain' },
  ];
}

function push(pieces: Piece[], text: string, mark: Mark): void {
  if (text !== '') pieces.push({ text: visible(text), mark });
}
