import { visible } from '../ladder/visible.ts';
import { cellsOfCharacter } from './cells.ts';

/** What lines are drawn with. All are one cell wide. */
export interface Pens {
  readonly lifeline: string;
  readonly pause: string;
  /** Of a lane that sends media, alone and where an arrow begins to the right and to the left. */
  readonly sending: string;
  readonly sendingRight: string;
  readonly sendingLeft: string;
  readonly line: string;
  readonly dashed: string;
  readonly media: string;
  readonly tailRight: string;
  readonly tailLeft: string;
  readonly crossing: string;
  readonly right: string;
  readonly left: string;
  readonly corner: string;
  readonly cornerBack: string;
  readonly cornerLeft: string;
  readonly cornerLeftBack: string;
  readonly more: string;
}

export const boxPens: Pens = {
  lifeline: '│',
  pause: '┊',
  sending: '║',
  sendingRight: '╟',
  sendingLeft: '╢',
  line: '─',
  dashed: '╌',
  media: '═',
  tailRight: '├',
  tailLeft: '┤',
  crossing: '┼',
  right: '▶',
  left: '◀',
  corner: '╮',
  cornerBack: '╯',
  cornerLeft: '╭',
  cornerLeftBack: '╰',
  more: '…',
};

export const asciiPens: Pens = {
  lifeline: '|',
  pause: ':',
  sending: '#',
  sendingRight: '#',
  sendingLeft: '#',
  line: '-',
  dashed: '.',
  media: '=',
  tailRight: '|',
  tailLeft: '|',
  crossing: '+',
  right: '>',
  left: '<',
  corner: '.',
  cornerBack: "'",
  cornerLeft: '.',
  cornerLeftBack: "'",
  more: '...',
};

/** One line of a drawing in cells. What is put later covers what was there. */
export class TextLine {
  private readonly cells: string[];

  constructor(width: number) {
    this.cells = Array.from({ length: width }, () => ' ');
  }

  /** Writes `text` from cell `at` on; what does not fit on the line is left out. */
  put(at: number, text: string): this {
    const { cells } = this;
    let x = at;
    for (const character of text) {
      const wide = cellsOfCharacter(character);
      if (wide === 0) {
        const before = x - 1 - (cells[x - 1] === '' ? 1 : 0);
        if (before >= 0) cells[before] = `${cells[before] as string}${character}`;
        continue;
      }
      if (x < 0 || x + wide > cells.length) break;
      cells[x] = character;
      if (wide === 2) cells[x + 1] = '';
      x += wide;
    }
    return this;
  }

  fill(from: number, to: number, pen: string): this {
    for (let x = Math.max(from, 0); x < Math.min(to, this.cells.length); x++) this.cells[x] = pen;
    return this;
  }

  toString(): string {
    return this.cells.join('').trimEnd();
  }
}

const ours: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '·': '-',
  '…': '...',
  µ: 'u',
  '●': '*',
  '◆': 'x',
  '▲': '!',
  '○': 'o',
  '±': '+-',
  '–': '-',
  '“': '"',
  '”': '"',
  '’': "'",
};

/** `text` of a scene for a drawing: as it is, or with nothing beyond ASCII in it. */
export function inScript(text: string, ascii: boolean): string {
  const shown = visible(text);
  if (!ascii) return shown;
  return shown
    .replaceAll(/[→←·…µ●◆▲○±–“”’]/gu, (character) => ours[character] as string)
    .replaceAll(/[^\u0020-\u007E]/gu, (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`);
}
