import type { FilterError } from './expression.ts';

/** `sign`: an operator or a bracket. `word`: anything without white space, brackets, quotes and operator signs. */
export interface Token {
  readonly kind: 'sign' | 'word' | 'string';
  /** The sign, the word as written, or the string's contents. */
  readonly text: string;
  /** Offsets in the filter, quotes included. */
  readonly at: number;
  readonly end: number;
}

export interface Lexed {
  /** Up to the error, where there is one. */
  readonly tokens: readonly Token[];
  readonly error: FilterError | null;
}

const SPACE = /\s*/uy;
const SIGN = /(?:==)|!=|<=|>=|=~|&&|\|\||[<>!~(){},]/uy;
/** `$hdr(X-Foo)` is one word. */
const WORD = /\$hdr\([^()\s"']*\)[^\s"'(){},=<>!~&|]*|[^\s"'(){},=<>!~&|]+/uy;

/** Splits a filter into tokens. Never throws; time grows with the length of the text. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  let at = 0;
  const take = (form: RegExp): string | null => {
    form.lastIndex = at;
    return form.exec(text)?.[0] ?? null;
  };
  for (;;) {
    at += take(SPACE)?.length ?? 0;
    if (at >= text.length) return { tokens, error: null };
    const first = text[at] as string;
    const raw = (first === 'r' || first === 'R') && text[at + 1] === '"';
    if (first === '"' || first === "'" || raw) {
      const string = readString(text, raw ? at + 1 : at, raw);
      if (string === null)
        return { tokens, error: { message: 'This string has no closing quote.', at, end: text.length } };
      tokens.push({ kind: 'string', text: string.text, at, end: string.end });
      at = string.end;
      continue;
    }
    const sign = take(SIGN);
    const found = sign ?? take(WORD);
    if (found === null) return { tokens, error: { message: stray(first), at, end: at + 1 } };
    tokens.push({ kind: sign === null ? 'word' : 'sign', text: found, at, end: at + found.length });
    at += found.length;
  }
}

function stray(sign: string): string {
  if (sign === '=') return 'Compare with "=="; text that holds a "=" goes into quotes.';
  if (sign === '&') return 'Write "and" or "&&".';
  return 'Write "or" or "||".';
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', "'": "'" };

/**
 * The string whose quote stands at `at`; null where nothing closes it. `\"`, `\'`, `\\`, `\n`, `\r`, `\t` and `\xNN` are
 * what they are in other tools; any other backslash stays, so that `"\d+"` and `"\\d+"` are the same pattern. In a raw
 * string (`r"…"`, as in Wireshark) all backslashes stay.
 */
function readString(text: string, at: number, raw: boolean): { text: string; end: number } | null {
  const quote = text[at];
  let made = '';
  let from = at + 1;
  for (let i = from; i < text.length; i++) {
    const sign = text[i];
    if (sign === quote) return { text: made + text.slice(from, i), end: i + 1 };
    if (sign !== '\\') continue;
    const next = text[i + 1] ?? '';
    if (!raw) {
      const hex = next === 'x' ? /^[0-9a-f]{2}/iu.exec(text.slice(i + 2, i + 4)) : null;
      const meant = hex === null ? ESCAPES[next] : String.fromCharCode(Number.parseInt(hex[0], 16));
      if (meant !== undefined) {
        made += text.slice(from, i) + meant;
        from = i + (hex === null ? 2 : 4);
        i = from - 1;
        continue;
      }
    }
    i++;
  }
  return null;
}

/** A string literal that reads back as `text`. */
export function quoted(text: string): string {
  let made = '"';
  for (const sign of text) {
    if (sign === '"' || sign === '\\') made += `\\${sign}`;
    else if (sign === '\n') made += '\\n';
    else if (sign === '\r') made += '\\r';
    else if (sign === '\t') made += '\\t';
    else if (sign < ' ' || sign === '\u007F') made += `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
    else made += sign;
  }
  return `${made}"`;
}
