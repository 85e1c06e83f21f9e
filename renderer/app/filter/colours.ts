/** What a stretch of a filter is, for its colour only: the host alone judges filters. */
export type FilterInk = 'name' | 'operator' | 'word' | 'value' | 'text' | 'blank';

export interface FilterPiece {
  readonly text: string;
  readonly ink: FilterInk;
  /** Offset in the filter. */
  readonly at: number;
}

const PIECE =
  /(?<blank>\s+)|(?<string>r?"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(?<sign>==|!=|<=|>=|=~|&&|\|\||[<>!~(){},=&|])|(?<word>\$hdr\([^()\s"']*\)?|[^\s"'(){},=<>!~&|]+)|./gsu;
const WORDS = /^(?:and|or|not)$/iu;
const OPERATORS = /^(?:eq|ne|lt|le|gt|ge|contains|matches|in)$/iu;
const SHORT = /^(?!(?:sips?|tel|urn|https?|wss?|im|pres|mailto):)[A-Za-z][\w.-]*:/iu;

/** Longer filters are not coloured: one piece. */
const LONGEST = 5000;

/** Splits a filter for the painter. Joined again, the pieces are the filter. */
export function filterPieces(filter: string): readonly FilterPiece[] {
  if (filter.length > LONGEST) return [{ text: filter, ink: 'text', at: 0 }];
  const pieces: FilterPiece[] = [];
  for (const match of filter.matchAll(PIECE)) {
    const [text] = match;
    const at = match.index;
    const { blank, string, sign, word } = match.groups ?? {};
    const ink = blank === undefined ? (string === undefined ? 'operator' : 'value') : 'blank';
    if (sign === undefined && ink === 'operator') pieces.push(...wordPieces(word ?? text, at, filter));
    else pieces.push({ text, ink, at });
  }
  return pieces;
}

function wordPieces(text: string, at: number, filter: string): readonly FilterPiece[] {
  if (WORDS.test(text)) return [{ text, ink: 'word', at }];
  if (OPERATORS.test(text)) return [{ text, ink: 'operator', at }];
  const [short] = SHORT.exec(text) ?? [];
  if (short !== undefined) {
    const rest = text.slice(short.length);
    const name: FilterPiece = { text: short, ink: 'name', at };
    return rest === '' ? [name] : [name, { text: rest, ink: 'value', at: at + short.length }];
  }
  const behind = filter.slice(at + text.length, at + text.length + 40).trimStart();
  if (text.startsWith('$') || /^(?:[=!<>~]|(?:not\s+)?(?:eq|ne|lt|le|gt|ge|contains|matches|in)\b)/iu.test(behind))
    return [{ text, ink: 'name', at }];
  return [{ text, ink: /^\d[\d.:]*$/u.test(text) ? 'value' : 'text', at }];
}
