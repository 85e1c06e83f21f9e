/**
 * Characters that act instead of being seen, as ranges of code points in order: control characters (C0, DEL, C1), soft
 * hyphen, grapheme joiner, Arabic letter mark, Hangul, Khmer and Mongolian fillers, zero-width and direction marks, line
 * and paragraph separators, bidi overrides and isolates (UAX #9), variation selectors but the two of emoji, surrogates
 * that are half a pair, byte order mark, interlinear annotations, noncharacters, shorthand and music controls, tags.
 */
// prettier-ignore
const acting = [
  [0, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x34f, 0x34f], [0x61c, 0x61c], [0x115f, 0x1160], [0x17b4, 0x17b5],
  [0x180b, 0x180f], [0x200b, 0x200f], [0x2028, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164], [0xd800, 0xdfff],
  [0xfe00, 0xfe0d], [0xfeff, 0xfeff], [0xffa0, 0xffa0], [0xfff0, 0xfffb], [0xfffe, 0xffff], [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a], [0xe0000, 0xe0fff],
] as const;
const mark = /\p{M}/u;

/** More combining marks than this on one character could paint over its neighbours: the next is written as an escape, the rest as `…`. */
const MARKS = 3;

const short: Readonly<Record<string, string>> = { '\0': '\\0', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * `text` with everything that acts instead of being seen written as an escape: `\n`, `\x1b`, `\u{202e}`. What comes out
 * holds no control character and is one line. A backslash of the text itself stays as it is, so the result is for
 * reading, not for turning back.
 */
export function visible(text: string): string {
  return isPlain(text) ? text : escapeActing(text, false);
}

/** Whether all of it is printable ASCII, as nearly all text is. A loop: it is asked for every text of a ladder. */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** As `visible`, but line ends stay (as `\n`, whatever they were) and so do tabs: for whole messages. */
export function visibleLines(text: string): string {
  return escapeActing(text.replaceAll(/\r\n?/gu, '\n'), true);
}

/** Texts for a scene are cut to this many characters; no label shows as many. */
const LONGEST = 1000;

/** `text` for a scene: visible, one line, of bounded length, without blanks around it. */
export function shown(text: string): string {
  const all = text.length <= LONGEST ? text : `${headOf(text, LONGEST)}…`;
  return visible(all).trim();
}

/** The first `length` units of `text`, without half a surrogate pair at the end. */
export function headOf(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function escapeActing(text: string, lines: boolean): string {
  let out = '';
  let marks = 0;
  for (const character of text) {
    if (lines && (character === '\n' || character === '\t')) {
      out += character;
      marks = 0;
      continue;
    }
    marks = mark.test(character) ? marks + 1 : 0;
    if (marks > MARKS + 1) {
      if (marks === MARKS + 2) out += '…';
      continue;
    }
    const hidden = marks > MARKS || acts(character.codePointAt(0) as number);
    out += hidden ? escapeOf(character) : character;
  }
  return out;
}

function acts(code: number): boolean {
  for (const [first, last] of acting) if (code <= last) return code >= first;
  return false;
}

function escapeOf(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) as number;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
