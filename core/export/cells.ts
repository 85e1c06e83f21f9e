/** Text in terminal cells: East Asian wide characters and emoji take two, combining marks none. */
import { isMark, isWide } from '../ladder/metrics.ts';

const plain = /^[\u0020-\u007E]*$/u;

/** Cells that one character takes. */
export function cellsOfCharacter(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) as number;
  if (code < 0x300) return 1;
  return isMark(character, code) ? 0 : isWide(code) ? 2 : 1;
}

/** Cells that `text` takes; it must hold no control characters (see escape.ts). */
export function cells(text: string): number {
  if (plain.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += cellsOfCharacter(character);
  return sum;
}

/** `text` in at most `room` cells, with `more` at its end where something was left out. */
export function fitCells(text: string, room: number, more = '…'): string {
  if (text.length <= room && plain.test(text)) return text;
  if (text.length <= room * 8 && cells(text) <= room) return text;
  const rest = room - cells(more);
  if (rest < 0) return '';
  let sum = 0;
  let out = '';
  for (const character of text) {
    sum += cellsOfCharacter(character);
    if (sum > rest) break;
    out += character;
  }
  return out.trimEnd() + more;
}

/** `text` with blanks on one side or both so that it takes `room` cells; longer text stays. */
export function padCells(text: string, room: number, align: 'left' | 'right' | 'middle'): string {
  const missing = room - cells(text);
  if (missing <= 0) return text;
  if (align === 'left') return text + ' '.repeat(missing);
  if (align === 'right') return ' '.repeat(missing) + text;
  const before = missing >> 1;
  return ' '.repeat(before) + text + ' '.repeat(missing - before);
}

/** Of a word that is too long, what goes on this line: up to a mark where addresses and codecs may be broken, if one stands far enough behind. */
function breakWord(part: string): string {
  for (let at = part.length - 1; at > part.length / 2; at--)
    if (/[:./,@;-]/u.test(part[at - 1] as string)) return part.slice(0, at);
  return part;
}

/** `text` in lines of at most `room` cells, broken at blanks, in a word only where that is longer than a line. */
export function wrapCells(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cells(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (cells(line) > room) {
      const part = breakWord(fitCells(line, Math.max(room, 2), ''));
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
