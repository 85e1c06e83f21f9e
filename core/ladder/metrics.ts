/**
 * How wide text will be, where nothing can measure it. The widths are those of Inter (Regular and SemiBold) in
 * thousandths of the font size; where a reader's machine lacks Inter, its sans-serif may be wider, so everything is
 * reckoned a little wide. Fixed-width text is 0.6 of the font size per character in JetBrains Mono and its like.
 */
import { headOf } from './visible.ts';

export type Face = 'regular' | 'bold' | 'mono';

const FIRST = 32;
/** DejaVu Sans, the widest of the usual fallbacks, is about this much wider than Inter. */
const SLACK = { regular: 1.07, bold: 1.12, mono: 1.01 } as const;
const DIGIT = 642;
const BOLD_DIGIT = 667;
const WIDE = 1000;
const OTHER = 640;

// prettier-ignore
const regular = [281,278,403,631,638,813,639,222,362,362,500,659,280,460,276,357,DIGIT,DIGIT,DIGIT,DIGIT,DIGIT,DIGIT,DIGIT,DIGIT,DIGIT,DIGIT,276,280,659,659,659,507,936,676,651,727,719,598,587,743,740,264,543,652,563,889,753,761,635,761,639,638,642,741,676,949,642,665,625,362,357,362,469,452,497,564,621,558,621,582,361,609,591,237,237,544,237,869,585,597,609,609,372,523,364,581,557,813,540,557,541,362,327,362,659];
// prettier-ignore
const bold = [248,309,396,643,649,844,663,213,393,393,543,673,295,466,290,379,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,BOLD_DIGIT,290,295,673,673,673,544,999,724,657,744,724,608,586,755,744,275,561,677,566,906,741,775,643,776,651,649,660,734,724,1007,690,705,653,393,379,393,481,468,497,575,630,577,630,593,377,625,613,261,261,569,261,898,610,608,625,625,397,549,380,608,576,837,563,576,562,393,358,393,673];

/** East Asian wide and fullwidth characters and emoji (UAX #11, without the rare planes' exceptions). */
export function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      code === 0x231a ||
      code === 0x231b ||
      code === 0x2329 ||
      code === 0x232a ||
      (code >= 0x23e9 && code <= 0x23ec) ||
      code === 0x23f0 ||
      code === 0x23f3 ||
      (code >= 0x2600 && code <= 0x27bf && wideSymbols.has(code)) ||
      (code >= 0x2b1b && code <= 0x2b1c) ||
      code === 0x2b50 ||
      code === 0x2b55 ||
      (code >= 0x2e80 && code <= 0x303e) ||
      (code >= 0x3041 && code <= 0xa4cf) ||
      (code >= 0xa960 && code <= 0xa97f) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe10 && code <= 0xfe19) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x16fe0 && code <= 0x18dff) ||
      (code >= 0x1b000 && code <= 0x1b2ff) ||
      (code >= 0x1f004 &&
        code <= 0x1f9ff &&
        !(code >= 0x1f110 && code <= 0x1f18d) &&
        !(code >= 0x1f650 && code <= 0x1f67f)) ||
      (code >= 0x1fa70 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd))
  );
}

// prettier-ignore
const wideSymbols = new Set([
  0x2614, 0x2615, 0x2648, 0x2649, 0x264a, 0x264b, 0x264c, 0x264d, 0x264e, 0x264f, 0x2650, 0x2651, 0x2652, 0x2653, 0x267f,
  0x2693, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26d4, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26fa,
  0x26fd, 0x2705, 0x270a, 0x270b, 0x2728, 0x274c, 0x274e, 0x2753, 0x2754, 0x2755, 0x2757, 0x2795, 0x2796, 0x2797, 0x27b0, 0x27bf,
]);

const mark = /\p{M}/u;

/** Combining marks take no room of their own. */
export function isMark(character: string, code: number): boolean {
  return code >= 0x300 && mark.test(character);
}

/** Pixels of `text` at `size` pixels, reckoned rather too wide than too narrow. */
export function textWidth(text: string, size: number, face: Face): number {
  let sum = 0;
  const table = face === 'bold' ? bold : regular;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= FIRST && code < 127) {
      sum += face === 'mono' ? 600 : (table[code - FIRST] as number);
      continue;
    }
    const point = text.codePointAt(at) as number;
    if (point > 0xffff) at++;
    sum += widthBeyond(point, face);
  }
  return Math.ceil((sum * size * SLACK[face]) / 1000);
}

function widthBeyond(point: number, face: Face): number {
  if (isMark(String.fromCodePoint(point), point)) return 0;
  if (isWide(point)) return face === 'mono' ? 1200 : WIDE * 1.2;
  if (face === 'mono') return 600;
  return point >= 0x2190 && point <= 0x2bff ? WIDE : point < 0x100 ? OTHER : OTHER * 1.3;
}

/** `text` shortened with `…` so that it takes at most `room` pixels; '' where not even the `…` fits. */
export function fitText(text: string, room: number, size: number, face: Face): string {
  if (textWidth(text, size, face) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${text.slice(0, middle)}…`, size, face) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${headOf(text, low).trimEnd()}…`;
}

/** `text` in lines of at most `room` pixels, broken at spaces (in words only where one is longer than a line), at most `lines` of them. */
export function wrapText(text: string, room: number, size: number, face: Face, lines: number): string[] {
  const out: string[] = [];
  let rest = text.trim();
  while (rest !== '' && out.length < lines) {
    if (out.length === lines - 1 || textWidth(rest, size, face) <= room) {
      out.push(fitText(rest, room, size, face));
      break;
    }
    const fitting = fitText(rest, room, size, face);
    const reach = Math.max(fitting.length - 1, 1);
    const space = rest.lastIndexOf(' ', reach);
    const cut = space > reach / 3 ? space : headOf(rest, reach).length || 2;
    out.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return out;
}
